"""At three in the morning: is the first line right, plain, and does it say what to do?"""

import pytest

from healthmon.events.sentence import hear
from healthmon.view.screen import AlarmLine, AlarmPhase, Recording
from tests.unit.view.house import GIVEN, MARIA, MINUTE, NOON, SECOND, House

CRIT = "MONITOR RAISES ALARM SPO2_CRIT 85 % OF maria"
E = "E:maria:1"


@pytest.fixture
def house() -> House:
    made = House()
    made.say(MARIA)
    made.say(GIVEN)
    made.say('MONITOR REPORTS SOUND "works"')
    made.say('MONITOR REPORTS AWAKE "held"')
    made.say('MONITOR REPORTS CONTACTS WITH {"contacts": ["anna", "ben"], "zone": "UTC"}')
    made.measure("HR", 78)
    made.measure("SPO2", 85)
    return made


def ringing(house: House) -> None:
    house.say(CRIT, priority="high", episode=E, limit=88, delay_s=30, since=NOON.isoformat())


def first(line: AlarmLine) -> tuple[str, str, str]:
    return line.headline, line.beside, line.task


def test_a_high_alarm(house: House) -> None:
    ringing(house)

    assert first(house.alarm()) == (
        "Oxygen 85 %",
        "Maria Kowalska",
        "Go and look now, and act on what you see",
    )


@pytest.mark.parametrize("now", [81, 97])
def test_the_largest_number_is_the_one_of_now(house: House, now: int) -> None:
    ringing(house)
    house.measure("SPO2", now)

    line = house.alarm()

    assert (line.headline, line.text) == (
        f"Oxygen {now} %",
        f"Oxygen {now} %, rang at 85 %, at or below 88 for 30 s",
    )


def test_one_that_is_over_and_unseen_says_what_was(house: House) -> None:
    ringing(house)
    house.measure("SPO2", 97)
    house.say("MONITOR CLEARS ALARM SPO2_CRIT OF maria", episode=E, outcome="recovered", latched=True)

    assert house.alarm().headline == "Oxygen was 85 %"


def test_somebody_else_has_seen_it(house: House) -> None:
    ringing(house)
    house.say("CAREGIVER ben ACKNOWLEDGES ALARM SPO2_CRIT OF maria", episode=E)

    assert first(house.alarm()) == ("Oxygen 85 %", "seen by Ben", "")


def test_somebody_is_going(house: House) -> None:
    ringing(house)
    house.say("CAREGIVER ben TAKES ALARM SPO2_CRIT OF maria", episode=E)

    assert first(house.alarm()) == ("Oxygen 85 %", "Ben is going", "")


def test_it_is_snoozed(house: House) -> None:
    ringing(house)
    house.say("CAREGIVER ben SNOOZES ALARM SPO2_CRIT 2 min OF maria", episode=E)

    assert first(house.alarm()) == ("Oxygen 85 %", "Maria Kowalska", "Sounds again at 12:02 if it lasts")


def test_the_signal_is_lost(house: House) -> None:
    ringing(house)
    house.say(
        "MONITOR FLAGS ALARM SPO2_CRIT 87 % OF maria",
        episode=E,
        state="unknown",
        unknown_since=NOON.isoformat(),
        why="taken-off",
    )
    line = house.alarm()

    assert line.phase is AlarmPhase.UNKNOWN
    assert first(line) == (
        "Oxygen unknown",
        "Maria Kowalska",
        "Go and look: nothing is measured. Then see to the sensor",
    )


def test_it_is_over_and_nobody_saw_it(house: House) -> None:
    ringing(house)
    house.say("MONITOR CLEARS ALARM SPO2_CRIT OF maria", episode=E, latched=True)

    assert house.alarm().task == "Press Acknowledge once you have looked in"


def test_the_recorder_is_dead(house: House) -> None:
    house.look()
    house.pulse = None
    house.real.turn(10 * SECOND)
    shown = house.look()

    assert shown.connection.recording is Recording.NOT_RECORDING
    assert shown.connection.problem.startswith("Look in yourself: nobody is watched")
    assert shown.protection.headline == "Not fully protected"


def test_the_broker_is_gone(house: House) -> None:
    house.beat(broker_up=False)
    shown = house.look()

    assert shown.connection.problem.startswith("Look in yourself: no device can be heard.")
    assert shown.protection.lines[0] == "The broker is not connected"


def test_nobody_is_on_duty(house: House) -> None:
    house.say('MONITOR REPORTS CONTACTS WITH {"contacts": [], "zone": "UTC"}')

    assert house.look().protection.lines == ("Nobody would be called: F7 says how to change that",)


@pytest.mark.parametrize(
    ("alarm", "headline", "task"),
    [
        ("SOUND_OFF", "No alarm is heard", "Switch a loudspeaker on; until then keep an eye on this screen"),
        ("LOG_NOT_WRITABLE", "Disk trouble", "Make room on the disk"),
        ("BROKER", "No readings arrive", "Look in yourself until readings come again"),
    ],
)
def test_a_machine_that_fails(house: House, alarm: str, headline: str, task: str) -> None:
    house.say(f"MONITOR RAISES ALARM {alarm}", priority="medium", technical=True, episode="T:1")
    line = house.alarm()

    assert line.headline == headline
    assert line.task.startswith(task)


def test_a_device_nobody_was_given_is_told_by_its_name(house: House) -> None:
    house.say(
        "MONITOR RAISES ALARM SPO2_CRIT 85 %", priority="high", episode="E:x", device="ox-9", technical=False
    )

    assert first(house.alarm())[:2] == ("Oxygen 85 %", "ox-9")


def test_all_is_well(house: House) -> None:
    house.turn(SECOND)
    shown = house.look().protection

    assert (shown.headline, shown.lines) == (
        "You are protected",
        ("1 person · 1 device", "sound works · Anna on duty"),
    )


def test_an_answer_on_its_way_still_says_what_to_do(house: House) -> None:
    ringing(house)
    house.look()
    house.desk.said(hear("CAREGIVER anna ACKNOWLEDGES ALARM SPO2_CRIT OF maria").event(id="x", time=NOON))
    house.turn(MINUTE)

    assert house.alarm().task
