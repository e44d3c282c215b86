"""What holds for every history of alarms, answers, contacts and gaps, however it is cut into ticks."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from healthmon.alarms import Calls, Priority
from healthmon.alarms.states import Answer
from healthmon.events import Json, Remark
from healthmon.preserve import Rooms
from tests.unit.alarms.calls.called import CalledHome
from tests.unit.rules.stream import moment

# (seconds since the one before, what happens, to which alarm, how long)
Step = tuple[float, str, str, float]

_ALARMS = st.sampled_from(["SPO2_CRIT", "SPO2_CRIT", "SPO2_LOW", "HR_LOW_CRIT", "HR_HIGH"])
_GAPS = st.sampled_from([0, 0.5, 5, 30, 59, 120, 121, 300, 600, 3_600, 30_000])


def _answer(verb: str) -> Callable[[CalledHome, float, str, float], object]:
    return lambda home, at, alarm, minutes: home.answers(at, verb, alarm, value=minutes, unit="min")


def _raise(**context: Json) -> Callable[[CalledHome, float, str, float], object]:
    return lambda home, at, alarm, _: home.raises(at, alarm, **context)


def _failed(home: CalledHome, at: float) -> None:
    for message in home.pending()[-1:]:
        home.notifies(at, message.contact, message.id, "failed")


_DO: dict[str, Callable[[CalledHome, float, str, float], object]] = {
    "raise": _raise(),
    "again": _raise(why="again"),
    "floor": _raise(why="floor", floor=True, priority="high"),
    "lasting": _raise(why="lasting", priority="high"),
    "clear": lambda home, at, alarm, _: home.clears(at, alarm),
    "lose": lambda home, at, alarm, _: home.monitor(at, "FLAGS", alarm, state="unknown"),
    "find": lambda home, at, alarm, _: home.monitor(at, "FLAGS", alarm, state="known", phase="active"),
    "ACKNOWLEDGES": _answer("ACKNOWLEDGES"),
    "TAKES": _answer("TAKES"),
    "SNOOZES": _answer("SNOOZES"),
    "pause": lambda home, at, _, minutes: home.carer(at, "PAUSES", "SOUND", value=minutes, unit="min"),
    "fault": lambda home, at, _, __: home.faults(at, "BROKER"),
    "contacts": lambda home, at, _, __: home.reports(at, "CONTACTS", contacts=["ben", "cleo"]),
    "nobody": lambda home, at, _, __: home.reports(at, "CONTACTS", contacts=[]),
    "hand-over": lambda home, at, _, __: home.carer(at, "HANDS_OVER", "DUTY", to="cleo"),
    "quiet": lambda home, at, _, __: home.carer(
        at, "SETS", "QUIET_HOURS", person="maria", **{"from": "05:00", "to": "06:00"}
    ),
    "start": lambda home, at, _, __: home.starts(at),
    "late": lambda home, at, alarm, minutes: home.answers(
        at, "SNOOZES", alarm, value=minutes, at=at - 100, delivery="late"
    ),
    "failed": lambda home, at, _, __: _failed(home, at),
}
_steps = st.lists(
    st.tuples(_GAPS, st.sampled_from(["raise", "raise", *_DO]), _ALARMS, st.sampled_from([0, 1, 2, 45, 500])),
    max_size=25,
)


def told(steps: Sequence[Step], *, tick: float | None = None, keep: bool = False) -> CalledHome:
    """A home that all this happened to. `tick`: when timers are looked at; `keep`: and it is kept, too."""
    home, now = CalledHome("anna", "ben"), 0.0
    for gap, what, alarm, minutes in steps:
        if tick is not None and what != "start":
            home.until(now + gap * tick)
        if keep:
            home.calls = _returned(home.calls)
            home.rule = home.calls
        now += gap
        _DO[what](home, now, alarm, minutes)
    return home


def _returned(calls: Calls) -> Calls:
    rooms = Rooms(["healthmon.events", "healthmon.alarms"])
    found = rooms.brought_back(rooms.kept(calls))
    assert isinstance(found, Calls)
    return found


def _end(steps: Sequence[Step]) -> float:
    return sum(gap for gap, *_ in steps)


@given(_steps, st.floats(0, 1))
def test_ticks_leave_no_trace(steps: list[Step], tick: float) -> None:
    assert told(steps, tick=tick).remarks == told(steps).remarks


@given(_steps)
def test_what_was_kept_goes_on_as_if_it_had_not_been(steps: list[Step]) -> None:
    kept, whole = told(steps, keep=True), told(steps)

    assert kept.remarks == whole.remarks
    assert kept.pending() == whole.pending()


@given(_steps)
def test_a_high_alarm_that_nobody_answered_is_heard_unless_all_sound_is_paused(steps: list[Step]) -> None:
    home, now = told(steps), moment(_end(steps))

    unheard = home.calls.paused_until is None or home.calls.paused_until <= now
    wanting = [
        one
        for one in home.calls.open_calls(now)
        if one.answer is Answer.UNANSWERED and one.priority is Priority.HIGH and (unheard or one.is_floor)
    ]

    sounds = home.calls.sounding(now)
    assert not wanting or (sounds is not None and sounds.priority is Priority.HIGH)


@given(_steps)
def test_nothing_hides_the_floor_for_more_than_two_minutes(steps: list[Step]) -> None:
    home = told([*steps, (0, "floor", "SPO2_CRIT", 0)])
    now = _end(steps)
    for seconds, verb in ((10, "ACKNOWLEDGES"), (20, "SNOOZES"), (30, "TAKES"), (40, "pause")):
        _DO[verb](home, now + seconds, "SPO2_CRIT", 500)

    sounds = home.sounds(now + 10 + 120)

    assert sounds is not None
    assert sounds.is_floor


@given(_steps)
def test_nobody_is_called_twice_in_a_minute_about_one_episode_unless_it_became_worse(
    steps: list[Step],
) -> None:
    home = told(steps)
    home.until(_end(steps) + 10_000)

    by_contact: dict[tuple[Json, Json], list[Remark]] = {}
    for one in home.remarks:
        if one.verb == "ESCALATES" and one.context["why"] != "recovered":
            by_contact.setdefault((one.context["contact"], one.context["episode"]), []).append(one)
    for calls in by_contact.values():
        for earlier, later in pairwise(calls):
            assert later.at - earlier.at >= timedelta(minutes=1) or _urgency(later) > _urgency(earlier)


def _urgency(call: Remark) -> tuple[bool, bool]:
    return ("floor" in call.context, call.context["priority"] == "high")


@given(_steps)
def test_a_high_alarm_that_nobody_answers_calls_somebody_within_ten_minutes(steps: list[Step]) -> None:
    home = told([*steps, (0, "contacts", "", 0), (0, "raise", "HR_LOW_CRIT", 0)])
    begun, before = _end(steps), len(home.remarks)

    home.until(begun + 601)

    wanting = [one for one in home.calls.open_calls(moment(begun + 601)) if one.next_at is not None]
    calls = [one for one in home.remarks if one.verb == "ESCALATES" and one.at >= moment(begun)]
    assert not wanting or calls
    assert before <= len(home.remarks)


@given(_steps)
def test_every_raise_of_its_own_follows_an_answer(steps: list[Step]) -> None:
    home = told(steps)
    home.until(_end(steps) + 10_000)

    raised = [one for one in home.remarks if one.verb == "RAISES"]
    assert all(one.context["answered_by"] for one in raised)
    assert {one.context["why"] for one in raised} <= {"unsettled", "snooze-over"}
