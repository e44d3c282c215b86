"""The caps follow the pulse and oxygen steps of NEWS2 (Royal College of Physicians 2017, Chart 1)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from healthmon.advice.caps import CAP_OF_PART, Cap, HeldCap, Level, Profile, cap_for, oxygen_part, pulse_part
from tests.unit.advice.models import moment
from tests.unit.advice.wearer import MINUTE, START

ADULT, LOW, ATHLETE = Profile.ADULT, Profile.LOW_OXYGEN, Profile.ATHLETE


@pytest.mark.parametrize(
    ("pulse", "part"),
    [(30, 3), (40, 3), (41, 1), (50, 1), (51, 0), (90, 0), (91, 1), (110, 1), (111, 2), (130, 2), (131, 3)],
)
def test_pulse(pulse: int, part: int) -> None:
    assert pulse_part(pulse, ADULT) == part


@pytest.mark.parametrize(
    ("oxygen", "part"), [(85, 3), (91, 3), (92, 2), (93, 2), (94, 1), (95, 1), (96, 0), (100, 0)]
)
def test_oxygen_on_scale_1(oxygen: int, part: int) -> None:
    assert oxygen_part(oxygen, ADULT) == part


@pytest.mark.parametrize(
    ("oxygen", "part"), [(80, 3), (83, 3), (84, 2), (85, 2), (86, 1), (87, 1), (88, 0), (92, 0), (98, 0)]
)
def test_oxygen_on_scale_2_on_air(oxygen: int, part: int) -> None:
    assert oxygen_part(oxygen, LOW) == part


def test_medians_between_two_steps_are_rounded_up() -> None:
    assert (pulse_part(90.5, ADULT), oxygen_part(95.5, ADULT)) == (1, 0)


def test_an_athletes_slow_pulse_counts_ten_lower() -> None:
    assert [pulse_part(rate, ATHLETE) for rate in (45, 40, 31, 30)] == [0, 1, 1, 3]


def test_each_part_ends_a_band() -> None:
    assert CAP_OF_PART == {0: 100, 1: 79, 2: 55, 3: 30}


def test_a_fast_pulse_counts_only_at_rest() -> None:
    limits = [cap_for(replace(moment(rate=140), still=still), ADULT).limit for still in (False, True)]

    assert limits == [100, 30]


def test_a_slow_pulse_counts_always() -> None:
    assert cap_for(replace(moment(rate=39), still=False), ADULT) == Cap(30, Level.PULSE, 39)


def test_the_worse_reading_sets_the_cap() -> None:
    assert cap_for(moment(rate=95, oxygen=92), ADULT) == Cap(55, Level.OXYGEN, 92)


@pytest.mark.parametrize(("oxygen", "limit"), [(95, 100), (93, 55), (91, 30)])
def test_by_night_the_lightest_part_does_not_count(oxygen: float, limit: float) -> None:
    assert cap_for(replace(moment(oxygen=oxygen), by_day=False), ADULT).limit == limit


def test_where_nothing_was_measured_nothing_is_capped() -> None:
    assert cap_for(replace(moment(), oxygen=None), ADULT) == Cap()


def test_a_cap_holds_for_ten_minutes() -> None:
    held = HeldCap()
    held.hold(START, Cap(55, Level.OXYGEN, 93))

    limits = [held.hold(START + minutes * MINUTE, Cap()).limit for minutes in (9, 10)]

    assert limits == [55, 100]


def test_the_lowest_cap_wins() -> None:
    held = HeldCap()
    held.hold(START, Cap(30, Level.OXYGEN, 90))

    assert held.hold(START + timedelta(minutes=1), Cap(79, Level.PULSE, 95)).limit == 30
