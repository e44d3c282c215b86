"""What holds for every history of readings, answers and silences, however it is cut into ticks."""

from collections.abc import Iterable, Sequence

from hypothesis import given
from hypothesis import strategies as st

from healthmon.alarms import Alarms
from healthmon.events import Entry, Json, Remark, Thing
from tests.unit.rules.stream import Stream, entry, moment, received

# (seconds since the one before, what, value, device, how long on the way)
Step = tuple[float, str, Json, str, float]

_GAPS = st.sampled_from([0.5, 1, 2, 5, 10, 14, 16, 20, 29, 31, 60, 301, 620])
_LAGS = st.sampled_from([0, 0, 0, 0.2, 3, 25])
_HEART = st.sampled_from([34, 38, 44, 60, 60, 117, 121, 135, 135, 155, 0, 255, None])
_OXYGEN = st.sampled_from([70, 79, 86, 86, 86, 89, 91, 97, 97, 97, 0, 127, 255])


def _steps(whose: str) -> st.SearchStrategy[list[Step]]:
    """Runs of equal readings of two devices, and now and then something else."""
    device = st.sampled_from([f"{whose}-1", f"{whose}-1", f"{whose}-2"])
    readings = st.one_of(
        st.tuples(_GAPS, st.just("HR"), _HEART, device, _LAGS),
        st.tuples(_GAPS, st.just("SPO2"), _OXYGEN, device, _LAGS),
        st.tuples(_GAPS, st.just("SPO2"), _OXYGEN, st.just(f"{whose}-1"), st.just(0)),
    )
    others = st.one_of(
        st.tuples(_GAPS, st.just("STEPS"), st.sampled_from([0, 80]), device, _LAGS),
        st.tuples(_GAPS, st.just("WORN"), st.booleans(), device, _LAGS),
        st.tuples(_GAPS, st.just("AVAILABILITY"), st.sampled_from(["ONLINE", "OFFLINE"]), device, _LAGS),
        st.tuples(_GAPS, st.sampled_from(["ACKNOWLEDGES", "SNOOZES"]), st.just(5), device, st.just(0)),
        st.tuples(_GAPS, st.just("SETS"), st.sampled_from([82, 90, None]), device, st.just(0)),
        st.tuples(_GAPS, st.just("WISHES"), st.sampled_from([10, 45, 120, "off"]), device, st.just(0)),
        st.tuples(_GAPS, st.just("PERSON"), st.sampled_from(["adult", "athlete"]), device, st.just(0)),
    )
    runs = st.tuples(st.sampled_from([1, 2, 5, 35, 70]), readings)
    acts = st.tuples(st.just(1), others)
    return st.lists(st.one_of(runs, runs, runs, acts), max_size=14).map(_flat)


def _flat(runs: list[tuple[int, Step]]) -> list[Step]:
    return [step for count, step in runs for _ in range(count)]


def _entries(steps: Iterable[Step], person: str) -> list[Entry]:
    """The steps as entries, in the order they are received."""
    now, made = 0.0, []
    for gap, what, value, device, lag in steps:
        now += gap
        made.append(_entry(now, (gap, what, value, device, lag), person))
    return made


def _entry(at: float, step: Step, person: str) -> Entry:
    _, what, value, device, lag = step
    carer, watch = Thing("CAREGIVER", "anna"), Thing("WATCH", device)
    if what in {"ACKNOWLEDGES", "SNOOZES"}:
        return entry(at, carer, what, Thing("ALARM", "SPO2_CRIT"), person=person, value=value)
    if what == "SETS":
        return entry(at, carer, what, Thing("ALARM", "SPO2_CRIT"), person=person, value=value)
    if what == "WISHES":
        said: dict[str, Json] = {"off": True} if value == "off" else {"delay_s": value}
        return entry(at, carer, "SETS", Thing("ALARM", "SPO2_CRIT"), person=person, **said)
    if what == "PERSON":
        return entry(at, carer, "SETS", Thing("PERSON", person), person=person, profile=value)
    verb = "MEASURES" if what in {"HR", "SPO2", "STEPS"} else "REPORTS"
    return received(at, at - lag, watch, verb, Thing(what), person=person, value=value, unit="/min")


def _told(entries: Sequence[Entry], ticks: Sequence[float] = ()) -> list[Remark]:
    """What is said of them, and of the hour after them."""
    stream, waiting = Stream(Alarms()), sorted(moment(tick) for tick in ticks)
    for said in entries:
        while waiting and waiting[0] < said.received:
            stream.wait(waiting.pop(0))
        stream.hear(said)
    stream.wait(moment(1_000_000))
    return stream.remarks


@given(_steps("a"), st.lists(st.floats(0, 3_000), max_size=60))
def test_ticks_leave_no_trace(steps: list[Step], ticks: list[float]) -> None:
    entries = _entries(steps, "maria")

    assert _told(entries, ticks) == _told(entries)


@given(_steps("a"), _steps("b"))
def test_other_people_change_nothing(hers: list[Step], his: list[Step]) -> None:
    mine, others = _entries(hers, "maria"), _entries(his, "john")
    together = sorted([*mine, *others], key=lambda one: one.received)

    told = [one for one in _told(together) if one.person == "maria"]

    assert told == _told(mine)


