""" "Was it real?" is asked of each episode once, when it is over, and never while an alarm rings."""

import pytest

from healthmon.events import Event, Thing
from tests.unit.view.house import HOUR, MARIA, MINUTE, SECOND, House

EPISODE = "E:maria:1"


@pytest.fixture
def house() -> House:
    made = House()
    made.say(MARIA)
    made.measure("SPO2", 97)
    return made


def rang(house: House, episode: str = EPISODE, *, priority: str = "high", alarm: str = "SPO2_CRIT") -> None:
    """An alarm of five minutes that somebody saw."""
    about = {"episode": episode, "priority": priority}
    house.say(f"MONITOR RAISES ALARM {alarm} 86 % OF maria", context=about)
    house.say(f"CAREGIVER anna ACKNOWLEDGES ALARM {alarm} OF maria", episode=episode)
    house.turn(5 * MINUTE)
    house.say(f"MONITOR CLEARS ALARM {alarm} OF maria", episode=episode, latched=False)


def asked(house: House) -> str:
    question = house.look().question
    return question.episode if question is not None else ""


def test_an_episode_that_is_over_is_asked_about(house: House) -> None:
    rang(house)

    question = house.look().question

    assert question is not None
    assert question.text == "Oxygen very low · Maria Kowalska · 12:00 to 12:05"


def test_nothing_is_asked_while_it_goes_on(house: House) -> None:
    house.say("MONITOR RAISES ALARM SPO2_CRIT OF maria", episode=EPISODE, priority="high")

    assert asked(house) == ""


def test_nothing_is_asked_while_it_waits_to_be_seen(house: House) -> None:
    house.say("MONITOR RAISES ALARM SPO2_CRIT OF maria", episode=EPISODE, priority="high")
    house.say("MONITOR CLEARS ALARM SPO2_CRIT OF maria", episode=EPISODE, latched=True)
    waiting = asked(house)
    house.say("CAREGIVER anna ACKNOWLEDGES ALARM SPO2_CRIT OF maria", episode=EPISODE)

    assert (waiting, asked(house)) == ("", EPISODE)


def test_it_steps_back_while_another_alarm_rings(house: House) -> None:
    rang(house)
    house.say("MONITOR RAISES ALARM HR_HIGH 130 /min OF jan", episode="E:jan:1", priority="medium")

    assert asked(house) == ""


def test_one_answer_is_enough(house: House) -> None:
    rang(house)
    house.log_event(
        Event(
            id="r1",
            time=house.clock.now(),
            subject=Thing("CAREGIVER", "anna"),
            verb="RATES",
            object=Thing("EPISODE", EPISODE),
            context={"person": "maria", "value": "false"},
        )
    )

    assert asked(house) == ""


def test_an_answer_on_its_way_says_so(house: House) -> None:
    rang(house)
    house.look()
    house.desk.said(
        Event(
            id="r1",
            time=house.clock.now(),
            subject=Thing("CAREGIVER", "anna"),
            verb="RATES",
            object=Thing("EPISODE", EPISODE),
            context={"person": "maria", "value": "true"},
        )
    )
    at_once = house.look().question
    house.turn(3 * SECOND)
    late = house.look().question

    assert at_once is not None
    assert late is not None
    assert (at_once.state, late.state) == ("Sending…", "Not delivered yet: nobody else knows")


def test_the_newest_is_asked_first_and_the_others_after_it(house: House) -> None:
    rang(house, "E:maria:1")
    rang(house, "E:maria:2")

    assert asked(house) == "E:maria:2"


def test_an_episode_that_goes_on_is_asked_about_when_it_is_over_again(house: House) -> None:
    rang(house)
    house.say("MONITOR RAISES ALARM SPO2_LOW OF maria", episode=EPISODE, priority="low")

    assert asked(house) == ""


@pytest.mark.parametrize("priority", ["low"])
def test_what_never_sounded_is_not_asked_about(house: House, priority: str) -> None:
    rang(house, priority=priority, alarm="HR_LOW")

    assert asked(house) == ""


def test_devices_are_not_asked_about(house: House) -> None:
    about = {"episode": "STALE_HR:watch-7:1", "priority": "medium", "device": "watch-7"}
    house.say("MONITOR RAISES ALARM STALE_HR OF maria", context={**about, "technical": True})
    house.say("MONITOR CLEARS ALARM STALE_HR OF maria", context={**about, "technical": True})

    assert asked(house) == ""


def test_after_a_day_nobody_is_asked(house: House) -> None:
    rang(house)
    house.turn(24 * HOUR)

    assert asked(house) == ""
