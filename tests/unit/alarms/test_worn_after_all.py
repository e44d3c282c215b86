"""A word of being worn that comes late, or never: a watch that is worn is not deaf for ever."""

import pytest

from healthmon.alarms.worn import SHOWN_AFTER
from healthmon.events import Json, Thing
from tests.unit.alarms.home import Home
from tests.unit.rules.stream import received

LONG = int(SHOWN_AFTER.total_seconds())


def _says_late(home: Home, at: float, told: float, *, worn: bool) -> None:
    said: dict[str, Json] = {"value": worn, "person": "maria", "delivery": "late"}
    home.hear(received(at, told, Thing("WATCH", "watch-7"), "REPORTS", Thing("WORN"), **said))


def _off_since(seconds: int) -> Home:
    home = Home()
    home.hold("SPO2", 97, 0, seconds)
    home.device(seconds, "WORN", value=False)
    return home


def test_a_late_word_that_it_is_worn_counts() -> None:
    home = _off_since(60)
    _says_late(home, 300, 100, worn=True)

    home.hold("SPO2", 84, 300, 332)

    assert home.times("RAISES") == [330]


def test_a_late_word_that_is_older_than_the_last_does_not() -> None:
    home = _off_since(60)
    _says_late(home, 300, 50, worn=True)

    home.hold("SPO2", 84, 300, 340)

    assert home.said("RAISES") == []


def test_a_late_word_that_it_was_taken_off_is_overruled_by_what_was_felt_since() -> None:
    home = Home()
    home.hold("SPO2", 97, 0, 100)
    _says_late(home, 100, 50, worn=False)

    home.hold("SPO2", 84, 100, 132)

    assert home.times("RAISES") == [130]


@pytest.mark.parametrize("value", [97, 84])
def test_valid_readings_for_long_show_that_it_is_worn(value: int) -> None:
    home, shown = _off_since(60), 100 + LONG
    home.hold("SPO2", value, 100, shown + 1)

    home.hold("SPO2", 84, shown + 1, shown + 33)

    assert home.times("RAISES") == [shown + 30 if value == 84 else shown + 31]


def test_a_table_that_reflects_for_half_an_hour_shows_nothing() -> None:
    home = _off_since(60)
    home.hold("SPO2", 84, 100, 100 + 35 * 60)

    assert home.said("RAISES") == []


def test_a_sparse_watch_shows_it_too() -> None:
    home = Home()
    home.hold("SPO2", 97, 0, 3000, 300)
    home.device(3000, "WORN", value=False)

    home.hold("SPO2", 84, 3300, 3300 + LONG + 700, 300)

    assert home.times("RAISES") == [3300 + LONG + 300]


@pytest.mark.parametrize("doubt", [{"value": 0}, {"value": 84, "quality": "poor"}])
def test_what_is_felt_now_and_then_shows_nothing(doubt: dict[str, Json]) -> None:
    home = _off_since(60)
    for second in range(100, 100 + 2 * LONG):
        said = doubt if second % 2000 == 0 else {"value": 84}
        watch = Thing("WATCH", "watch-7")
        home.hear(received(second, second, watch, "MEASURES", Thing("SPO2"), person="maria", **said))

    assert home.said("RAISES") == []


def test_off_said_again_begins_it_anew() -> None:
    home = _off_since(60)
    for start in range(100, 100 + 2 * LONG, 2000):
        home.device(start, "WORN", value=False)
        home.hold("SPO2", 84, start, start + 2000)

    assert home.said("RAISES") == []
