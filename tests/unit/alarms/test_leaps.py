"""Promises about a rate that is half or twice what it was a reading before: a miscount, until it lasts."""

import pytest

from tests.unit.alarms.home import Home

LOW, HIGH = "HR_LOW_CRIT", "HR_HIGH_CRIT"


def _at_rest(rate: int, step: int = 5) -> Home:
    home = Home()
    home.hold("HR", rate, -20 * step, 0, step=step)
    return home


@pytest.mark.parametrize(
    ("before", "after", "name"), [(74, 37, LOW), (66, 33, LOW), (70, 140, HIGH), (80, 160, HIGH)]
)
def test_half_or_twice_the_rate_rings_after_ninety_seconds(before: int, after: int, name: str) -> None:
    home = _at_rest(before)

    home.hold("HR", after, 0, 300, step=5)

    assert home.times("RAISES", name) == [90]


@pytest.mark.parametrize(("before", "after"), [(74, 37), (66, 33), (70, 140), (80, 160)])
def test_a_miscount_that_is_over_in_seventy_five_seconds_never_rings(before: int, after: int) -> None:
    home = _at_rest(before)

    home.hold("HR", after, 0, 75, step=5)
    home.hold("HR", before, 75, 300, step=5)

    assert home.remarks == []


@pytest.mark.parametrize(
    ("rates", "name", "delay"),
    [
        ((60, 50, 38), LOW, 60),
        ((60, 45, 34), LOW, 30),
        ((80, 110, 140), HIGH, 60),
        ((90, 130, 160), HIGH, 30),
    ],
)
def test_a_heart_that_gets_there_by_steps_rings_as_soon_as_ever(
    rates: tuple[int, int, int], name: str, delay: int
) -> None:
    home = _at_rest(rates[0])
    home.measure(0, "HR", rates[1])

    home.hold("HR", rates[2], 5, 200, step=5)

    assert home.times("RAISES", name)[0] == 5 + delay


@pytest.mark.parametrize(("before", "after", "name"), [(74, 37, LOW), (70, 140, HIGH)])
def test_a_watch_that_tells_each_minute_shows_no_leap(before: int, after: int, name: str) -> None:
    home = _at_rest(before, step=60)

    home.hold("HR", after, 0, 300, step=60)

    assert home.times("RAISES", name) == [60]


def test_a_shorter_delay_does_not_make_a_leap_believed_sooner() -> None:
    home = _at_rest(74)
    home.measure(0, "HR", 37)
    home.carer(1, "SETS", "ALARM", LOW, delay_s=15)

    home.hold("HR", 37, 5, 300, step=5)

    assert home.times("RAISES", LOW) == [90]


def test_oxygen_that_falls_to_half_is_no_miscount() -> None:
    home = Home()
    home.hold("SPO2", 97, -100, 0, step=5)

    home.hold("SPO2", 48, 0, 60, step=5)

    assert home.times("RAISES") == [30]


@pytest.mark.parametrize(
    ("before", "rate", "miscount", "name"),
    [(80, 160, 80, HIGH), (80, 170, 85, HIGH), (70, 30, 60, LOW), (70, 28, 56, LOW), (62, 35, 70, LOW)],
)
@pytest.mark.parametrize("seconds", [1, 3])
def test_one_miscount_a_minute_does_not_silence_a_heart(
    before: int, rate: int, miscount: int, name: str, seconds: int
) -> None:
    home = _at_rest(before)

    for at in range(600):
        home.measure(at, "HR", miscount if at % 60 >= 60 - seconds else rate)

    assert home.times("RAISES", name) == [90 + seconds]  # the time of the miscount does not count


def test_a_rate_that_stays_where_it_leapt_back_to_ends_what_was() -> None:
    home = _at_rest(80)

    for at in range(300):
        home.measure(at, "HR", 160 if at % 60 < 40 else 80)

    assert home.times("RAISES", HIGH) == []
