"""Calls of a recorder that comes and goes, of signals that do not come back, and of very many alarms."""

import pytest

from healthmon.alarms.calls.answer_times import MOST_ALARMS
from healthmon.alarms.calls.called_alarm import CalledAlarm
from healthmon.alarms.states import Answer
from tests.unit.alarms.calls.called import CalledHome, answer_of


def test_an_alarm_that_still_holds_after_a_day_sounds_on_when_the_recorder_starts() -> None:
    home = CalledHome()
    home.raises(0)

    home.starts(25 * 3_600)

    assert home.heard(30 * 3_600) == "SPO2_CRIT"


def test_a_recorder_that_starts_every_few_minutes_calls_everybody_in_turn() -> None:
    home = CalledHome("anna", "ben", "cleo")
    home.raises(0)

    for second in range(150, 601, 150):
        home.starts(second)

    assert home.called()[1:] == [
        (150, "ben", "gap"),
        (300, "cleo", "gap"),
        (450, "anna", "gap"),
        (600, "ben", "gap"),
    ]


@pytest.mark.parametrize("apart", [540, 605])
def test_a_recorder_that_starts_again_and_again_calls_the_next_about_a_medium_alarm(apart: int) -> None:
    home = CalledHome("anna", "ben")
    home.raises(0, "SPO2_LOW")

    for second in range(apart, 3_600, apart):
        home.until(second - 10)  # it is up until then
        home.starts(second)

    calls = [(contact, why) for _, contact, why in home.called()]
    assert calls[:3] == [("anna", "raised"), ("ben", "unanswered"), ("anna", "unanswered")]


def test_without_a_signal_everybody_is_called_six_more_times_and_it_sounds_on() -> None:
    home = CalledHome("anna", "ben")
    home.raises(0)
    home.monitor(60, "FLAGS", "SPO2_CRIT", state="unknown")

    home.until(12 * 3_600)

    assert len(home.called()) == 2 + 6 * 2
    assert home.heard(12 * 3_600) == "SPO2_CRIT"


def test_when_the_signal_is_back_calls_go_on() -> None:
    home = CalledHome("anna", "ben")
    home.raises(0)
    home.monitor(60, "FLAGS", "SPO2_CRIT", state="unknown")
    home.until(12 * 3_600)

    home.monitor(12 * 3_600, "FLAGS", "SPO2_CRIT", state="known", phase="active")
    home.until(13 * 3_600)

    calls = [at for at, _, _ in home.called() if at >= 12 * 3_600]
    assert calls[0] == 12 * 3_600
    assert len(calls) == 11


def test_many_alarms_at_once_cost_no_more_than_each_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    home, asked, due = CalledHome("anna", "ben"), 0, CalledAlarm.due
    for number in range(100):
        home.raises(0, person=f"somebody-{number}", episode=f"E:somebody-{number}:1")

    def counted(alarm: CalledAlarm) -> object:
        nonlocal asked
        asked += 1
        return due(alarm)

    monkeypatch.setattr(CalledAlarm, "due", counted)
    home.until(900)

    assert len(home.called()) == 400
    assert asked <= 2 * len(home.called())


def test_too_many_alarms_put_no_high_one_out() -> None:
    home = CalledHome("anna", "ben")
    home.raises(0)
    home.answers(1, "ACKNOWLEDGES")

    for number in range(MOST_ALARMS):
        home.raises(2, "SPO2_LOW", person=f"somebody-{number}", episode=f"E:somebody-{number}:1")

    assert answer_of(home, "SPO2_CRIT") == (Answer.ACKNOWLEDGED, "anna")


def test_a_radio_that_comes_and_goes_calls_nobody_anew() -> None:
    home = CalledHome("anna", "ben")
    of_it = {"technical": True, "person": None, "episode": "DEVICE_SILENT:watch-7:1", "device": "watch-7"}

    for second in range(0, 7_200, 600):
        home.faults(second, "DEVICE_SILENT", why="again" if second else "held", **of_it)
        home.clears(second + 10, "DEVICE_SILENT", **of_it)

    assert home.called() == [(0, "anna", "raised"), (10, "anna", "recovered")]
