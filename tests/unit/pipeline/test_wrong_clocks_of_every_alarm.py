"""Whatever a device's clock shows, and whenever it jumps: every alarm of a body rings in its time, and stays.

Slow and fast by 61 seconds, 10 minutes and 9 hours; wrong from the start, jumping before the value is beyond,
while the delay runs, while the alarm rings, and back. The bounds are the delay, and for a clock that jumps
the half minute in which nobody can tell a wrong clock from old readings (docs/decisions/0022).
"""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Final

import pytest

from healthmon.alarms import CLASSES, AlarmClass, Kind, Profile, Side
from healthmon.events import Entry, Event, Thing
from healthmon.events.vocabulary import SPO2
from healthmon.pipeline.house import house_rules
from healthmon.pipeline.logic import Logic
from healthmon.settings import RuleSettings
from tests.fakes.pipeline import START, at

Clock = Callable[[float], float]  # what the device's clock shows so many seconds after the start

SLOW_BY: Final = [61, 600, 9 * 3600, -61, -600, -9 * 3600]
FALLS: Final = 200  # seconds after the start: until then all is well
IN_DOUBT: Final = 32  # seconds: decision 0022
CALM: Final = {Side.LOW: 60, Side.HIGH: 90}  # rates that are well, and no half or double of what is beyond


def _calm(row: AlarmClass) -> float:
    return 97 if row.quantity == SPO2 else CALM[row.side]


def _beyond(row: AlarmClass) -> float:
    if row.id == "RAPID_DESAT":
        return 85.0  # twelve points below what it was
    limit = row.limits[Profile.ADULT]
    assert limit is not None
    return limit - 1 if row.side is Side.LOW else limit + 1


def _watched(row: AlarmClass, clock: Clock, until: int, *, falls: int = FALLS) -> list[Entry]:
    """What a home comes to when a value goes beyond a limit then, and stays there."""
    logic, made = Logic(house_rules(RuleSettings()).rules), list[Entry]()
    for second in range(until):
        value = _calm(row) if second < falls else _beyond(row)
        made += logic.take(_reading(row, value, clock(second), second), at(second + 0.2))
    return [one for one in made if one.object == Thing("ALARM", row.id)]


def _reading(row: AlarmClass, value: float, told: float, second: int) -> Event:
    return Event(
        id=f"o:{second}",
        time=at(told),
        subject=Thing("WATCH", "watch-1"),
        verb="MEASURES",
        object=Thing(row.quantity),
        context={"value": value, "unit": row.unit, "person": "maria"},
    )


def _raised(said: Iterable[Entry]) -> list[float]:
    """When a new alarm was raised, in seconds after the value went beyond."""
    return [
        (one.received - START - timedelta(seconds=FALLS)).total_seconds()
        for one in said
        if one.verb == "RAISES" and one.context.get("why") == "held"
    ]


def _delay(row: AlarmClass) -> float:
    return row.delay.total_seconds()


# Those that no week and no time of day has to go before.
AT_ONCE = [row for row in CLASSES if row.kind in {Kind.LIMIT, Kind.FALL}]
rows = pytest.mark.parametrize("row", AT_ONCE, ids=lambda row: row.id)
clocks = pytest.mark.parametrize("slow_by", SLOW_BY)


@rows
@clocks
def test_wrong_from_the_start(row: AlarmClass, slow_by: float) -> None:
    until = FALLS + int(_delay(row)) + 40
    (raised,) = _raised(_watched(row, lambda now: now - slow_by, until))

    assert 0 <= raised <= _delay(row) + 2


@rows
@clocks
def test_beyond_and_wrong_from_the_start(row: AlarmClass, slow_by: float) -> None:
    if row.id == "RAPID_DESAT":
        pytest.skip("a fall needs something to fall from")
    until = int(_delay(row)) + 70
    (raised,) = _raised(_watched(row, lambda now: now - slow_by, until, falls=0))

    assert raised + FALLS <= _delay(row) + IN_DOUBT


@rows
@clocks
def test_set_wrong_as_the_value_goes_beyond(row: AlarmClass, slow_by: float) -> None:
    if row.id == "RAPID_DESAT":
        pytest.skip("in half a minute of doubt the fall is over; SPO2_CRIT rings, as it does below")
    until = FALLS + int(_delay(row)) + 80
    (raised,) = _raised(_watched(row, lambda now: now - (slow_by if now >= FALLS else 0), until))

    assert raised <= _delay(row) + IN_DOUBT


@rows
@clocks
def test_set_wrong_while_the_delay_runs(row: AlarmClass, slow_by: float) -> None:
    set_at = FALLS + _delay(row) / 2
    until = FALLS + int(_delay(row) * 1.5) + 80
    (raised,) = _raised(_watched(row, lambda now: now - (slow_by if now >= set_at else 0), until))

    assert raised <= _delay(row) * 1.5 + IN_DOUBT


@rows
@clocks
def test_set_wrong_while_it_rings_clears_nothing_and_rings_no_second_time(
    row: AlarmClass, slow_by: float
) -> None:
    set_at = FALLS + _delay(row) + 30
    said = _watched(row, lambda now: now - (slow_by if now >= set_at else 0), int(set_at) + 200)

    assert len(_raised(said)) == 1
    assert "CLEARS" not in {one.verb for one in said}


@rows
@clocks
def test_set_right_while_it_rings_clears_nothing_and_rings_no_second_time(
    row: AlarmClass, slow_by: float
) -> None:
    set_at = FALLS + _delay(row) + 30
    said = _watched(row, lambda now: now - (0 if now >= set_at else slow_by), int(set_at) + 200)

    assert len(_raised(said)) == 1
    assert "CLEARS" not in {one.verb for one in said}


@clocks
def test_there_and_back_before_and_after_it_rings_once(slow_by: float) -> None:
    row = CLASSES[0]
    said = _watched(row, lambda now: now - (slow_by if 100 <= now < FALLS + 100 else 0), FALLS + 300)

    assert len(_raised(said)) == 1
    assert "CLEARS" not in {one.verb for one in said}
