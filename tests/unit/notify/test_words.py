"""What a message says: whom, what, how much, since when; and discreetly nothing of the kind."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from healthmon.alarms import CLASSES
from healthmon.notify.letter import Urgency
from healthmon.notify.notice import TEST, Notice
from healthmon.notify.words import Privacy, Words
from healthmon.view.words.alarms import _TITLES
from tests.unit.notify.desk import notice

NAMES = {"maria": "Maria Kowalska"}
WARSAW = ZoneInfo("Europe/Warsaw")
FULL, DISCREET = Words(Privacy.FULL, zone=WARSAW), Words(Privacy.DISCREET, zone=WARSAW)


def said(words: Words, told: Notice) -> str:
    """Subject and text."""
    made = words.letter(told, ("ntfy://x",), NAMES)
    return f"{made.subject}\n{made.text}"


def test_a_message_tells_who_what_how_much_and_since_when() -> None:
    lines = said(FULL, notice(why="unanswered", after=timedelta(minutes=2))).splitlines()

    assert lines[:4] == [
        "ALARM: Maria Kowalska, oxygen very low",
        "Maria Kowalska: oxygen very low, 86 % (limit 88 %).",
        "This episode began at 03:10 CET.",
        "Nobody has answered yet. As of 03:14 CET.",
    ]


def test_it_says_how_to_answer_and_that_it_is_no_medical_device() -> None:
    text = said(FULL, notice())

    assert "acknowledge the alarm" in text
    assert "not a medical device" in text


def test_a_discreet_message_has_no_name_no_number_and_no_kind() -> None:
    text = said(DISCREET, notice(why="unanswered"))

    assert text.startswith("healthmon: alarm for M.\n")
    assert [one for one in ("Maria", "Kowalska", "oxygen", "86", "88", "%", "03:1") if one in text] == []


@pytest.mark.parametrize("word", ["discreet", "Full", "", "anything"])
def test_a_privacy_that_is_not_full_is_discreet(word: str) -> None:
    assert Privacy.of(word) is Privacy.DISCREET


def test_when_it_is_over_nobody_is_asked_to_come() -> None:
    text = said(FULL, notice(why="recovered", after=timedelta(minutes=20)))

    assert text.startswith("Over: Maria Kowalska, oxygen very low\n")
    assert "It is over. As of 03:32 CET." in text
    assert "acknowledge" not in text


def test_what_is_over_and_what_is_a_test_wakes_nobody() -> None:
    urgencies = {
        why: FULL.letter(notice(why=why), ("ntfy://x",), NAMES).urgency
        for why in ("raised", "recovered", TEST)
    }

    assert urgencies == {"raised": Urgency.HIGH, "recovered": Urgency.LOW, TEST: Urgency.LOW}


def test_a_test_says_that_nothing_is_wrong() -> None:
    assert "This is a test" in said(FULL, notice(why=TEST))


def test_a_lost_signal_is_told() -> None:
    assert "no signal any more" in said(FULL, replace(notice(), is_unknown=True))


def test_an_old_message_tells_its_day() -> None:
    text = said(FULL, notice(why="gap", after=timedelta(days=2)))

    assert "began at 2026-11-22 03:10 CET" in text


def test_a_name_from_outside_cannot_break_the_message() -> None:
    names = {"maria": "Maria\r\nBcc: all@example.org\u202e{why}" + "x" * 500}

    made = FULL.letter(notice(), ("ntfy://x",), names)

    assert (len(made.subject) <= 160, "\n" in made.subject, "\u202e" in made.text) == (True, False, False)
    assert len(made.text) < 1_000


def test_a_device_speaks_for_itself_when_nobody_is_meant() -> None:
    told = replace(notice(alarm="DEVICE_SILENT"), person="", value=None, limit=None, episode="D:x")

    assert said(FULL, told).startswith("ALARM: watch-1, no readings from watch-1\n")


def test_an_alarm_without_words_is_told_by_its_id() -> None:
    assert "something new" in said(FULL, notice(alarm="SOMETHING_NEW"))


def test_every_alarm_of_the_table_has_words() -> None:
    assert [row.id for row in CLASSES if not FULL.knows(row.id)] == []


def test_every_alarm_that_the_window_names_has_words() -> None:
    assert [alarm for alarm in _TITLES if not FULL.knows(alarm)] == []


def test_a_device_without_a_name_is_the_device() -> None:
    told = replace(notice(alarm="BATTERY"), device="", value=None)

    assert "Maria Kowalska: battery of the device low." in said(FULL, told)


def test_the_same_message_has_the_same_mark_and_an_episode_one_thread() -> None:
    first = FULL.letter(notice("m:1"), ("ntfy://x",), NAMES)
    again = FULL.letter(notice("m:1"), ("ntfy://y",), {})
    later = FULL.letter(notice("m:2", why="unanswered"), ("ntfy://x",), NAMES)

    assert first.mark == again.mark != later.mark
    assert first.thread == again.thread == later.thread
