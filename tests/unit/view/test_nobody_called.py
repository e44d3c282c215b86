"""An alarm that calls nobody says so: whoever reads it may be the only one who knows."""

import pytest

from tests.unit.view.house import MARIA, SECOND, House

REACHED = 'MONITOR REPORTS CONTACTS WITH {"contacts": ["anna"]}'


@pytest.fixture
def house() -> House:
    made = House()
    made.say(MARIA)
    made.measure("SPO2", 97)
    return made


def raised(house: House, priority: str = "high") -> None:
    house.say("MONITOR RAISES ALARM SPO2_CRIT 86 % OF maria", priority=priority, episode="E:maria:1")


def test_where_nobody_can_be_called_it_says_so(house: House) -> None:
    raised(house)

    assert house.alarm().calls == "Nobody is called"


def test_where_somebody_will_be_called_it_says_nothing_yet(house: House) -> None:
    house.say(REACHED)
    raised(house)

    assert house.alarm().calls == ""


def test_a_recorder_that_is_gone_calls_nobody(house: House) -> None:
    house.say(REACHED)
    raised(house)
    house.look()
    house.turn(SECOND)
    house.beat(alive=False)

    assert house.alarm().calls == "Nobody is called"


def test_a_low_alarm_calls_nobody_and_does_not_complain_of_it(house: House) -> None:
    raised(house, "low")

    assert house.alarm().calls == ""


def test_one_that_somebody_has_seen_needs_nobody(house: House) -> None:
    raised(house)
    house.say("CAREGIVER anna ACKNOWLEDGES ALARM SPO2_CRIT OF maria", episode="E:maria:1")

    assert house.alarm().calls == ""
