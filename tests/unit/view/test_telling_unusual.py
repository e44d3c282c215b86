"""A heart rate that is unusual for somebody at this hour is told with what is usual, and no cause."""

from healthmon.events import Json
from healthmon.view.screen import Priority
from tests.unit.view.house import MARIA, House

_UNUSUAL: dict[str, Json] = {
    "reference": 70.2,
    "limit": 83.6,
    "delay_s": 600.0,
    "priority": "low",
    "episode": "E:maria:2026-11-20T14:00:00+00:00",
    "since": "2026-11-20T14:00:00+00:00",
    "worst": 96.0,
}


def test_the_line_says_what_is_usual_up_to_and_is_low() -> None:
    house = House()
    house.say(MARIA)
    house.measure("HR", 96)
    house.say("MONITOR RAISES ALARM HR_UNUSUAL 96 /min OF maria", context=_UNUSUAL, why="held")
    (line,) = house.look().alarms

    assert line.text == "Heart rate unusual: 96 bpm, usually up to 84 at this hour"
    assert (line.person_name, line.priority) == ("Maria Kowalska", Priority.LOW)


def test_the_row_says_it_too() -> None:
    house = House()
    house.say(MARIA)
    house.say("MONITOR RAISES ALARM HR_UNUSUAL 96 /min OF maria", context=_UNUSUAL, why="held")
    told = house.newest()

    assert (told.text, told.value, told.context) == (
        "Heart rate unusual for this hour",
        "96 bpm",
        "usually up to 84 at this hour",
    )


def test_a_lost_signal_is_told_with_its_cause() -> None:
    house = House()
    house.say(MARIA)
    lost: dict[str, Json] = {**_UNUSUAL, "state": "unknown", "why": "few-days"}
    house.say("MONITOR FLAGS ALARM HR_UNUSUAL 96 /min OF maria", context=lost)

    assert house.newest().text == (
        "Heart rate unusual for this hour: signal lost, what is usual is not known"
    )
