"""Leaving out what changes nothing changes nothing: a rerun says what hearing every entry says."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from healthmon.alarms import BY_LIMIT, Alarms
from healthmon.events import Context, Entry, Json, Remark, Thing
from healthmon.reports.rerun import BY_NAME, rerun
from healthmon.reports.stretch import Stretch

START = datetime(2026, 11, 20, 22, tzinfo=UTC)
MONITOR, ANNA = Thing("MONITOR"), Thing("CAREGIVER", "anna")

# (how many, seconds between, what, value, device, seconds on the way, other context)
Run = tuple[int, float, str, Json, str, float, dict[str, Json]]

_EVERY = st.sampled_from([1.0, 1.0, 5.0, 0.2, 14.0, 16.0, 60.0, 400.0])
_DEVICE = st.sampled_from(["a-1", "a-1", "a-2", "b-1"])
_LAG = st.sampled_from([0.0, 0.0, 0.0, 0.3, 3.0, 25.0, -2.0])
_HEART: st.SearchStrategy[Json] = st.sampled_from([38, 44, 60, 60, 75.5, 117, 121, 135, 0, 255, None, True])
_OXYGEN: st.SearchStrategy[Json] = st.sampled_from([70, 86, 87, 89, 91, 93, 97, 97, 99, 100, 0, 127, "x"])
_ODD: st.SearchStrategy[dict[str, Json]] = st.sampled_from(
    [{}, {}, {}, {}, {"delivery": "late"}, {"back": 90}, {"quality": "poor"}, {"sway": 2}, {"sway": 7}]
)


def _acts() -> st.SearchStrategy[Run]:
    def act(what: str, value: st.SearchStrategy[Json], many: int = 1) -> st.SearchStrategy[Run]:
        return st.tuples(st.just(many), _EVERY, st.just(what), value, _DEVICE, _LAG, st.just({}))

    nothing: st.SearchStrategy[Json] = st.none()
    return st.one_of(
        act("STEPS", st.sampled_from([0, 80]), many=2),
        act("WORN", st.booleans()),
        act("AVAILABILITY", st.sampled_from(["ONLINE", "OFFLINE"])),
        *(act(what, nothing) for what in ("STARTS", "GAP", "ACKNOWLEDGES")),
        act("SETS", st.sampled_from([82, 90, 92, None])),
        act("PERSON", st.sampled_from(["adult", "athlete"])),
    )


def _runs() -> st.SearchStrategy[list[Run]]:
    many = st.sampled_from([1, 2, 3, 12, 40, 90, 150])
    heart = st.tuples(many, _EVERY, st.just("HR"), _HEART, _DEVICE, _LAG, _ODD)
    oxygen = st.tuples(many, _EVERY, st.just("SPO2"), _OXYGEN, _DEVICE, _LAG, _ODD)
    return st.lists(st.one_of(heart, oxygen, oxygen, _acts()), max_size=16)


def _entries(runs: Iterable[Run]) -> list[Entry]:
    now, made = START, list[Entry]()
    for count, every, what, value, device, lag, odd in runs:
        for _ in range(count):
            now += timedelta(seconds=every)
            made.append(_entry(len(made), now, (what, value, device, lag), odd))
    return made


def _entry(number: int, now: datetime, said: tuple[str, Json, str, float], odd: dict[str, Json]) -> Entry:
    what, value, device, lag = said
    person = "maria" if device.startswith("a") else "jan"
    subject, verb, thing = _sentence(what, device)
    back = odd.get("back")
    at = now - timedelta(seconds=lag + (float(back) if isinstance(back, int) and number % 7 == 0 else 0))
    context: dict[str, Json] = {"person": person, "value": value, "unit": "/min", **odd}
    if what == "PERSON":
        context["profile"] = value
    sway = context.pop("sway", None)
    if isinstance(sway, int) and isinstance(value, int | float) and not isinstance(value, bool) and value:
        context["value"] = value + sway * (number % 3 - 1)
    context.pop("back", None)
    return Entry(
        id=f"e{number}",
        time=at,
        subject=subject,
        verb=verb,
        object=thing,
        context=context,
        offset=number,
        received=now,
    )


_SENTENCES = {
    "STARTS": (MONITOR, "STARTS", Thing("RECORDER")),
    "GAP": (MONITOR, "REPORTS", Thing("GAP")),
    "ACKNOWLEDGES": (ANNA, "ACKNOWLEDGES", Thing("ALARM", "SPO2_CRIT")),
    "SETS": (ANNA, "SETS", Thing("ALARM", "SPO2_CRIT")),
    "PERSON": (ANNA, "SETS", Thing("PERSON", "maria")),
}


def _sentence(what: str, device: str) -> tuple[Thing, str, Thing]:
    verb = "REPORTS" if what in {"WORN", "AVAILABILITY"} else "MEASURES"
    return _SENTENCES.get(what, (Thing("WATCH", device), verb, Thing(what)))


def _every_one(entries: Sequence[Entry]) -> list[Remark]:
    """What is said when every entry is heard, as the logic shows them."""
    alarms, said, last = Alarms(BY_LIMIT), list[Remark](), START
    for entry in entries:
        is_start = entry.verb == "STARTS" or entry.object.type == "GAP"
        said += alarms.fire(last if is_start else entry.received)
        said += alarms.observe(entry)
        last = entry.received
    said += alarms.fire(last)
    return _of_maria(said)


def _of_maria(said: Iterable[Remark]) -> list[Remark]:
    """Without the numbers that are told beside an alarm: those may be some seconds older in a rerun."""
    return [replace(one, context=_bare(one.context)) for one in said if one.person == "maria"]


def _bare(context: Context) -> Context:
    return {key: value for key, value in context.items() if key not in {"value", "worst"}}


def _rerun(entries: Sequence[Entry], *names: str) -> list[Remark]:
    stretch = Stretch("maria", Alarms(BY_LIMIT).listener)
    for entry in entries:
        stretch.take(entry)
    stretch.close()
    return _of_maria(rerun(Alarms(BY_LIMIT), stretch, stretch.told, names or tuple(BY_NAME)))


@given(_runs())
def test_a_rerun_says_what_hearing_everything_says(runs: list[Run]) -> None:
    entries = _entries(runs)

    assert _rerun(entries) == _every_one(entries)


@given(_runs(), st.sampled_from(sorted(BY_NAME)))
def test_one_alarm_alone_rings_as_it_does_among_the_others(runs: list[Run], alarm: str) -> None:
    entries = _entries(runs)

    among = [one for one in _rerun(entries) if one.object.id == alarm]

    assert [_beside(one) for one in _rerun(entries, alarm)] == [_beside(one) for one in among]


def _beside(one: Remark) -> Remark:
    """Without its episode, which others may have begun, and who answered one of those."""
    bare = {
        key: value
        for key, value in one.context.items()
        if key not in {"episode", "acknowledged_by", "latched"}
    }
    return replace(one, context=bare)
