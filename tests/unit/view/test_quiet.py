"""What the window promises of quiet hours, and of silence that a carer ends."""

import pytest

from healthmon.events.sentence import hear
from healthmon.view import quiet
from healthmon.view.care import Quiet
from healthmon.view.screen import Offer
from tests.unit.view.house import GIVEN, MARIA, MINUTE, NOON, House

SET = 'CAREGIVER anna SETS QUIET_HOURS OF maria WITH {"from": "22:00", "to": "07:00"}'


@pytest.fixture
def house() -> House:
    made = House()
    made.say(MARIA)
    made.say(GIVEN)
    made.measure("HR", 78)
    return made


def shown(house: House) -> Quiet:
    found = house.look().quiet
    assert found is not None
    return found


def test_none_are_told_with_the_clock_they_would_have(house: House) -> None:
    house.say('MONITOR REPORTS CONTACTS WITH {"contacts": [], "zone": "Europe/Berlin"}')

    assert shown(house) == Quiet("maria", "Maria Kowalska", "", "", "Europe/Berlin", "Quiet hours")


def test_they_are_told_as_they_were_set(house: House) -> None:
    house.say(SET)

    assert (shown(house).begins, shown(house).ends) == ("22:00", "07:00")
    assert shown(house).text == "22:00–07:00"


def test_those_of_another_person_are_theirs(house: House) -> None:
    house.say('CAREGIVER anna SETS QUIET_HOURS OF jan WITH {"from": "22:00", "to": "07:00"}')

    assert shown(house).begins == ""


def test_until_they_come_back_they_are_on_their_way(house: House) -> None:
    spoken = hear(SET).event(id="said-here", time=NOON)
    house.look()
    house.desk.said(spoken)
    sending = shown(house).text

    house.log_event(spoken)

    assert sending == "Quiet hours: sending…"
    assert shown(house).text == "22:00–07:00"


@pytest.mark.parametrize(
    ("begins", "ends", "is_long"),
    [
        ("22:00", "07:00", False),
        ("20:00", "08:00", False),
        ("20:00", "08:01", True),
        ("07:00", "22:00", True),
    ],
)
def test_more_than_a_night_is_doubted(begins: str, ends: str, *, is_long: bool) -> None:
    assert bool(quiet.doubt(begins, ends)) is is_long


def test_a_snoozed_alarm_offers_to_sound_again_and_does(house: House) -> None:
    house.say("MONITOR RAISES ALARM SPO2_LOW 91 % OF maria", priority="medium")
    house.say("CAREGIVER anna SNOOZES ALARM SPO2_LOW 5 min OF maria")
    before = house.alarm().offers
    house.turn(MINUTE)
    row = house.say("CAREGIVER ben SNOOZES ALARM SPO2_LOW 0 min OF maria")

    after = house.look()

    assert Offer.WAKE in before
    assert Offer.SNOOZE not in before
    assert (after.alarms[0].snoozed_until, Offer.SNOOZE in after.alarms[0].offers) == (None, True)
    assert (row.amount, after.new_events[-1].text) == (0, "Ben ended the snooze: Oxygen low")


def test_an_end_of_silence_on_its_way_is_not_offered_again(house: House) -> None:
    house.say("MONITOR RAISES ALARM SPO2_LOW 91 % OF maria", priority="medium", episode="E:1")
    house.say("CAREGIVER anna SNOOZES ALARM SPO2_LOW 5 min OF maria", episode="E:1")
    house.look()
    spoken = hear("CAREGIVER anna SNOOZES ALARM SPO2_LOW 0 min OF maria").event(id="w", time=NOON)

    house.desk.said(spoken.with_context(episode="E:1"))

    assert (Offer.WAKE in house.alarm().offers, house.alarm().state) == (False, "Sending…")