@given(_steps("a"))
def test_the_log_tells_a_story_without_contradictions(steps: list[Step]) -> None:
    state: dict[str, str] = {}
    for remark in _told(_entries(steps, "maria")):
        was, alarm = state.get(remark.object.id, "off"), remark.object.id
        match remark.verb, remark.context.get("state"), remark.context.get("why"):
            case "RAISES", _, "lasting":
                assert was == "on"
            case "RAISES", _, "floor":
                state[alarm] = "on"
            case "RAISES", _, _:
                assert was == "off"
                state[alarm] = "on"
            case "FLAGS", "unknown", _:
                assert was == "on"
                state[alarm] = "unknown"
            case "FLAGS", "known", _:
                assert was == "unknown"
                state[alarm] = "on"
            case "CLEARS", _, _:
                assert was == "on" or (was == "unknown" and remark.context["outcome"] == "switched-off")
                state[alarm] = "off"


_NO_SIGNAL: list[Json] = [0, 255, 65535, None, True, "86", -1]
_NOT_WORN = st.integers(-500, 500).map(lambda value: f"off {value}")


def _parts(nonsense: list[Json], wild: list[int]) -> st.SearchStrategy[list[list[Json]]]:
    """Nonsense for as long as it likes, or one wild sample."""
    long = st.lists(st.one_of(st.sampled_from(nonsense), _NOT_WORN), min_size=1, max_size=50)
    return st.lists(st.one_of(long, st.sampled_from(wild).map(lambda value: [value])), max_size=30)


_PERIODS = st.sampled_from([1, 5, 60, 300])


@given(_PERIODS, _parts([*_NO_SIGNAL, 127], [35, 60, 88, 92]))
def test_oxygen_artefacts_never_raise(period: int, parts: list[list[Json]]) -> None:
    assert _raised("SPO2", 97, period, parts) == []


@given(_PERIODS, _parts(_NO_SIGNAL, [20, 40, 127, 135, 250]))
def test_heart_rate_artefacts_never_raise(period: int, parts: list[list[Json]]) -> None:
    assert _raised("HR", 70, period, parts) == []


def _raised(quantity: str, good: int, period: int, parts: list[list[Json]]) -> list[Remark]:
    """What is raised when each part stands between two good readings."""
    stream, now = Stream(Alarms()), 0
    for part in parts:
        for value in [good, *part, good]:
            now += period
            _show(stream, now, quantity, value)
    stream.wait(moment(now + 100_000))
    return [one for one in stream.remarks if one.verb == "RAISES"]


def _show(stream: Stream, now: int, quantity: str, value: Json) -> None:
    watch, worn = Thing("WATCH", "watch-7"), Thing("WORN")
    if isinstance(value, str) and value.startswith("off "):
        stream.hear(entry(now, watch, "REPORTS", worn, person="maria", value=False))
        stream.measure(now, quantity, int(value[4:]))
        stream.hear(entry(now, watch, "REPORTS", worn, person="maria", value=True))
    else:
        stream.measure(now, quantity, value)


PERIODS = st.one_of(st.integers(1, 15), st.integers(1, 600))


def _rings(period: int, lows: list[int], delay: int, believed_after: int) -> set[bool]:
    """Whether so many lows ring. Either is right where they come often and sway, until they are believed."""
    lasted = (len(lows) - 1) * period
    goes_one_way = lows in (sorted(lows), sorted(lows, reverse=True))
    if lasted < delay:
        return {False}
    return {True} if period > 10 or goes_one_way or lasted >= believed_after else {False, True}


@given(
    PERIODS,
    st.integers(0, 20),
    st.one_of(
        st.lists(st.integers(81, 88), min_size=2, max_size=200),
        st.lists(st.just(85), min_size=2, max_size=200),
    ),
)
def test_oxygen_that_stays_low_always_rings(period: int, before: int, lows: list[int]) -> None:
    stream = Stream(Alarms())
    for number in range(before):
        stream.measure(number * period, "SPO2", 97)

    for number, value in enumerate(lows):
        stream.measure((before + number) * period, "SPO2", value)

    raised = [one for one in stream.remarks if (one.verb, one.object.id) == ("RAISES", "SPO2_CRIT")]
    assert len(raised) in _rings(period, lows, 30, 600)


@given(PERIODS, st.integers(0, 20), st.lists(st.integers(60, 80), min_size=2, max_size=100))
def test_oxygen_beyond_the_floor_always_rings_as_such(period: int, before: int, lows: list[int]) -> None:
    stream = Stream(Alarms())
    for number in range(before):
        stream.measure(number * period, "SPO2", 97)

    for number, value in enumerate(lows):
        stream.measure((before + number) * period, "SPO2", value)

    crit = [one for one in stream.remarks if (one.verb, one.object.id) == ("RAISES", "SPO2_CRIT")]
    assert len(crit) in _rings(period, lows, 30, 60)
    assert all(one.context.get("floor") is True for one in crit)
