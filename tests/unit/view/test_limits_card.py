"""What can be set of somebody's alarms, and what is said when it is: no more than was moved."""

from dataclasses import replace
from itertools import pairwise

import pytest

from healthmon.events import Json
from healthmon.view.limits_card import AlarmDials, LimitsCard, setting_of, usual_of, wishes
from tests.unit.view.house import House

MARIA = 'CAREGIVER anna SETS PERSON maria OF maria WITH {"name":"Maria","profile":"low-oxygen"}'


@pytest.fixture
def house() -> House:
    made = House()
    made.say(MARIA)
    made.look()
    return made


def card(house: House) -> LimitsCard:
    house.look()
    made = house.desk.limits("maria")
    assert made is not None
    return made


def dials(house: House, alarm: str = "SPO2_LOW") -> AlarmDials:
    return next(one for one in card(house).alarms if one.alarm == alarm)


def wish(house: House, **moved: object) -> dict[str, Json]:
    """What is said when the dials of SPO2_LOW are put there."""
    setting = replace(setting_of(dials(house)), **moved)  # type: ignore[arg-type]  # the fields of Setting
    return dict(wishes(card(house), {"SPO2_LOW": setting}).get("SPO2_LOW", {"nothing": True}))


def test_dials_stand_where_the_profile_has_them(house: House) -> None:
    assert (dials(house).limit.value, dials(house).limit.usual, dials(house).delay.value) == (87, 87, 120)
    assert card(house).profile == "low oxygen is usual (a lung disease)"


def test_every_dial_stands_on_its_scale(house: House) -> None:
    for one in card(house).alarms:
        for dial in (one.limit, one.delay):
            assert dial.least <= dial.usual <= dial.most
            assert (dial.usual - dial.least) % dial.step == 0
            assert (dial.most - dial.least) % dial.step == 0


def test_what_was_set_is_where_the_dials_stand(house: House) -> None:
    house.say("CAREGIVER anna SETS ALARM SPO2_LOW 90 % OF maria", delay_s=300)

    assert (dials(house).limit.value, dials(house).delay.value, dials(house).limit.usual) == (90, 300, 87)


def test_only_what_differs_from_the_profile_is_said(house: House) -> None:
    assert wish(house, limit=86.0) == {"value": 86.0, "unit": "%"}
    assert wish(house, delay=60.0) == {"delay_s": 60.0}
    assert wish(house, is_on=False) == {"off": True}
    assert wish(house) == {"nothing": True}


def test_back_to_the_profile_says_nothing_but_the_alarm(house: House) -> None:
    house.say("CAREGIVER anna SETS ALARM SPO2_LOW 90 % OF maria")

    assert wishes(card(house), {"SPO2_LOW": usual_of(dials(house))}) == {"SPO2_LOW": {}}


def test_what_was_set_without_a_dial_is_kept(house: House) -> None:
    house.say(
        "CAREGIVER anna SETS ALARM SPO2_LOW 90 % OF maria", hysteresis=4, latches=False, priority="high"
    )

    said = wish(house, limit=86.0)

    assert said == {"value": 86.0, "unit": "%", "hysteresis": 4.0, "latches": False, "priority": "high"}


def test_what_is_off_is_off_though_its_floor_holds(house: House) -> None:
    house.say("CAREGIVER anna SETS ALARM SPO2_LOW OF maria", off=True)

    assert (dials(house).is_on, dials(house).limit.value) == (False, 87)


def test_what_a_profile_has_off_can_be_switched_on(house: House) -> None:
    house.say("CAREGIVER anna SETS PERSON maria OF maria", profile="athlete")
    one = dials(house, "HR_LOW")

    said = wishes(card(house), {"HR_LOW": replace(setting_of(one), is_on=True, limit=42.0)})

    assert (one.is_on, one.is_usually_on) == (False, False)
    assert said == {"HR_LOW": {"value": 42.0, "unit": "/min"}}


def test_a_fall_is_counted_in_points(house: House) -> None:
    assert (dials(house, "RAPID_DESAT").unit, dials(house).unit) == ("points", "%")


def test_what_is_said_holds(house: House) -> None:
    places = [replace(setting_of(dials(house)), limit=limit, delay=60.0) for limit in (85.0, 86.0, 88.0)]
    for before, after in pairwise(places):
        for at in (before, after):
            said = wishes(card(house), {"SPO2_LOW": at}).get("SPO2_LOW")
            if said is not None:
                house.say("CAREGIVER anna SETS ALARM SPO2_LOW OF maria", context=said)

    assert setting_of(dials(house)) == places[-1]


def test_nobody_known_has_no_limits(house: House) -> None:
    assert house.desk.limits("nobody") is None
