"""Leaving out what changes nothing changes nothing: a rerun says what hearing every entry says."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from healthmon.alarms import CLASSES, AlarmClass, Alarms
from healthmon.events import Entry, Json, Remark, Thing
from healthmon.reports.rerun import rerun
from healthmon.reports.stretch import Stretch

START = datetime(2026, 11, 20, 12, tzinfo=UTC)
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
    many = st.sampled_from([1, 2, 3, 12, 40, 90, 150, 600])
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
    alarms, said, last = Alarms(), list[Remark](), START
    for entry in entries:
        is_start = entry.verb == "STARTS" or entry.object.type == "GAP"
        said += alarms.fire(last if is_start else entry.received)
        said += alarms.observe(entry)
        last = entry.received
    said += alarms.fire(last)
    return said


def _told(said: Iterable[Remark], alarm: str) -> list[Remark]:
    """Of this alarm, without the numbers beside it, which may be some seconds older in a rerun; and without
    its episode, which others may have begun, and who answered one of those."""
    return [
        replace(one, context={key: value for key, value in one.context.items() if key not in _BESIDE})
        for one in said
        if one.person == "maria" and one.object.id == alarm
    ]


_BESIDE = {"value", "worst", "episode", "acknowledged_by", "latched"}


@st.composite
def _wishes(draw: st.DrawFn) -> tuple[AlarmClass, dict[str, Json]]:
    """Other terms of one row of the table."""
    row = draw(st.sampled_from(CLASSES))
    delays = [one.total_seconds() for one in (*row.delays, row.delay)]
    wish: dict[str, Json] = {
        "value": draw(st.sampled_from([row.least, (row.least + row.most) / 2, row.most, row.most + 50])),
        "delay_s": draw(st.sampled_from([*delays, 20.0, 45.0])),
        "hysteresis": draw(st.sampled_from(row.bands)),
        "latches": draw(st.booleans()),
        "off": draw(st.sampled_from([False, False, False, True])),
    }
    return row, {key: value for key, value in wish.items() if draw(st.integers(0, 3))}


def _known() -> Iterable[Entry]:
    """Ten days from a file: what is usual for Maria."""
    for number in range(10 * 12):
        at = START - timedelta(days=1 + number // 12, hours=number % 12)
        context: dict[str, Json] = {"person": "maria", "value": 97 + number % 2, "delivery": "import"}
        reading = _entry(0, START, ("SPO2", 97, "a-1", 0.0), {})
        yield structs.replace(reading, id=f"o{number}", time=at, context=context)


_USUAL_DAY: dict[str, tuple[list[Json], list[Json]]] = {
    "SPO2": ([96, 97, 98, 99, 95], [93, 92, 90, 89, 87, 85, 83, 79, 74]),
    "HR": ([60, 64, 72, 80, 96], [104, 118, 124, 133, 152, 47, 44, 39, 34]),
}


def _day(chance: Random, quantity: str) -> list[Run]:
    """Some hours of Maria's: well for the most part, then not, and what else happens meanwhile."""
    every, made = chance.choice([1.0, 2.0, 5.0, 5.0, 8.0]), list[Run]()
    well, unwell = _USUAL_DAY[quantity]
    for _ in range(chance.randint(3, 9)):
        values = well if chance.random() < 0.5 else unwell
        lasting = chance.choice([10, 45, 130, 200, 400, 700, 1300])
        odd: dict[str, Json] = chance.choice([{}, {}, {}, {}, {"sway": 1}, {"sway": 3}, {"quality": "poor"}])
        run = (max(1, int(lasting / every)), every, quantity, chance.choice(values), "a-1", 0.06, odd)
        made += [run, *_meanwhile(chance, quantity)]
    return made


def _meanwhile(chance: Random, quantity: str) -> Iterable[Run]:
    if chance.random() < 0.3:
        yield chance.choice(
            [
                (1, 60.0, "STEPS", 80, "a-1", 0.0, {}),
                (1, 1.0, "WORN", False, "a-1", 0.0, {}),
                (1, 1.0, "WORN", True, "a-1", 0.0, {}),
                (1, 1.0, "GAP", None, "a-1", 0.0, {}),
                (1, 1.0, "ACKNOWLEDGES", None, "a-1", 0.0, {}),
                (8, 1.0, quantity, 0, "a-1", 0.0, {}),
                (40, 1.0, quantity, 88, "a-2", 0.0, {}),
                (1, 900.0, quantity, 97, "a-1", 0.0, {}),
                (1, 40_000.0, "STARTS", None, "a-1", 0.0, {}),
            ]
        )


@given(st.integers(0, 1 << 30), _wishes())
def test_a_rerun_of_one_day_says_what_hearing_everything_says(
    seed: int, wish: tuple[AlarmClass, dict[str, Json]]
) -> None:
    again, really = _both(_day(Random(seed), wish[0].quantity), wish)

    assert again == really


@given(_runs(), _wishes())
def test_a_rerun_of_one_alarm_says_what_hearing_everything_says(
    runs: list[Run], wish: tuple[AlarmClass, dict[str, Json]]
) -> None:
    again, really = _both(runs, wish)

    assert again == really


def _both(runs: Iterable[Run], wish: tuple[AlarmClass, dict[str, Json]]) -> tuple[list[Remark], list[Remark]]:
    """What a rerun says of this alarm, and what the rule says that hears every entry."""
    entries = [*_known(), *_entries(runs)]
    row, terms = wish
    stretch = Stretch("maria", Alarms())
    for entry in entries:
        stretch.take(entry)
    stretch.close()
    alarms, sets = Alarms(), _set(row, terms)
    alarms.observe(sets)
    again = rerun(alarms, stretch, stretch.told, row)
    return _told(again, row.id), _told(_every_one([sets, *entries]), row.id)


def _set(row: AlarmClass, terms: dict[str, Json]) -> Entry:
    entry = _entry(0, START, ("SETS", None, "a-1", 0.0), terms)
    return structs.replace(entry, object=Thing("ALARM", row.id), context={"person": "maria", **terms})
