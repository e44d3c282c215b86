"""FROZEN, BATTERY and the CLOCK of a device: low alarms that only what it says can raise or end."""

from datetime import timedelta

import pytest

from healthmon.events import Entry, Json, Thing, TimeSource
from tests.unit.alarms.devices.household import WATCH, Household
from tests.unit.rules.stream import measured, moment


@pytest.fixture
def home() -> Household:
    return Household()


def test_the_same_heart_rate_for_five_minutes_is_frozen(home: Household) -> None:
    home.wear(0, 100)
    home.hold("HR", 64, 100, 500)
    (raised,) = home.remarks

    assert (home.told(), raised.context["value"]) == (["RAISES FROZEN 400"], 64)
    assert raised.context["priority"] == "low"


def test_at_a_fifth_of_a_hertz_it_is_frozen_too(home: Household) -> None:
    home.hold("HR", 64, 0, 600, step=5)

    assert home.told() == ["RAISES FROZEN 300"]


def test_sparser_readings_may_repeat(home: Household) -> None:
    home.hold("HR", 64, 0, 3600, step=6)

    assert home.told() == []


def test_another_value_ends_it(home: Household) -> None:
    home.hold("HR", 64, 0, 400)
    home.measure(400, "HR", 65)

    assert home.told()[1:] == ["CLEARS FROZEN 400"]
    assert home.remarks[-1].context["outcome"] == "moved"


def test_a_heart_that_stands_still_for_less_is_none(home: Household) -> None:
    for start in range(0, 3000, 290):
        home.hold("HR", 64 + start % 7, start, start + 290)

    assert home.told() == []


def test_no_signal_in_between_is_no_frozen_heart(home: Household) -> None:
    home.hold("HR", 64, 0, 200)
    home.feel_nothing(200, 210)
    home.hold("HR", 64, 210, 450)

    assert home.told() == []


def test_oxygen_may_stay_where_it_is(home: Household) -> None:
    home.hold("SPO2", 97, 0, 1000)

    assert home.told() == []


def test_what_was_the_same_before_a_start_does_not_count(home: Household) -> None:
    home.hold("HR", 64, 0, 200)
    home.unrecorded(5000)
    home.hold("HR", 64, 5001, 5290)

    assert home.told() == []


def test_a_start_does_not_end_it_while_it_is_the_same(home: Household) -> None:
    home.hold("HR", 64, 0, 400)
    home.unrecorded(5000)
    home.hold("HR", 64, 5001, 5100)

    assert home.told() == ["RAISES FROZEN 300"]


def test_a_nearly_empty_battery_is_low_once_until_it_is_charged(home: Household) -> None:
    home.wear(0, 10)
    for second, level in enumerate([16, 15, 14, 15, 16, 15, 19, 20, 15]):
        home.battery(10 + second, level)

    assert home.told() == ["RAISES BATTERY 11", "CLEARS BATTERY 17", "RAISES BATTERY 18"]
    assert (home.remarks[0].context["value"], home.remarks[0].context["priority"]) == (15, "low")


@pytest.mark.parametrize("level", [-1, 101, 255, "5", None, True])
def test_a_battery_level_that_is_none_says_nothing(home: Household, level: Json) -> None:
    home.wear(0, 10)
    home.battery(10, level)

    assert home.told() == []


def test_the_battery_of_a_device_that_measured_nobody_is_not_followed(home: Household) -> None:
    home.battery(10, 5)

    assert home.told() == []


def test_an_old_battery_level_is_no_news(home: Household) -> None:
    home.wear(0, 10)
    home.battery(10, 5, delivery="retained")

    assert home.told() == []


def _timed_by_receipt(second: float, slow_by: float) -> Entry:
    reading = measured(second, "HR", 70 + int(second) % 3)
    told = (moment(second) - timedelta(seconds=slow_by)).isoformat()
    entry = reading.timed(reading.time, TimeSource.RECEIVE).with_context(device_time=told)
    assert isinstance(entry, Entry)
    return entry


@pytest.mark.parametrize("slow_by", [61, -61, 600, -600, 9 * 3600, -9 * 3600])
def test_a_clock_that_is_wrong_for_half_a_minute_is_told_once(home: Household, slow_by: int) -> None:
    for second in range(100):
        home.hear(_timed_by_receipt(second, slow_by))
    (raised,) = home.remarks

    assert home.told() == ["RAISES CLOCK 30"]
    assert (raised.context["value"], raised.context["unit"]) == (slow_by, "s")
    assert (raised.context["priority"], raised.context["device"]) == ("low", "watch-7")


def test_less_than_a_minute_is_no_wrong_clock(home: Household) -> None:
    for second in range(100):
        home.hear(_timed_by_receipt(second, -59))

    assert home.told() == []


def test_one_odd_time_is_no_wrong_clock(home: Household) -> None:
    home.wear(0, 50)
    home.hear(_timed_by_receipt(50, -600))
    home.wear(51, 150)

    assert home.told() == []


def test_a_clock_that_was_set_right_is_over_after_half_a_minute(home: Household) -> None:
    for second in range(100):
        home.hear(_timed_by_receipt(second, 600))
    home.wear(100, 200)

    assert home.told()[0] == "RAISES CLOCK 30"
    assert home.remarks[-1].context["outcome"] == "set"
    assert timedelta(seconds=130) <= home.remarks[-1].at - moment(0) <= timedelta(seconds=136)


def test_a_device_whose_clock_was_never_set_has_none_to_be_wrong(home: Household) -> None:
    for second in range(100):
        reading = measured(second, "HR", 70 + second % 3)
        entry = reading.timed(reading.time, TimeSource.RECEIVE).with_context(
            device_time="1970-01-01T00:00:09+00:00"
        )
        assert isinstance(entry, Entry)
        home.hear(entry)

    assert home.told() == []


def test_a_device_is_told_apart_from_the_computer_of_the_same_fault(home: Household) -> None:
    for second in range(40):
        home.hear(_timed_by_receipt(second, 600))

    assert home.remarks[0].by == f"devices.{WATCH.id}"
    assert home.remarks[0].object == Thing("ALARM", "CLOCK")
