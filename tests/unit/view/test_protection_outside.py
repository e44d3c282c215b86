"""The line tells that nobody outside would notice, where somebody should; and that the computer is muted."""

from tests.unit.view.house import GIVEN, MARIA, House
from tests.unit.view.test_protection import recorder_is_well

RAISED = (
    'MONITOR RAISES ALARM OUTSIDE WITH {"technical": true, "priority": "low", "value": "unreached", '
    '"reason": "timeout", "episode": "OUTSIDE:-:2026-11-22T11:00:00+00:00"}'
)


def _house() -> House:
    made = House()
    made.say(MARIA)
    made.say(GIVEN)
    recorder_is_well(made)
    made.every_second("HR", [78] * 10)
    made.measure("SPO2", 97)
    return made


def test_a_watchdog_that_does_not_answer_is_missing_and_since_when() -> None:
    house = _house()
    house.say(RAISED)

    shown = house.look().protection

    assert not shown.protected
    assert shown.text.startswith(
        "Not fully protected · Nobody outside would notice if this computer went off: "
        "the watchdog does not answer, since "
    )


def test_where_nobody_asked_for_one_nothing_is_missing() -> None:
    assert _house().look().protection.protected


def test_a_muted_computer_is_missing_and_since_when() -> None:
    house = _house()
    house.say('MONITOR REPORTS SOUND "muted"')

    (lack,) = house.look().protection.missing
    assert lack.startswith("No sound: sound is muted on this computer, since ")
