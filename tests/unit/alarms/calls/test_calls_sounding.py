"""What is heard: the worst of all, a body before a device; and what becomes of it when a signal is lost."""

import pytest

from healthmon.alarms import Priority, Sounding, Tune
from tests.unit.alarms.calls.called import EPISODE, CalledHome
from tests.unit.rules.stream import moment


def test_an_alarm_is_heard_with_all_that_a_player_needs() -> None:
    home = CalledHome()

    home.raises(0)

    assert home.sounds(1) == Sounding(
        Priority.HIGH, Tune.OXYGEN, "SPO2_CRIT", "maria", EPISODE, is_floor=False
    )


@pytest.mark.parametrize(
    ("alarm", "unit", "tune"),
    [("HR_HIGH_CRIT", "/min", Tune.HEART), ("SPO2_CRIT", "%", Tune.OXYGEN), ("RR_CRIT", "/h", Tune.GENERAL)],
)
def test_the_ear_knows_what_it_is_about(alarm: str, unit: str, tune: Tune) -> None:
    home = CalledHome()

    home.raises(0, alarm, unit=unit)

    sounds = home.sounds(1)
    assert sounds is not None
    assert sounds.tune is tune


def test_a_battery_sounds_like_no_oxygen() -> None:
    home = CalledHome()

    home.faults(0, "BATTERY", unit="%", device="watch-7")

    sounds = home.sounds(1)
    assert sounds is not None
    assert sounds.tune is Tune.GENERAL


@pytest.mark.parametrize("fault_first", [True, False])
@pytest.mark.parametrize("priority", ["high", "medium", "low"])
def test_a_fault_never_overrides_a_high_alarm_of_a_body(priority: str, *, fault_first: bool) -> None:
    home = CalledHome()

    for is_fault in (fault_first, not fault_first):
        if is_fault:
            home.faults(0, "BROKER", priority=priority)
        else:
            home.raises(0)

    assert home.heard(1) == "SPO2_CRIT"
    assert {one.alarm for one in home.calls.open_calls(moment(1))} == {"SPO2_CRIT", "BROKER"}


def test_what_is_beyond_the_floor_is_heard_before_any_other_high_alarm() -> None:
    home = CalledHome()
    home.raises(0, "HR_HIGH_CRIT")

    home.raises(5, floor=True)

    assert home.heard(6) == "SPO2_CRIT"


def test_nothing_sounds_when_it_is_over() -> None:
    home = CalledHome()
    home.raises(0)

    home.clears(10)

    assert home.heard(11) is None


def lost(home: CalledHome, seconds: float, alarm: str = "SPO2_CRIT") -> None:
    """The signal goes."""
    home.monitor(seconds, "FLAGS", alarm, state="unknown", why="taken-off", episode=EPISODE)


def back(home: CalledHome, seconds: float, alarm: str = "SPO2_CRIT", phase: str = "active") -> None:
    """A reading came again."""
    home.monitor(seconds, "FLAGS", alarm, state="known", phase=phase, episode=EPISODE)


def test_a_high_alarm_whose_signal_is_lost_still_sounds_and_calls() -> None:
    home = CalledHome("anna", "ben")
    home.raises(0)

    lost(home, 30)

    assert home.heard(121) == "SPO2_CRIT"
    assert home.called()[1] == (120, "ben", "unanswered")
    assert home.remarks[-1].context["state"] == "unknown"


def test_a_medium_one_is_silent_until_a_reading_comes_again() -> None:
    home = CalledHome("anna", "ben")
    home.raises(0, "SPO2_LOW")

    lost(home, 30, "SPO2_LOW")
    assert (home.heard(3_599), len(home.called())) == (None, 1)
    back(home, 3_600, "SPO2_LOW")

    assert home.heard(3_601) == "SPO2_LOW"
    assert home.called()[1:] == [(3_600, "ben", "unanswered")]


def test_a_lost_signal_keeps_the_answer() -> None:
    home = CalledHome("anna", "ben")
    home.raises(0)
    home.answers(10, "ACKNOWLEDGES")

    lost(home, 30)

    assert home.heard(5_000) is None
    assert home.called() == [(0, "anna", "raised")]


@pytest.mark.parametrize(("verb", "why"), [("SNOOZES", "snooze-over"), ("TAKES", "unsettled")])
def test_a_silence_that_ends_without_a_signal_raises_nothing_until_a_reading_shows_it(
    verb: str, why: str
) -> None:
    home = CalledHome("anna", "ben")
    home.raises(0, "SPO2_LOW")
    home.answers(10, verb, "SPO2_LOW", value=10, unit="min")
    lost(home, 30, "SPO2_LOW")

    assert home.heard(7_000) is None
    assert home.raised_again() == []
    back(home, 7_200, "SPO2_LOW")

    assert home.raised_again() == [(7_200, "SPO2_LOW", why)]
    assert home.heard(7_201) == "SPO2_LOW"


def test_a_silence_that_ended_without_a_signal_raises_nothing_when_all_is_well_by_then() -> None:
    home = CalledHome("anna")
    home.raises(0, "SPO2_LOW")
    home.answers(10, "SNOOZES", "SPO2_LOW", value=10, unit="min")
    lost(home, 30, "SPO2_LOW")

    back(home, 7_200, "SPO2_LOW", phase="recovering")
    home.clears(7_231, "SPO2_LOW")
    home.until(10_000)

    assert home.raised_again() == []


def test_a_high_alarm_without_a_signal_calls_again_when_nobody_came_of_it() -> None:
    home = CalledHome("anna", "ben")
    home.raises(0)
    home.answers(10, "TAKES")

    lost(home, 30)
    home.until(610)

    assert home.raised_again() == []
    assert home.called()[1:] == [(610, "ben", "unsettled")]


@pytest.mark.parametrize("delivery", ["import", "late", "retained"])
def test_what_an_old_log_says_of_alarms_sounds_and_calls_never(delivery: str) -> None:
    home = CalledHome("anna")

    home.raises(0, delivery=delivery)

    assert (home.heard(1), home.remarks) == (None, [])


def test_nobody_but_the_monitor_raises_alarms() -> None:
    home = CalledHome("anna")

    home.carer(0, "RAISES", "ALARM", "SPO2_CRIT", person="maria", priority="high")

    assert (home.heard(1), home.remarks) == (None, [])


def test_too_many_alarms_fill_no_memory_and_the_worst_stay() -> None:
    home = CalledHome("anna")
    home.raises(0)

    for number in range(600):
        home.faults(1, "BATTERY", device=f"watch-{number}", priority="low", episode=f"BATTERY:{number}")

    assert len(home.calls.open_calls(moment(2))) <= 500
    assert home.heard(2) == "SPO2_CRIT"
