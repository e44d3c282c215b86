"""When an alarm ends: only when readings say so. A signal that went is not an end."""

import pytest

from healthmon.events import Thing
from tests.unit.alarms.home import Home, desaturated
from tests.unit.rules.stream import entry, moment

EPISODE = f"E:maria:{moment(0).isoformat()}"


def test_recovery_needs_thirty_seconds_without_a_break() -> None:
    home = desaturated()

    home.hold("SPO2", 90, 31, 50)
    home.measure(50, "SPO2", 89)
    home.hold("SPO2", 90, 51, 90)

    assert home.times("CLEARS") == [81]


def test_recovery_may_be_over_between_two_readings() -> None:
    home = desaturated()
    home.hold("SPO2", 95, 40, 61, step=10)

    cleared = home.until(75)

    assert [(one.verb, one.at) for one in cleared] == [("CLEARS", moment(70))]


def test_the_worst_reading_is_told() -> None:
    home = desaturated()

    home.measure(31, "SPO2", 71)
    home.hold("SPO2", 95, 32, 70)

    assert [one.context["worst"] for one in home.said("CLEARS")] == [71]


def test_taken_off_while_ringing_is_a_lost_signal() -> None:
    home = desaturated(41)

    told = home.device(41, "WORN", value=False)

    (flag,) = [one for one in told if one.object.id == "SPO2_CRIT"]
    assert (flag.verb, flag.at) == ("FLAGS", moment(41))
    assert flag.context == {
        "value": 86.0,
        "unit": "%",
        "limit": 88.0,
        "delay_s": 30.0,
        "priority": "high",
        "episode": EPISODE,
        "since": moment(0).isoformat(),
        "worst": 86.0,
        "device": "watch-7",
        "state": "unknown",
        "why": "taken-off",
        "unknown_since": moment(40).isoformat(),
    }


@pytest.mark.parametrize("nothing", [0, 127, 255, None])
def test_no_pulse_while_ringing_is_a_lost_signal_after_thirty_seconds(nothing: int | None) -> None:
    home = desaturated(41)

    home.hold("SPO2", nothing, 41, 3_600, step=10)

    (flag,) = home.said("FLAGS")
    assert (flag.at, flag.context["why"]) == (moment(70), "no-pulse")
    assert home.said("CLEARS") == []


def test_silence_while_ringing_is_a_lost_signal() -> None:
    home = desaturated(41)

    home.until(3_600)

    (flag,) = home.said("FLAGS")
    assert (flag.at, flag.context["why"]) == (moment(70), "silent")


def test_a_sparse_watch_is_silent_after_three_periods() -> None:
    home = Home()
    home.hold("SPO2", 86, 0, 601, step=60)

    home.until(3_600)

    assert home.times("FLAGS") == [780]


def test_offline_while_ringing_is_a_lost_signal() -> None:
    home = desaturated(41)
    gone = entry(45, Thing("DEVICE", "watch-7"), "REPORTS", Thing("AVAILABILITY"), value="OFFLINE")

    home.hear(gone)

    (flag,) = home.said("FLAGS")
    assert (flag.at, flag.context["why"]) == (moment(45), "offline")


def test_a_recovery_that_was_cut_off_is_not_one() -> None:
    home = desaturated(41)
    home.hold("SPO2", 97, 41, 55)

    home.device(55, "WORN", value=False)
    home.until(3_600)

    assert home.said("CLEARS") == []
    assert home.times("FLAGS") == [55]


@pytest.mark.parametrize(("value", "phase"), [(86, "active"), (89, "active"), (97, "recovering")])
def test_the_next_reading_makes_it_known_again(value: int, phase: str) -> None:
    home = desaturated(41)
    home.until(600)

    home.measure(600, "SPO2", value)

    back = home.said("FLAGS")[-1]
    assert back.at == moment(600)
    assert (back.context["state"], back.context["phase"]) == ("known", phase)
    assert "why" not in back.context


def test_an_unknown_alarm_that_proves_well_is_cleared() -> None:
    home = desaturated(41)
    home.until(600)

    home.hold("SPO2", 97, 600, 640)

    assert home.times("CLEARS") == [630]


def test_another_device_takes_over_and_the_alarm_stays_known() -> None:
    home = Home()
    for seconds in range(41):
        home.measure(seconds, "SPO2", 87)
        home.measure(seconds, "SPO2", 86, device="watch-8")

    home.device(41, "WORN", value=False)
    for seconds in range(41, 80):
        home.measure(seconds, "SPO2", 97, device="watch-8")

    (cleared,) = home.said("CLEARS")
    assert [one.context["device"] for one in home.said("RAISES")] == ["watch-7"]
    assert home.said("FLAGS") == []
    assert (cleared.at, cleared.context["device"]) == (moment(71), "watch-8")


def test_a_healthy_second_device_does_not_clear_what_the_first_one_sees() -> None:
    home = Home()
    for seconds in range(600):
        if seconds % 60 == 0:
            home.measure(seconds, "SPO2", 86, device="oximeter-1")
        home.measure(seconds, "SPO2", 97)

    assert home.times("RAISES") == [60]
    assert home.said("CLEARS") == []


def test_a_new_watch_ends_what_a_lost_one_left_unknown() -> None:
    home = desaturated(41)
    home.until(600)

    for seconds in range(600, 640):
        home.measure(seconds, "SPO2", 97, device="watch-8")

    (cleared,) = home.said("CLEARS")
    assert cleared.context["device"] == "watch-8"


def test_after_a_pause_of_the_recorder_a_ringing_alarm_is_unknown() -> None:
    home = desaturated(41)
    started = entry(600, Thing("MONITOR"), "STARTS", Thing("RECORDER"))

    told = list(home.alarms.observe(started))

    assert [(one.verb, one.at, one.context["why"]) for one in told] == [
        ("FLAGS", moment(600), "not-recorded")
    ]
    assert home.until(700) == []


def test_after_a_short_pause_of_the_recorder_it_rings_on() -> None:
    home = desaturated(41)

    list(home.alarms.observe(entry(45, Thing("MONITOR"), "STARTS", Thing("RECORDER"))))
    home.hold("SPO2", 86, 46, 60)

    assert home.said("FLAGS") == []


def test_switching_an_alarm_off_ends_it_and_says_why() -> None:
    home = Home()
    home.hold("HR", 44, 0, 610, step=5)

    home.carer(610, "SETS", "PERSON", "maria", profile="athlete")
    home.hold("HR", 44, 615, 2_000, step=5)

    (cleared,) = home.said("CLEARS", "HR_LOW")
    assert (cleared.context["outcome"], cleared.context["latched"]) == ("switched-off", False)
    assert len(home.said("RAISES", "HR_LOW")) == 1


def test_a_clock_that_was_set_back_neither_ends_nor_loses_it() -> None:
    home = desaturated(41)

    for seconds in range(41, 100):
        home.measure(seconds - 3_600, "SPO2", 86, lag=3_600)

    assert home.said("CLEARS") == home.said("FLAGS") == []
