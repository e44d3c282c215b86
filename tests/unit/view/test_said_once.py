"""One thing has one name, and what the headline says is not said again beside it."""

import pytest

from healthmon.view import words
from healthmon.view.quantities import VITALS
from tests.unit.view.house import MARIA, SECOND, House


@pytest.fixture
def house() -> House:
    made = House()
    made.say(MARIA)
    made.measure("SPO2", 85)
    made.say(
        "MONITOR RAISES ALARM SPO2_CRIT 85 % OF maria", priority="high", limit=88, delay_s=30, episode="E:1"
    )
    return made


def test_beside_the_headline_stands_what_it_does_not_say(house: House) -> None:
    line = house.alarm()

    assert (line.headline, line.against) == ("Oxygen 85 %", "at or below 88 for 30 s")
    assert line.text == f"{line.headline}, {line.against}"


def test_beside_a_number_that_is_lost_stands_since_when(house: House) -> None:
    house.look()
    house.turn(SECOND)
    house.beat(alive=False)

    assert (house.alarm().headline, house.alarm().against) == ("Oxygen unknown", "since 12:00, last 85 %")


def test_a_number_tells_which_limit_rang(house: House) -> None:
    assert (house.oxygen().low, house.oxygen().note) == (92, "at or below 88 for 30 s")


def test_a_machine_has_nothing_to_stand_against() -> None:
    house = House()
    house.say("MONITOR RAISES ALARM BATTERY 12 % OF maria", technical=True, device="watch-7", limit=15)

    assert house.alarm().against == ""


@pytest.mark.parametrize("quantity", VITALS)
def test_a_quantity_is_called_alike_by_its_number_its_plot_and_its_alarm(quantity: str) -> None:
    house = House()
    house.say(MARIA)
    house.measure(quantity, 90)
    shown = house.look()
    number = shown.heart_rate if quantity == "HR" else shown.oxygen
    plot = next(one for one in shown.trends if one.quantity == quantity)
    assert number is not None

    assert number.title == plot.title == words.far.unknown(quantity).removesuffix(" unknown")


@pytest.mark.parametrize("value", ["muted", "no-device", "failed", "off", "a new word"])
def test_what_is_wrong_with_sound_is_told_alike_as_a_lack_and_as_an_event(value: str) -> None:
    lack = words.care.sound_lack(value, "03:14")

    assert lack == f"{words.care.sound_said(value)}, since 03:14"
