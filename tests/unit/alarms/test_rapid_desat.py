"""RAPID_DESAT: ten points in a minute, below the level of the two minutes before, for half a minute."""

import pytest

from healthmon.alarms.conditions.fall import LASTS
from tests.unit.alarms.home import Home
from tests.unit.rules.stream import measured, moment

NAME = "RAPID_DESAT"


def steady(level: int = 97, step: int = 1) -> Home:
    """Two minutes of this."""
    home = Home()
    home.hold("SPO2", level, 0, 120, step=step)
    return home


def test_ten_points_lower_for_half_a_minute_rings() -> None:
    home = steady()

    home.hold("SPO2", 87, 120, 150)
    assert home.said("RAISES", NAME) == []
    home.measure(150, "SPO2", 87)

    (raised,) = home.said("RAISES", NAME)
    assert raised.at == moment(150)
    assert raised.context == {
        "value": 87,
        "unit": "%",
        "limit": 87,
        "delay_s": 30,
        "reference": 97,
        "priority": "high",
        "episode": f"E:maria:{moment(120).isoformat()}",
        "since": moment(120).isoformat(),
        "worst": 87,
        "device": "watch-7",
        "why": "held",
    }


def test_nine_points_do_not() -> None:
    home = steady()

    home.hold("SPO2", 88, 120, 149)

    assert home.remarks == []


@pytest.mark.parametrize(("step", "rings"), [(5, [150]), (20, [150]), (60, [180])])
def test_a_watch_that_tells_each_minute_rings_with_the_second_reading_half_a_minute_on(
    step: int, rings: list[int]
) -> None:
    home = steady(step=step)

    home.hold("SPO2", 85, 120, 120 + max(60, 2 * step), step=step)

    assert home.times("RAISES", NAME) == rings


def test_a_watch_that_tells_every_five_minutes_cannot_tell_a_fall() -> None:
    home = Home()
    home.hold("SPO2", 97, 0, 3_000, step=300)

    home.hold("SPO2", 80, 3_000, 6_000, step=300)

    assert home.said("RAISES", NAME) == []
    assert len(home.said("RAISES")) == 1


def test_a_slow_decline_is_no_fall() -> None:
    home = steady()

    for seconds in range(120, 300):
        home.measure(seconds, "SPO2", 97 - (seconds - 120) // 15)

    assert home.said("RAISES", NAME) == []


def test_a_high_artefact_is_no_level_to_fall_from() -> None:
    home = steady(89)
    home.measure(120, "SPO2", 100)

    home.hold("SPO2", 89, 121, 200)

    assert home.said("RAISES", NAME) == []


@pytest.mark.parametrize("nothing", [0, 127, 255, None])
def test_one_low_sample_among_no_signal_never_rings(nothing: int | None) -> None:
    home = steady()
    home.measure(120, "SPO2", 70)

    home.hold("SPO2", nothing, 121, 200)
    home.hold("SPO2", 97, 200, 260)

    assert home.remarks == []


@pytest.mark.parametrize("nothing", [0, 127, 255, None])
def test_no_signal_is_no_fall(nothing: int | None) -> None:
    home = steady()

    home.hold("SPO2", nothing, 120, 400)

    assert home.remarks == []


def test_single_low_samples_with_good_ones_between_never_ring() -> None:
    home = steady()

    for seconds in range(120, 400):
        home.measure(seconds, "SPO2", 70 if seconds % 2 else 97)

    assert home.remarks == []


def test_a_reading_told_twice_is_one() -> None:
    home = steady()

    home.measure(120, "SPO2", 70)
    home.measure(120, "SPO2", 70)

    assert home.until(1_000) == []


def test_put_on_anew_there_is_nothing_to_fall_from() -> None:
    home = steady()
    home.device(120, "WORN", value=False)
    home.device(125, "WORN", value=True)

    home.hold("SPO2", 86, 126, 140)

    assert home.remarks == []


@pytest.mark.parametrize("delivery", ["late", "import", "retained"])
def test_old_readings_are_neither_a_level_nor_a_fall(delivery: str) -> None:
    home = Home()
    for seconds in range(120):
        home.hear(measured(seconds, "SPO2", 97, delivery=delivery))
        home.measure(seconds, "SPO2", 86 if seconds > 100 else 95.5)
    for seconds in range(120, 180):
        home.hear(measured(seconds, "SPO2", 70, delivery=delivery))

    assert home.said("RAISES", NAME) == []


def test_it_is_over_when_the_reading_is_back_within_seven_points() -> None:
    home = steady()
    home.hold("SPO2", 85, 120, 160)

    home.hold("SPO2", 89, 160, 200)
    assert home.said("CLEARS", NAME) == []
    home.hold("SPO2", 90, 200, 231)

    assert home.times("CLEARS", NAME) == [230]


def test_staying_low_is_not_being_back() -> None:
    home = steady()

    home.hold("SPO2", 86, 120, 120 + int(LASTS.total_seconds()))

    assert len(home.said("RAISES", NAME)) == 1
    assert home.said("CLEARS", NAME) == []


def test_after_ten_minutes_the_new_level_is_left_to_the_other_alarms() -> None:
    home = steady()

    home.hold("SPO2", 86, 120, 800)

    assert home.times("CLEARS", NAME) == [751]
    assert home.said("CLEARS", "SPO2_CRIT") == []


def test_without_a_delay_the_second_reading_ten_points_lower_rings_at_once() -> None:
    home = steady()
    home.carer(119.5, "SETS", "ALARM", NAME, delay_s=0)

    assert home.measure(120, "SPO2", 87) == []
    home.measure(121, "SPO2", 87)

    assert home.times("RAISES", NAME) == [121]


def test_a_pause_of_breath_that_is_over_in_seconds_is_no_fall() -> None:
    home = steady()

    home.hold("SPO2", 84, 120, 145)
    home.hold("SPO2", 97, 145, 300)

    assert home.remarks == []


def test_a_carer_may_ask_for_more_points() -> None:
    home = steady()
    home.carer(119.5, "SETS", "ALARM", NAME, value=12, unit="%")

    home.hold("SPO2", 86, 120, 155)
    assert home.said("RAISES", NAME) == []
    home.hold("SPO2", 85, 155, 190)

    assert home.times("RAISES", NAME) == [185]


def test_a_fall_that_came_back_above_every_limit_is_over_before_the_next() -> None:
    home = Home()
    home.carer(-5, "SETS", "PERSON", "maria", profile="low-oxygen")
    for value, begin, end in ((97, 0, 180), (87, 180, 186), (89, 186, 192), (91, 192, 420)):
        home.hold("SPO2", value, begin, end)

    home.hold("SPO2", 86, 420, 460)  # five points below the level of now, eleven below the first

    assert home.said("RAISES", NAME) == []
