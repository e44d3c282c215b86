"""The morning's kettle by the wall clock: summer time, leap days, journeys, and zones that are none."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from healthmon.events import Json, Thing
from tests.unit.rules.mornings import ANNA, AUCKLAND, BERLIN, MONITOR, Mornings


@pytest.mark.parametrize(
    ("zone", "first"),
    [
        (BERLIN, (2026, 3, 16)),  # summer time begins on 29 March
        (BERLIN, (2026, 10, 12)),  # and ends on 25 October
        (AUCKLAND, (2026, 9, 14)),
        (AUCKLAND, (2026, 3, 23)),
        (ZoneInfo("Africa/Casablanca"), (2026, 2, 2)),
        (BERLIN, (2028, 2, 16)),  # a leap day
    ],
)
def test_habits_follow_the_wall_clock_through_every_change(
    zone: ZoneInfo, first: tuple[int, int, int]
) -> None:
    home = Mornings(zone, first)
    home.live(20, 8)
    last = home.day
    home.stay_cold()
    (raised,) = home.said

    assert raised.at.astimezone(zone) == last.replace(hour=9)


def test_a_morning_of_a_journey_is_nobodys_usual_one() -> None:
    home = Mornings()
    home.live(14, person="maria")
    home.wear(5, person="maria")
    home.hear(ANNA, "SETS", Thing("PERSON", "maria"), home.at(6), zone="America/New_York", person="maria")
    home.wear(17, person="maria")
    home.next()
    home.wear(12, person="maria")
    home.wear(20, person="maria")

    assert [one.at for one in home.said] == [datetime(2026, 11, 17, 14, tzinfo=UTC)]


def test_a_clock_that_shows_eight_twice_is_no_reason_to_miss_anything() -> None:
    home = Mornings(ZoneInfo("America/New_York"), (2026, 10, 20))
    home.live(30, 4, 0)

    assert home.said == []


@pytest.mark.parametrize("zone", ["", "Europe", "../../etc/passwd", "Mars/Olympus", "Berlin\x00", 5, None])
def test_a_zone_that_is_none_changes_nothing(zone: Json) -> None:
    home = Mornings()
    home.live(14)
    home.hear(MONITOR, "REPORTS", Thing("CONTACTS"), home.at(1), zone=zone)
    home.stay_cold()

    assert home.told() == ["RAISES 11-16 09:00"]
