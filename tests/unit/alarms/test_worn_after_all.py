"""A word of being worn that comes late, or never: a watch that is worn is not deaf for ever."""

import pytest

from healthmon.events import Json, Thing
from tests.unit.alarms.home import Home
from tests.unit.rules.stream import received


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
def test_valid_readings_for_a_minute_show_that_it_is_worn(value: int) -> None:
    home = _off_since(60)
    home.hold("SPO2", value, 100, 161)

    home.hold("SPO2", 84, 161, 193)

    assert home.times("RAISES") == [190 if value == 84 else 191]


def test_a_sparse_watch_shows_it_with_its_third_reading() -> None:
    home = Home()
    home.hold("SPO2", 97, 0, 3000, 300)
    home.device(3000, "WORN", value=False)

    home.hold("SPO2", 84, 3300, 5000, 300)

    assert home.times("RAISES") == [4200]


@pytest.mark.parametrize("doubt", [{"value": 0}, {"value": 84, "quality": "poor"}])
def test_what_is_felt_now_and_then_shows_nothing(doubt: dict[str, Json]) -> None:
    home = _off_since(60)
    for second in range(100, 700):
        said = doubt if second % 50 == 0 else {"value": 84}
        watch = Thing("WATCH", "watch-7")
        home.hear(received(second, second, watch, "MEASURES", Thing("SPO2"), person="maria", **said))

    assert home.said("RAISES") == []


def test_off_said_again_begins_the_minute_anew() -> None:
    home = _off_since(60)
    for start in range(100, 400, 50):
        home.device(start, "WORN", value=False)
        home.hold("SPO2", 84, start, start + 50)

    assert home.said("RAISES") == []
