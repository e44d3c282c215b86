"""What the one line promises: it says that people are watched only while nothing it can see is missing."""

import pytest

from healthmon.view.screen import Protection
from tests.unit.view.house import GIVEN, HOUR, MARIA, MINUTE, SECOND, House


@pytest.fixture
def house() -> House:
    made = House()
    made.say(MARIA)
    made.say(GIVEN)
    made.every_second("HR", [78] * 10)
    made.measure("SPO2", 97)
    return made


def line(house: House) -> Protection:
    return house.look().protection


def test_all_there_is_watched_and_does_not_speak_of_sound(house: House) -> None:
    shown = line(house)

    assert shown.protected
    assert shown.text == "Watching 1 person · 1 device heard · sound not checked"


def test_nobody_measured_is_nobody_watched() -> None:
    shown = line(House())

    assert not shown.protected
    assert shown.missing == ("Nobody is watched yet: no device measures anybody",)


def test_a_recorder_that_stopped(house: House) -> None:
    line(house)
    house.pulse = None

    assert line(house).missing == ("Nothing is being recorded since 12:00",)


def test_a_broker_that_is_gone(house: House) -> None:
    house.beat(broker_up=False)

    assert line(house).missing == ("The broker is not connected",)


def test_a_silent_device_with_its_time(house: House) -> None:
    house.turn(30 * SECOND)
    in_time = line(house).protected
    house.turn(MINUTE)

    assert in_time
    assert line(house).missing == ("watch-7 (Maria Kowalska) silent since 12:00",)
    assert line(house).text == "Not fully watched · watch-7 (Maria Kowalska) silent since 12:00"


def test_a_watch_that_speaks_once_a_minute_is_not_silent_between() -> None:
    house = House()
    for _ in range(10):
        house.measure("HR", 78)
        house.turn(MINUTE)
    house.turn(MINUTE)

    assert line(house).protected


def test_a_watch_that_is_not_worn(house: House) -> None:
    house.say("WATCH watch-7 REPORTS WORN false OF maria")

    assert line(house).missing == ("watch-7 (Maria Kowalska) not worn since 12:00",)


def test_a_device_that_said_goodbye(house: House) -> None:
    house.say('WATCH watch-7 REPORTS AVAILABILITY "OFFLINE"')

    assert line(house).missing == ("watch-7 (Maria Kowalska) silent since 12:00",)


def test_a_device_that_is_heard_and_feels_no_pulse(house: House) -> None:
    for _ in range(12):
        house.turn(SECOND)
        house.measure("HR", 0)

    assert line(house).missing == ("watch-7 (Maria Kowalska): no heart rate since 12:00",)


def test_a_device_that_was_given_and_never_heard(house: House) -> None:
    house.say("CAREGIVER anna ASSIGNS OXIMETER ox-1 OF maria")

    assert line(house).missing == ("ox-1 (Maria Kowalska) was never heard",)


def test_a_device_that_was_taken_back_is_not_missed(house: House) -> None:
    house.say("CAREGIVER anna ASSIGNS OXIMETER ox-1 OF maria")
    house.say("CAREGIVER anna ASSIGNS OXIMETER ox-1")

    assert line(house).protected


def test_a_snoozed_alarm_is_missing_until_its_time(house: House) -> None:
    house.say("MONITOR RAISES ALARM SPO2_LOW 91 % OF maria", priority="medium")
    house.say("CAREGIVER anna SNOOZES ALARM SPO2_LOW 5 min OF maria")
    snoozed = line(house).missing
    house.turn(5 * MINUTE)
    house.every_second("HR", [78])
    house.measure("SPO2", 97)

    assert snoozed == ("Oxygen low of Maria Kowalska snoozed until 12:05",)
    assert line(house).protected


def test_nobody_can_snooze_a_high_alarm_for_long(house: House) -> None:
    house.say("MONITOR RAISES ALARM SPO2_CRIT 86 % OF maria", priority="high")
    house.say("CAREGIVER anna SNOOZES ALARM SPO2_CRIT 90 min OF maria")

    assert line(house).missing == ("Oxygen very low of Maria Kowalska snoozed until 12:02",)


def test_paused_alarms_are_missing(house: House) -> None:
    house.say("CAREGIVER anna PAUSES SOUND 10 min")

    assert line(house).missing == ("Alarms paused until 12:10",)


def test_a_device_nobody_was_given_is_forgotten_after_a_day(house: House) -> None:
    house.measure("HR", 70, person="jan")
    house.say("WATCH old MEASURES HR 70 /min OF jan")
    house.turn(25 * HOUR)
    house.every_second("HR", [78])
    house.measure("SPO2", 97)

    assert line(house).protected


def test_imported_readings_of_a_device_make_nobody_watched() -> None:
    house = House()
    house.say("WATCH watch-7 MEASURES HR 78 /min OF maria", delivery="import")

    assert line(house).missing == ("Nobody is watched yet: no device measures anybody",)
