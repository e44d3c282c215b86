"""What carers and calls do stands in the table in plain words, whoever wrote the names in it."""

import pytest

from healthmon.events import Json
from tests.unit.view.house import MARIA, House


@pytest.mark.parametrize(
    ("sentence", "context", "row"),
    [
        (
            "MONITOR ESCALATES ALARM SPO2_CRIT 86 % OF maria",
            {"contact": "ben", "why": "unanswered"},
            ("Ben was called: Oxygen very low", "86 %", "nobody had answered"),
        ),
        (
            "MONITOR ESCALATES ALARM SPO2_CRIT OF maria",
            {},
            ("Oxygen very low: nobody has answered", "", ""),
        ),
        (
            "MONITOR NOTIFIES CONTACT ben",
            {"outcome": "failed", "channel": "mail", "reason": "no such address"},
            ("Message to Ben failed", "", "mail · no such address"),
        ),
        (
            "MONITOR NOTIFIES CONTACT ben",
            {"outcome": "failed", "reason": "answered"},
            ("Message to Ben not needed any more", "", "somebody had answered"),
        ),
        (
            "MONITOR NOTIFIES CONTACT ben",
            {"outcome": "failed", "reason": "given-up:no-network"},
            ("Message to Ben failed", "", "given up after an hour: no network"),
        ),
        (
            "MONITOR NOTIFIES CONTACT ben",
            {"outcome": "failed", "reason": "smtp-451"},
            ("Message to Ben failed", "", "the mail server says 451"),
        ),
        (
            "MONITOR NOTIFIES CONTACT ben",
            {"outcome": "failed", "reason": "no-such-contact"},
            ("Message to Ben failed", "", "not in the list of contacts any more"),
        ),
        ("MONITOR TESTS CONTACT ben", {}, ("Test: a message to Ben", "", "")),
        ("CAREGIVER anna TESTS SOUND", {}, ("Anna tried the alarm sound", "", "")),
        ("CAREGIVER anna HANDS_OVER DUTY", {"to": "ben"}, ("Anna handed over to Ben", "", "")),
        ("CAREGIVER ben HANDS_OVER DUTY", {"to": "ben"}, ("Ben is on duty now", "", "")),
        (
            "CAREGIVER anna SETS DUTY",
            {"contacts": ["anna", "ben"]},
            ("Anna set whom to call", "Anna, Ben", ""),
        ),
        (
            "CAREGIVER anna SETS QUIET_HOURS OF maria",
            {"from": "22:00", "to": "07:00"},
            ("Anna set the quiet hours", "22:00 to 07:00", ""),
        ),
        ("CAREGIVER anna PAUSES SOUND 2 min", {}, ("Anna paused the sound", "2 min", "")),
        ("CAREGIVER anna PAUSES SOUND 0 min", {}, ("Anna ended the pause of sound", "", "")),
        (
            'CAREGIVER anna RATES EPISODE "E:maria:1"',
            {"value": "false"},
            ("Anna judged an alarm: a false alarm", "", ""),
        ),
        (
            "CAREGIVER anna SETS ALARM SPO2_LOW 90 % OF maria",
            {"delay_s": 45},
            ("Anna set the limit: Oxygen low", "90 % · 45 s", ""),
        ),
        (
            "CAREGIVER anna SETS ALARM SPO2_LOW OF maria",
            {"off": True},
            ("Anna set the limit: Oxygen low", "off", ""),
        ),
        ('MONITOR REPORTS SOUND "works"', {}, ("Alarms can be heard", "", "")),
        ('MONITOR REPORTS SOUND "a new word"', {}, ("Sound: a new word", "", "")),
        (
            'MONITOR REPORTS AWAKE "cannot"',
            {"reason": "no bus"},
            ("This computer cannot be kept awake", "", "no bus"),
        ),
        ("MONITOR REPORTS CONTACTS", {"contacts": ["anna"]}, ("1 contact can be called", "", "")),
    ],
)  # fmt: skip
def test_a_row_says_who_did_what(sentence: str, context: dict[str, Json], row: tuple[str, str, str]) -> None:
    house = House()
    house.say(MARIA)

    house.say(sentence, context=context)

    told = house.newest()
    assert (told.text, told.value, told.context) == row
