"""Promises about devices that go, tell seldom, or feel nothing between two readings."""

import pytest

from healthmon.alarms import Phase
from healthmon.events import Thing
from tests.unit.alarms.home import Home
from tests.unit.alarms.test_table_of_states import alarm
from tests.unit.rules.stream import entry, moment


def put_away(level: float, since: int, until: int, end: int) -> Home:
    """An oximeter tells this from one second to the other, and no more. The watch says 97 until the end."""
    home = Home()
    for seconds in range(end):
        home.measure(seconds, "SPO2", 97)
        if since <= seconds < until:
            home.measure(seconds + 0.5, "SPO2", level, device="oximeter-1")
    return home


def test_a_device_put_away_while_low_is_over_once_and_raises_nothing_from_the_past() -> None:
    home = put_away(84, 50, 150, 1_000)

    assert home.times("RAISES") == [80.5]
    assert len(home.said("CLEARS")) == 1


def test_after_a_device_was_put_away_while_low_the_next_low_is_told() -> None:
    home = put_away(84, 50, 150, 1_000)

    home.hold("SPO2", 85, 1_000, 1_031)

    raised = home.said("RAISES")[-1]
    assert (raised.at, raised.context["device"]) == (moment(1_030), "watch-7")


def test_an_unfinished_low_of_a_device_put_away_is_given_up() -> None:
    home = put_away(90, 50, 150, 149)
    assert alarm(home, "SPO2_LOW").phase is Phase.PENDING

    for seconds in range(149, 200):
        home.measure(seconds, "SPO2", 97)

    assert alarm(home, "SPO2_LOW").phase is Phase.CALM
    assert home.said("RAISES", "SPO2_LOW") == []


@pytest.mark.parametrize("period", [30, 60, 300])
def test_no_signal_between_sparse_lows_hides_them_not(period: int) -> None:
    home = Home()
    home.hold("SPO2", 97, -6 * period, 0, step=period)

    for number in range(12):
        home.measure(number * period, "SPO2", 0 if number % 2 else 70)

    raised = home.said("RAISES")[0]
    assert raised.context["floor"] is True
    assert raised.at <= moment(4 * period)


def test_no_signal_between_sparse_good_readings_ends_an_alarm() -> None:
    home = Home()
    home.hold("SPO2", 85, 0, 601, step=60)

    for number in range(11, 20):
        home.measure(60 * number, "SPO2", 0 if number % 2 else 97)

    assert [one.context["outcome"] for one in home.said("CLEARS")] == ["recovered"]


def test_two_lows_of_an_evening_and_a_morning_are_no_alarm() -> None:
    home = Home()
    hours_12 = 12 * 3_600
    for number in range(6):
        home.measure(number * hours_12, "SPO2", 97)

    home.measure(6 * hours_12, "SPO2", 91)
    home.measure(7 * hours_12, "SPO2", 91)

    assert home.remarks == []


def test_a_low_that_is_an_hour_old_is_unknown_however_seldom_the_device_tells() -> None:
    home = Home()
    home.hold("SPO2", 97, 0, 6 * 3_000, step=3_000)
    home.hold("SPO2", 84, 18_000, 18_000 + 2 * 3_000, step=3_000)
    assert len(home.said("RAISES")) == 1

    home.until(18_000 + 3_000 + 3_601)

    assert home.said("FLAGS")[-1].at == moment(18_000 + 3_000 + 3_600)


def restarted() -> Home:
    """It rang, was nearly over when the recorder went, and should have been over when it came back."""
    home = Home()
    home.hold("SPO2", 91, 0, 700, step=5)
    home.hold("SPO2", 97, 700, 721, step=5)
    list(home.alarms.observe(entry(745, Thing("MONITOR"), "STARTS", Thing("RECORDER"))))
    return home


def test_after_a_restart_an_alarm_whose_device_says_no_more_is_unknown() -> None:
    home = restarted()

    home.until(2_000)

    assert [one.context["state"] for one in home.said("FLAGS", "SPO2_LOW")] == ["unknown"]


def test_an_answer_after_a_restart_brings_nothing_back_that_fell_due_meanwhile() -> None:
    home = restarted()

    home.acknowledge(746, "SPO2_LOW")
    home.until(749)

    assert home.said("CLEARS", "SPO2_LOW") == []


def test_two_watches_of_nobody_that_are_low_at_once_are_two_alarms() -> None:
    home = Home()
    for seconds in range(31):
        home.measure(seconds, "SPO2", 86, person=None)
        home.measure(seconds, "SPO2", 86, person=None, device="watch-8")

    raised = home.said("RAISES")
    assert [one.at for one in raised] == [moment(30)] * 2
    assert len({one.id_after(moment(30)) for one in raised}) == 2


def test_a_low_that_lasts_is_high_again_when_it_comes_again() -> None:
    home = Home()
    home.carer(-1, "SETS", "ALARM", "SPO2_LOW", delay_s=600)
    home.hold("SPO2", 90, 0, 840, step=5)
    home.hold("SPO2", 97, 840, 2_000, step=5)

    home.hold("SPO2", 90, 2_000, 2_840, step=5)

    said = [(one.at, one.context["priority"]) for one in home.said("RAISES", "SPO2_LOW")]
    assert said == [(moment(600), "high"), (moment(2_600), "high")]
