"""What could only be said in a shell: an end to silence, quiet hours, the order of calls. One event each."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt, QTime
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QTimeEdit

from healthmon.events import Json
from healthmon.view.care import Contact, Duty, Quiet
from healthmon.view.screen import Offer, Screen
from tests.fakes import screens
from tests.gui.conftest import Stage

Make = Callable[..., Stage]
KEY, SHIFT = Qt.Key, Qt.KeyboardModifier.ShiftModifier
DUTY = Duty((Contact("anna", "Anna"), Contact("ben", "Ben"), Contact("cleo", "Cleo")), "Anna on duty")
NO_QUIET = Quiet("maria", "Maria Kowalska", zone="Europe/Berlin", text="Quiet hours")


def said(one: Stage) -> list[tuple[str, str, dict[str, Json]]]:
    return [(event.verb, str(event.object), dict(event.context)) for event in one.said]


def snoozed() -> Screen:
    line = screens.alarm_line(offers=(Offer.ACKNOWLEDGE, Offer.TAKE, Offer.WAKE), snoozes=())
    return replace(screens.high_alarm(), alarms=(line,))


@pytest.mark.parametrize("by_key", [True, False])
def test_a_snooze_is_ended_by_click_or_key(stage: Make, *, by_key: bool) -> None:
    one = stage(snoozed())

    if by_key:
        QTest.keyClick(one.window, KEY.Key_F5, SHIFT)
    else:
        one.click("alarm-wake")

    about = {"person": "maria", "episode": screens.alarm_line().episode}
    assert said(one) == [("SNOOZES", "ALARM HR_HIGH", {**about, "value": 0.0, "unit": "min"})]


def test_what_sounds_already_offers_no_end_of_silence(stage: Make) -> None:
    one = stage(screens.high_alarm())

    QTest.keyClick(one.window, KEY.Key_F5, SHIFT)

    assert (one.shows("alarm-wake"), one.said) == (False, [])


def test_the_order_of_calls_is_changed_first_and_said_once(stage: Make) -> None:
    one = stage(replace(screens.calm(), duty=DUTY))
    one.click("duty")
    one.click("contact-earlier-2")
    one.click("contact-earlier-1")
    before, told = list(one.said), one.find("contact-state-0").text()

    one.click("duty-save")

    assert (before, told) == ([], "on duty once saved")
    assert said(one) == [("SETS", "DUTY", {"contacts": ["cleo", "anna", "ben"]})]
    assert not one.shows("duty-sheet")


def test_an_order_that_is_not_saved_changes_nothing(stage: Make) -> None:
    one = stage(replace(screens.calm(), duty=DUTY))
    one.click("duty")
    one.click("contact-later-0")
    one.click("duty-close")

    one.click("duty")

    assert one.said == []
    assert one.find("contact-0").text() == "Anna"
    assert not one.find("duty-save").isEnabled()


def test_the_focus_goes_along_with_whom_one_moves(stage: Make) -> None:
    one = stage(replace(screens.calm(), duty=DUTY))
    one.window.activateWindow()
    one.click("duty")
    one.find("contact-earlier-2").setFocus()

    QTest.keyClick(one.find("contact-earlier-2"), KEY.Key_Space)
    QTest.keyClick(one.find("contact-earlier-1"), KEY.Key_Space)

    assert one.find("contact-0").text() == "Cleo"
    assert QApplication.focusWidget() is one.find("contact-later-0")


def test_the_arrows_say_whom_they_move(stage: Make) -> None:
    one = stage(replace(screens.calm(), duty=DUTY))

    one.click("duty")

    assert one.find("contact-earlier-1", QPushButton).accessibleName() == "Call Ben earlier"
    assert not one.find("contact-earlier-0").isEnabled()
    assert not one.find("contact-later-2").isEnabled()


def test_whoever_is_beyond_the_sheet_keeps_a_place_in_the_order(stage: Make) -> None:
    names = [f"c{place}" for place in range(10)]
    one = stage(replace(screens.calm(), duty=Duty(tuple(Contact(name, name) for name in names))))
    one.click("duty")
    one.click("contact-earlier-1")

    one.click("duty-save")

    assert one.said[0].context["contacts"] == ["c1", "c0", *names[2:]]


def test_quiet_hours_are_set_by_keyboard_alone(stage: Make) -> None:
    one = stage(replace(screens.calm(), quiet=NO_QUIET))
    one.window.activateWindow()
    QTest.keyClick(one.window, KEY.Key_F9)
    begins = one.find("quiet-from", QTimeEdit)
    focused = QApplication.focusWidget()
    QTest.keyClick(begins, KEY.Key_Up)

    QTest.keyClick(one.find("quiet-save"), KEY.Key_Space)

    assert focused is begins
    assert said(one) == [
        ("SETS", "QUIET_HOURS", {"person": "maria", "from": "23:00", "to": "07:00"}),
    ]


def test_the_times_are_wide_enough_to_be_read(stage: Make) -> None:
    one = stage()

    one.click("quiet-hours")

    written = one.find("quiet-from", QTimeEdit).findChild(QLineEdit)
    assert written.width() > written.fontMetrics().horizontalAdvance("22:00")


def test_quiet_hours_can_be_taken_back(stage: Make) -> None:
    one = stage()
    one.click("quiet-hours")
    begins = one.find("quiet-from", QTimeEdit).time().toString("HH:mm")

    one.click("quiet-none")

    assert begins == "22:00"
    assert said(one) == [("SETS", "QUIET_HOURS", {"person": "maria"})]


def test_where_there_are_none_none_can_be_taken_back(stage: Make) -> None:
    one = stage(replace(screens.calm(), quiet=NO_QUIET))

    one.click("quiet-hours")

    assert not one.shows("quiet-none")


def test_more_of_a_day_than_anybody_sleeps_is_asked_for_twice(stage: Make) -> None:
    one = stage()
    one.click("quiet-hours")
    one.find("quiet-to", QTimeEdit).setTime(QTime(20, 0))
    one.click("quiet-save")
    first, warning = list(one.said), one.find("quiet-warning").text()

    one.click("quiet-save")

    assert (first, warning) == ([], "That is 22 h of every day. Press Save again if you mean it.")
    assert said(one) == [("SETS", "QUIET_HOURS", {"person": "maria", "from": "22:00", "to": "20:00"})]


def test_hours_from_and_to_the_same_time_cannot_be_saved(stage: Make) -> None:
    one = stage()
    one.click("quiet-hours")

    one.find("quiet-to", QTimeEdit).setTime(QTime(22, 0))

    assert not one.find("quiet-save").isEnabled()
    assert one.find("quiet-warning").text() == "Both times are the same: that would be no quiet hours."


def test_hours_that_hold_already_are_not_said_again(stage: Make) -> None:
    one = stage()

    one.click("quiet-hours")

    assert not one.find("quiet-save").isEnabled()


def test_the_button_says_which_hours_hold_and_whose(stage: Make) -> None:
    one = stage()

    assert one.find("quiet-hours").text() == " 22:00–07:00"
    assert one.find("quiet-hours").accessibleName() == "Quiet hours of Maria Kowalska: 22:00–07:00"


@pytest.mark.parametrize("key", [KEY.Key_F7, KEY.Key_F9])
def test_escape_closes_each_and_says_nothing(stage: Make, key: Qt.Key) -> None:
    one = stage(replace(screens.calm(), duty=DUTY))
    QTest.keyClick(one.window, key)

    QTest.keyClick(one.window, KEY.Key_Escape)

    assert (one.shows("duty-sheet"), one.shows("quiet-sheet"), one.said) == (False, False, [])
