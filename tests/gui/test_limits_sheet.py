"""What the limits' sheet promises: nothing holds until it is saved, and no forecast holds the window up."""

import threading
from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QSlider
from pytestqt.qtbot import QtBot

from healthmon.alarms import CLASSES
from healthmon.alarms.outcome import Change, Lost, Night, Outcome, Wish
from healthmon.gui.options import Options
from healthmon.settings import SettingsError, SettingsReason
from tests.fakes import screens
from tests.gui.conftest import Stage

Make = Callable[..., Stage]
PLACE = {row.id: place for place, row in enumerate(CLASSES)}
LOW_OXYGEN, LOW_OXYGEN_ON = f"limit-{PLACE['SPO2_LOW']}", f"limit-on-{PLACE['SPO2_LOW']}"
CRITICAL_DELAY = f"delay-{PLACE['SPO2_CRIT']}"


def outcome(after: int, *, lost: bool = False) -> Outcome:
    return Outcome(
        person="maria",
        since=screens.NOW - timedelta(days=7),
        until=screens.NOW,
        alarms=Change(210, 40),
        audible=Change(90, 12),
        nights=(Night(date(2026, 11, 20), Change(9, 9)), Night(date(2026, 11, 21), Change(31, after))),
        kinds=(),
        judged_true=4,
        lost=(Lost("E:1", ("SPO2_LOW",), screens.NOW),) if lost else (),
    )


def asked(what_if: Callable[[str, Wish], Outcome]) -> Options:
    return Options(carer="anna", session="s1", what_if=what_if)


def slider(one: Stage, name: str) -> QSlider:
    found = one.find(name, QSlider)
    assert isinstance(found, QSlider)
    return found


def test_a_moved_limit_is_said_when_it_is_saved_and_not_before(stage: Make) -> None:
    one = stage()
    one.click("limits")
    QTest.keyClick(slider(one, LOW_OXYGEN), Qt.Key.Key_Left)
    before = list(one.said)

    one.click("limits-save")

    (event,) = one.said
    assert before == []
    assert (event.verb, str(event.object)) == ("SETS", "ALARM SPO2_LOW")
    assert event.context == {"person": "maria", "value": 91.0, "unit": "%"}


def test_what_was_not_moved_is_not_said(stage: Make) -> None:
    one = stage()
    one.click("limits")

    assert not one.find("limits-save").isEnabled()


def test_an_alarm_is_switched_off(stage: Make) -> None:
    one = stage()
    one.click("limits")
    one.find(LOW_OXYGEN_ON, QCheckBox).click()

    one.click("limits-save")

    assert one.said[0].context == {"person": "maria", "off": True}
    assert not one.shows("limits-sheet")


def test_a_delay_is_said_in_seconds(stage: Make) -> None:
    one = stage()
    one.click("limits")
    QTest.keyClick(slider(one, CRITICAL_DELAY), Qt.Key.Key_Right)

    one.click("limits-save")

    assert one.said[0].context == {"person": "maria", "delay_s": 35.0}


def test_back_to_the_profile_leaves_nothing_to_save(stage: Make) -> None:
    one = stage()
    one.click("limits")
    QTest.keyClick(slider(one, LOW_OXYGEN), Qt.Key.Key_Left)

    one.click("limits-usual")

    assert not one.find("limits-save").isEnabled()


def test_moving_tells_what_it_would_have_come_to(stage: Make, qtbot: QtBot) -> None:
    one = stage(options=asked(lambda _person, _wish: outcome(2, lost=True)))
    one.click("limits")
    QTest.keyClick(slider(one, LOW_OXYGEN), Qt.Key.Key_Left)

    qtbot.waitUntil(lambda: one.find("limits-forecast").text == "2 alarms last night instead of 31")

    whole = "In 7 days 40 instead of 210; 12 instead of 90 would have been heard."
    assert one.find("limits-whole").text == whole
    assert (
        one.find("limits-missed").text
        == "Would have stayed silent in 1 of 4 alarms that somebody judged real"
    )


def test_the_window_goes_on_while_it_is_worked_out_and_only_the_newest_is_asked(
    stage: Make, qtbot: QtBot
) -> None:
    go_on, began = threading.Event(), threading.Event()
    wishes: list[Wish] = []

    def slow(_person: str, wish: Wish) -> Outcome:
        wishes.append(wish)
        began.set()
        assert go_on.wait(60)
        return outcome(len(wishes))

    one = stage(options=asked(slow))
    one.click("limits")
    moved = slider(one, LOW_OXYGEN)
    QTest.keyClick(moved, Qt.Key.Key_Left)
    qtbot.waitUntil(began.is_set)
    for _ in range(3):
        QTest.keyClick(moved, Qt.Key.Key_Left)
        qtbot.wait(200)
    one.tick(3)
    waiting = one.find("limits-forecast").text
    go_on.set()

    qtbot.waitUntil(lambda: one.find("limits-forecast").text == "2 alarms last night instead of 31")

    assert waiting == "Looking through the last days…"
    assert [wish["SPO2_LOW"]["value"] for wish in wishes] == [91.0, 88.0]


def test_a_late_answer_to_where_the_slider_was_is_not_shown(stage: Make, qtbot: QtBot) -> None:
    first, second, asked_again = threading.Event(), threading.Event(), threading.Event()

    def slow(_person: str, wish: Wish) -> Outcome:
        is_old = wish["SPO2_LOW"]["value"] == 91.0
        if not is_old:
            asked_again.set()
        assert (first if is_old else second).wait(10)
        return outcome(9 if is_old else 2)

    one = stage(options=asked(slow))
    one.click("limits")
    moved = slider(one, LOW_OXYGEN)
    QTest.keyClick(moved, Qt.Key.Key_Left)
    qtbot.wait(200)
    QTest.keyClick(moved, Qt.Key.Key_Left)
    qtbot.wait(200)
    first.set()
    qtbot.waitUntil(asked_again.is_set)
    qtbot.wait(50)
    between = one.find("limits-forecast").text
    second.set()

    qtbot.waitUntil(lambda: one.find("limits-forecast").text == "2 alarms last night instead of 31")

    assert between == "Looking through the last days…"


def test_a_forecast_that_cannot_be_made_says_why(stage: Make, qtbot: QtBot) -> None:
    def broken(_person: str, _wish: Wish) -> Outcome:
        raise SettingsError(SettingsReason.BAD_FILE, "the log cannot be read: see its folder")

    one = stage(options=asked(broken))
    one.click("limits")
    QTest.keyClick(slider(one, LOW_OXYGEN), Qt.Key.Key_Left)

    qtbot.waitUntil(lambda: "cannot be read" in one.find("limits-forecast").text)

    assert one.find("limits-save").isEnabled()


def test_without_a_forecast_there_is_no_empty_line(stage: Make) -> None:
    one = stage()

    one.click("limits")

    assert not one.shows("limits-forecast")
