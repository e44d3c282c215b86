"""A device whose clock is wrong is watched like any other: low oxygen rings."""

from collections.abc import Callable, Iterable
from datetime import timedelta

import pytest

from healthmon.events import Entry, Event, Thing
from healthmon.pipeline.house import house_rules
from healthmon.pipeline.logic import Logic
from healthmon.settings import RuleSettings
from tests.fakes.pipeline import START, at

SLOW_BY = [61, 600, 9 * 3600, -61, -600, -9 * 3600]
Clock = Callable[[float], float]  # what the device's clock shows so many seconds after the start


def _oxygen(value: float, told: float, name: str) -> Event:
    return Event(
        id=name,
        time=at(told),
        subject=Thing("WATCH", "watch-1"),
        verb="MEASURES",
        object=Thing("SPO2"),
        context={"value": value, "unit": "%", "person": "maria"},
    )


def _watched(device: Clock, seconds: Iterable[int], falls: int) -> list[Entry]:
    """What a home comes to when oxygen falls to 80 % then, and stays there."""
    logic, made = Logic(house_rules(RuleSettings()).rules), list[Entry]()
    for second in seconds:
        reading = _oxygen(97 if second < falls else 80, device(second), f"o:{second}")
        made += logic.take(reading, at(second + 0.2))
    return made


def _raised(made: Iterable[Entry]) -> list[timedelta]:
    return [
        entry.received - START
        for entry in made
        if (entry.verb, entry.object) == ("RAISES", Thing("ALARM", "SPO2_CRIT"))
    ]


@pytest.mark.parametrize("slow_by", SLOW_BY)
def test_low_oxygen_for_a_minute_rings_on_a_device_that_was_never_right(slow_by: float) -> None:
    (raised,) = _raised(_watched(lambda now: now - slow_by, range(61), falls=0))

    assert raised <= timedelta(seconds=60.2)


@pytest.mark.parametrize("slow_by", SLOW_BY)
def test_low_oxygen_for_a_minute_rings_on_a_device_known_to_be_wrong(slow_by: float) -> None:
    (raised,) = _raised(_watched(lambda now: now - slow_by, range(361), falls=300))

    assert raised <= timedelta(seconds=300 + 31)


@pytest.mark.parametrize("slow_by", SLOW_BY)
def test_low_oxygen_rings_a_minute_after_a_clock_was_set_wrong(slow_by: float) -> None:
    (raised,) = _raised(_watched(lambda now: now - (slow_by if now >= 300 else 0), range(400), falls=300))

    assert raised <= timedelta(seconds=300 + 62)


@pytest.mark.parametrize("every", [60, 300])
def test_a_watch_that_seldom_speaks_rings_with_its_fourth_reading_after_its_clock_was_set_back(
    every: int,
) -> None:
    seconds = range(0, 20 * every, every)
    set_back = 12 * every

    (raised,) = _raised(_watched(lambda now: now - (600 if now >= set_back else 0), seconds, falls=set_back))

    assert raised <= timedelta(seconds=set_back + 3 * every + 1)


@pytest.mark.parametrize("behind", [70 * 60, 9 * 3600])
def test_low_oxygen_rings_a_minute_after_the_recorders_clock_was_corrected(behind: float) -> None:
    logic, made = Logic(house_rules(RuleSettings()).rules), list[Entry]()
    for second in range(700):
        reading = _oxygen(97 if second < 600 else 80, second, f"o:{second}")
        made += logic.take(reading, at(second + 0.2 - (behind if second < 600 else 0)))

    (raised,) = _raised(made)

    assert raised <= timedelta(seconds=600 + 62)
