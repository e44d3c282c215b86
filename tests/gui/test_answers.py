"""What a carer does at the window becomes exactly one event each, said as themselves."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from healthmon.events import Json
from healthmon.view.care import Contact, Duty, Hush, Question
from healthmon.view.screen import AlarmPhase, Offer, Screen
from tests.fakes import screens
from tests.gui.conftest import Stage

Make = Callable[..., Stage]
KEY = Qt.Key
ASKED = Question("E:maria:1", "maria", "Oxygen very low · Maria Kowalska · 03:10 to 03:24")
DUTY = Duty((Contact("anna", "Anna"), Contact("ben", "Ben", "last message failed 03:14")), "Anna on duty")


def with_alarm(**changes: object) -> Screen:
    return replace(screens.high_alarm(), alarms=(screens.alarm_line(**changes),))


def said(one: Stage) -> list[tuple[str, str, dict[str, Json]]]:
    return [(event.verb, str(event.object), dict(event.context)) for event in one.said]


ABOUT = {"person": "maria", "episode": screens.alarm_line().episode}


def test_going_there(stage: Make) -> None:
    one = stage(with_alarm())

    one.click("alarm-take")

    assert said(one) == [("TAKES", "ALARM HR_HIGH", ABOUT)]


def test_one_length_is_snoozed_at_once(stage: Make) -> None:
    one = stage(with_alarm())

    one.click("alarm-snooze")

    assert one.find("alarm-snooze").text() == " Snooze 2 min"
    assert said(one) == [("SNOOZES", "ALARM HR_HIGH", {**ABOUT, "value": 2.0, "unit": "min"})]


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_several_lengths_are_offered_in_a_menu(stage: Make) -> None:
    lengths = tuple(timedelta(minutes=minutes) for minutes in (5, 15, 30, 60, 120))
    one = stage(with_alarm(snoozes=lengths))
    one.click("alarm-snooze")
    menu = next(menu for menu in one.window.findChildren(QMenu) if menu.isVisible())

    menu.actions()[1].trigger()
    menu.close()

    assert [act.text() for act in menu.actions()] == ["5 min", "15 min", "30 min", "1 h", "2 h"]
    assert said(one) == [("SNOOZES", "ALARM HR_HIGH", {**ABOUT, "value": 15.0, "unit": "min"})]


def test_what_cannot_be_silenced_offers_no_snooze(stage: Make) -> None:
    one = stage(
        with_alarm(offers=(Offer.ACKNOWLEDGE,), snoozes=(), is_floor=True, state="Cannot be silenced")
    )

    QTest.keyClick(one.window, KEY.Key_F5)

    assert (one.shows("alarm-snooze"), one.said) == (False, [])


def test_a_note_goes_with_the_acknowledgement(stage: Make) -> None:
    one = stage(with_alarm())
    QTest.keyClick(one.window, KEY.Key_F2, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(one.find("note-words"), "sensor had slipped")

    one.click("note-done")

    assert said(one) == [("ACKNOWLEDGES", "ALARM HR_HIGH", {**ABOUT, "note": "sensor had slipped"})]
    assert not one.shows("note-sheet")


def test_an_empty_note_is_no_note(stage: Make) -> None:
    one = stage(with_alarm())
    one.click("alarm-note")

    QTest.keyClick(one.find("note-words"), KEY.Key_Return)

    assert said(one) == [("ACKNOWLEDGES", "ALARM HR_HIGH", ABOUT)]


@pytest.mark.parametrize(
    ("key", "verb"), [(KEY.Key_F2, "ACKNOWLEDGES"), (KEY.Key_F4, "TAKES"), (KEY.Key_F5, "SNOOZES")]
)
def test_every_answer_has_its_key(stage: Make, key: Qt.Key, verb: str) -> None:
    one = stage(with_alarm())

    QTest.keyClick(one.window, key)

    assert [event.verb for event in one.said] == [verb]


def test_a_key_passes_over_what_offers_no_such_answer(stage: Make) -> None:
    taken = screens.alarm_line(phase=AlarmPhase.TAKEN, offers=(Offer.ACKNOWLEDGE,))
    one = stage(replace(screens.high_alarm(), alarms=(taken, screens.medium_line())))

    QTest.keyClick(one.window, KEY.Key_F4)

    assert [event.context["episode"] for event in one.said] == [screens.medium_line().episode]


def test_the_strip_tells_who_was_called_and_what_else_rings(stage: Make) -> None:
    one = stage(
        with_alarm(
            also="also: oxygen low", calls="Ben was called 03:14", state="Anna is going, 8 min left", task=""
        )
    )

    assert one.find("alarm-detail").text.endswith("also: oxygen low · Ben was called 03:14")
    assert (
        one.find("alarm-strip").accessibleDescription() == "Anna is going, 8 min left, Ben was called 03:14"
    )


def test_sound_is_paused_for_two_minutes_and_let_on_again(stage: Make) -> None:
    one = stage(with_alarm())
    one.click("pause-sound")
    one.show(replace(one.desk.screen, hush=Hush(screens.NOW + timedelta(seconds=103), "Sound paused 1:43")))
    words = one.find("pause-sound").text()

    QTest.keyClick(one.window, KEY.Key_F6)

    assert words == " Sound paused 1:43 · turn on"
    assert said(one) == [
        ("PAUSES", "SOUND", {"value": 2.0, "unit": "min"}),
        ("PAUSES", "SOUND", {"value": 0.0, "unit": "min"}),
    ]


@pytest.mark.parametrize(("place", "value"), [(1, "true"), (2, "false"), (3, "unsure")])
def test_was_it_real_is_answered_by_click_or_key(stage: Make, place: int, value: str) -> None:
    one = stage(replace(screens.calm(), question=ASKED))

    one.click(f"question-{value}")
    QTest.keyClick(one.window, getattr(KEY, f"Key_{place}"), Qt.KeyboardModifier.ControlModifier)

    assert said(one) == [("RATES", "EPISODE E:maria:1", {"person": "maria", "value": value})] * 2


def test_a_question_that_was_put_away_is_not_asked_again(stage: Make) -> None:
    one = stage(replace(screens.calm(), question=ASKED))
    one.click("question-close")
    one.tick()
    shown = one.shows("question-strip")

    QTest.keyClick(one.window, KEY.Key_1, Qt.KeyboardModifier.ControlModifier)

    assert (shown, one.said, one.shows("alarm-calm")) == (False, [], True)


def test_an_answer_on_its_way_is_not_asked_for_again(stage: Make) -> None:
    one = stage(replace(screens.calm(), question=replace(ASKED, state="Sending…")))

    assert one.find("question-state").text == "Sending…"
    assert not one.shows("question-true")


def test_the_duty_is_handed_over_to_whom_one_chooses(stage: Make) -> None:
    one = stage(replace(screens.calm(), duty=DUTY))
    one.click("duty")
    told = one.find("contact-state-1").text()

    one.click("contact-take-1")

    assert told == "last message failed 03:14"
    assert said(one) == [("HANDS_OVER", "DUTY", {"to": "ben"})]


def test_an_order_that_was_moved_is_saved_before_the_duty_is_handed_over(stage: Make) -> None:
    three = Duty((*DUTY.contacts, Contact("carl", "Carl")), "Anna on duty")
    one = stage(replace(screens.calm(), duty=three))
    one.click("duty")
    before = one.find("contact-take-2").isEnabled()
    one.click("contact-earlier-2")
    one.click("contact-take-2")

    assert (before, one.find("contact-take-2").isEnabled(), one.said) == (True, False, [])


def test_the_sheet_says_how_many_it_does_not_show(stage: Make) -> None:
    many = Duty(tuple(Contact(f"c{place}", f"C{place}") for place in range(12)), "C0 on duty")
    one = stage(replace(screens.calm(), duty=many))

    one.click("duty")

    assert one.find("duty-further").text() == "and 4 more, called after these"


def test_who_is_on_duty_is_not_handed_over_to_themselves(stage: Make) -> None:
    one = stage(replace(screens.calm(), duty=DUTY))

    one.click("duty")

    assert not one.shows("contact-take-0")


@pytest.mark.parametrize(
    ("name", "event"),
    [
        ("duty-sound", ("TESTS", "SOUND", {})),
        ("contact-test-1", ("TESTS", "CONTACT ben", {})),
        ("duty-weekly", ("SETS", "DUTY", {"weekly_test": True})),
    ],
)
def test_everything_can_be_tried_out(stage: Make, name: str, event: tuple[str, str, dict[str, Json]]) -> None:
    one = stage(replace(screens.calm(), duty=DUTY))
    QTest.keyClick(one.window, KEY.Key_F7)

    one.find(name).click()

    assert said(one) == [event]


def test_nobody_to_call_is_said_with_the_cure(stage: Make) -> None:
    one = stage(replace(screens.calm(), duty=Duty((), "Nobody on duty")))

    one.click("duty")

    assert "healthmon contacts add" in one.find("duty-note").text()
    assert not one.shows("duty-weekly")


def test_an_alarm_stays_in_sight_and_within_reach_while_a_sheet_is_open(stage: Make) -> None:
    one = stage(replace(screens.calm(), duty=DUTY))
    one.click("duty")
    one.show(with_alarm())
    one.tick()

    one.click("alarm-acknowledge")

    sheet, strip = one.find("duty-sheet"), one.find("alarm-strip")
    assert sheet.geometry().top() >= strip.mapTo(one.window, strip.rect().bottomLeft()).y()
    assert [event.verb for event in one.said] == ["ACKNOWLEDGES"]
