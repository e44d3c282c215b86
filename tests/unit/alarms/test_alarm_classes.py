"""One promise for each row of the table: when it rings, when it ends, and what it says."""

from datetime import timedelta
from math import ceil

import pytest

from healthmon.alarms import CLASSES, AlarmClass, Kind, Priority, Profile, Side
from healthmon.alarms.classes import LONGEST_SNOOZE
from healthmon.rules.levels import LEVELS
from tests.unit.alarms.home import Home
from tests.unit.rules.stream import moment

ROWS = {row.id: row for row in CLASSES}
# limit, inside by the hysteresis, seconds of delay, priority, whether it stays until somebody has seen it
EXPECTED = {
    "SPO2_CRIT": (88, 90, 30, "high", True),
    "SPO2_LOW": (92, 94, 120, "medium", True),
    "HR_HIGH_CRIT": (131, 126, 60, "high", True),
    "HR_HIGH": (120, 115, 180, "medium", True),
    "HR_LOW_CRIT": (40, 43, 60, "high", True),
    "HR_LOW": (45, 48, 600, "low", False),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_each_alarm_rings_after_its_delay_and_ends_after_thirty_clear_seconds(name: str) -> None:
    limit, clear, delay, priority, latches = EXPECTED[name]
    home, quantity = Home(), ROWS[name].quantity

    home.hold(quantity, limit, 0, delay)
    assert home.said("RAISES", name) == []
    home.hold(quantity, limit, delay, delay + 10)
    home.hold(quantity, clear, delay + 10, delay + 60)

    (raised,) = home.said("RAISES", name)
    (cleared,) = home.said("CLEARS", name)
    common = {
        "value": limit,
        "unit": ROWS[name].unit,
        "limit": limit,
        "delay_s": delay,
        "priority": priority,
        "episode": f"E:maria:{moment(0).isoformat()}",
        "since": moment(0).isoformat(),
        "worst": limit,
        "device": "watch-7",
    }
    assert (raised.by, raised.person, raised.at) == ("alarms", "maria", moment(delay))
    assert raised.context == common | {"why": "held"}
    assert (cleared.by, cleared.person, cleared.at) == ("alarms", "maria", moment(delay + 40))
    assert cleared.context == common | {"value": clear, "outcome": "recovered", "latched": latches}


@pytest.mark.parametrize("name", EXPECTED)
def test_one_step_inside_the_limit_never_rings(name: str) -> None:
    home, row = Home(), ROWS[name]
    inside = EXPECTED[name][0] + (1 if row.side is Side.LOW else -1)

    home.hold(row.quantity, inside, 0, 1_000, step=5)

    assert home.said("RAISES", name) == []


@pytest.mark.parametrize("period", [5, 60, 300])
@pytest.mark.parametrize("name", EXPECTED)
def test_a_sparse_watch_rings_with_the_first_reading_that_can_tell(name: str, period: int) -> None:
    limit, clear, delay, _, _ = EXPECTED[name]
    home, quantity = Home(), ROWS[name].quantity

    home.hold(quantity, clear, -10 * period, 0, step=period)
    home.hold(quantity, limit, 0, 3_000, step=period)

    assert home.times("RAISES", name)[0] == ceil(delay / period) * period


def test_every_row_is_tested() -> None:
    assert set(EXPECTED) == {row.id for row in CLASSES if row.kind is Kind.LIMIT}


@pytest.mark.parametrize("row", CLASSES, ids=lambda row: row.id)
def test_every_number_says_where_it_was_read(row: AlarmClass) -> None:
    needed = {"limits", "range", "delay", "hysteresis", "latches", "priority"}
    needed |= {"rest"} if row.rest else set()
    needed |= {"by_day"} if row.by_day else set()
    needed |= {"floors"} if row.floors else set()
    needed |= {"rises_after"} if row.rises_after else set()
    needed |= {"needs_stillness"} if row.needs_stillness else set()
    needed |= {"steadiness"} if row.steadiness else set()

    assert set(row.sources) == needed
    assert all(row.sources.values())


@pytest.mark.parametrize("row", CLASSES, ids=lambda row: row.id)
def test_every_limit_may_be_chosen_and_every_profile_has_one_or_is_off(row: AlarmClass) -> None:
    assert set(row.limits) == set(Profile)
    chosen = [limit for limit in row.limits.values() if limit is not None]
    assert all(row.least <= limit <= row.most for limit in chosen)
    assert row.delays[0] <= row.delay <= row.delays[1]
    assert row.bands[0] <= row.hysteresis <= row.bands[1]


@pytest.mark.parametrize("row", [row for row in CLASSES if row.floors], ids=lambda row: row.id)
def test_a_floor_lies_beyond_the_limit_of_its_profile_and_only_of_high_alarms(row: AlarmClass) -> None:
    assert row.priority is Priority.HIGH
    for profile, floor in row.floors.items():
        limit = row.limits[profile]
        assert limit is not None
        assert floor < limit if row.side is Side.LOW else floor > limit


def test_a_critical_alarm_begins_beyond_its_milder_one() -> None:
    for profile in Profile:
        crit, low = (ROWS[name].limits[profile] for name in ("SPO2_CRIT", "SPO2_LOW"))
        assert crit is not None
        assert low is not None
        assert crit < low


def test_high_alarms_are_silenced_for_two_minutes_at_most() -> None:
    assert LONGEST_SNOOZE[Priority.HIGH] == timedelta(minutes=2)


def test_old_and_live_readings_are_judged_by_the_same_numbers() -> None:
    for level in LEVELS:
        row = ROWS[level.id]
        assert {profile.value: limit for profile, limit in row.limits.items()} == dict(level.limits)
        assert (row.least, row.most, row.delay, row.hysteresis) == (
            level.least,
            level.most,
            level.delay,
            level.hysteresis,
        )
