"""What everybody is promised: names for screen readers, words for alarms, keys, and text that stays text."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtGui import QAccessible, QShortcut
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QScrollBar,
    QTableView,
    QToolButton,
    QWidget,
)

from healthmon.gui.announcer import Announcer
from healthmon.gui.keys import KEYS
from healthmon.gui.options import Options
from healthmon.gui.people_model import said_of
from healthmon.view.screen import AlarmPhase, EventRow, Mark, MarkKind, Priority, Side
from tests.fakes import screens
from tests.gui.conftest import Stage

Make = Callable[..., Stage]
INTERACTIVE = (QPushButton, QLineEdit, QAbstractScrollArea)
EVIL = "<img src=x><b>Bold</b> & Co"


def ours(window: QWidget) -> Iterator[QWidget]:
    """Every widget that is not a part Qt made for itself."""
    for widget in window.findChildren(QWidget):
        is_theirs = isinstance(widget, QScrollBar | QToolButton) or widget.objectName().startswith("qt_")
        if not is_theirs:
            yield widget


@pytest.mark.parametrize(
    "make", [screens.high_alarm, screens.not_recording, screens.empty, screens.abstaining]
)
def test_everything_that_can_be_used_has_a_name_to_say(stage: Make, make: Callable[[], object]) -> None:
    one = stage(make(), Options(closing=lambda: "Recording goes on.", stop_recording=lambda: None))

    nameless = [
        widget.objectName()
        for widget in ours(one.window)
        if isinstance(widget, INTERACTIVE) and not widget.accessibleName()
    ]
    assert nameless == []


def test_every_widget_has_an_object_name(stage: Make) -> None:
    one = stage(screens.high_alarm())

    nameless = [type(widget).__name__ for widget in ours(one.window) if not widget.objectName()]
    assert nameless == []


def test_the_list_of_people_speaks_through_the_accessibility_bus(stage: Make) -> None:
    one = stage(screens.high_alarm())

    people = QAccessible.queryAccessibleInterface(one.find("people", QListView))
    assert people.childCount() == 8
    assert (
        people.child(0)
        .text(QAccessible.Text.Name)
        .startswith("Maria Kowalska, Living room, Heart rate 130 bpm, high")
    )


def test_a_row_is_said_with_its_alarm_and_its_state() -> None:
    row = replace(screens.person(0), priority=Priority.HIGH)

    said = said_of(row)

    assert said.endswith("high alarm, live")
    assert "Heart rate 78 bpm" in said


def test_a_number_is_said_with_its_limit_and_its_age(stage: Make) -> None:
    low = screens.numeral("SPO2", 86, beyond=Side.LOW, note="alarm in 9 s")
    one = stage(replace(screens.calm(), oxygen=low))

    assert one.find("oxygen").accessibleDescription() == "Oxygen 86 %, low, alarm in 9 s"


def test_an_alarm_is_announced_once_and_again_when_it_grows() -> None:
    said: list[tuple[str, bool]] = []
    announcer = Announcer(lambda words, interrupts: said.append((words, interrupts)))
    low = screens.alarm_line(priority=Priority.LOW)

    for alarms in ((low,), (low,), (replace(low, priority=Priority.HIGH),)):
        announcer.tell(alarms)

    assert said == [
        ("low alarm: Heart rate 130 bpm, at or above 120 for 12 s, Maria Kowalska", False),
        ("high alarm: Heart rate 130 bpm, at or above 120 for 12 s, Maria Kowalska", True),
    ]


def test_an_alarm_that_is_taken_is_not_announced() -> None:
    said: list[str] = []
    announcer = Announcer(lambda words, _interrupts: said.append(words))

    announcer.tell((screens.alarm_line(phase=AlarmPhase.ACKNOWLEDGED, by="anna"),))

    assert said == []


def test_every_key_that_f1_shows_works(stage: Make) -> None:
    one = stage()

    installed = {shortcut.objectName() for shortcut in one.window.findChildren(QShortcut)}
    assert installed == {f"key-{sequence}" for key in KEYS for sequence, _ in key.acts}


def test_keys_walk_zoom_pan_and_choose(stage: Make) -> None:
    one = stage()
    acts = one.window._keys()

    for act in ("person-after", "span-4", "closer", "wider", "earlier", "later", "live"):
        acts[act]()

    assert one.desk.selected == ["jan"]
    day, hour = timedelta(days=1), timedelta(hours=1)
    assert [span.length for span in one.desk.looked] == [day, day / 2, day, day, day, day]
    assert one.desk.looked[-1].end is None
    assert hour not in {span.length for span in one.desk.looked}


def test_help_opens_and_closes(stage: Make) -> None:
    one = stage()

    one.click("help")
    assert one.find("key-0", QLabel).text() == "F2"
    one.click("help-close")

    assert not one.shows("help-sheet")


def evil_screen() -> object:
    """Every foreign text is markup."""
    screen = screens.calm(1)
    row = replace(screen.people[0], name=EVIL, place=EVIL, status=EVIL)
    assert screen.advice is not None
    return replace(
        screen,
        people=(row,),
        alarms=(screens.alarm_line(person_name=EVIL, place=EVIL, text=EVIL, against=EVIL, by=EVIL),),
        marks=(Mark(MarkKind.COFFEE, screens.NOW - timedelta(minutes=9), EVIL),),
        advice=replace(screen.advice, headline=EVIL, text=EVIL, reasons=(EVIL, EVIL), badge=EVIL),
        connection=replace(screen.connection, text=EVIL, problem=EVIL),
        new_events=(EventRow(0, screens.NOW, EVIL, "event", EVIL, EVIL, EVIL),),
        notices=(EVIL,),
    )


def test_markup_is_shown_as_it_was_written(stage: Make) -> None:
    one = stage(evil_screen())

    assert one.find("alarm-text").text == EVIL
    assert one.find("advice-text").text() == EVIL
    assert one.find("banner-detail").text() == EVIL
    assert one.find("events", QTableView).model().index(0, 2).data() == EVIL


def test_no_label_would_read_markup(stage: Make) -> None:
    one = stage(evil_screen())

    rich = [
        label.objectName()
        for label in one.window.findChildren(QLabel)
        if label.text() and label.textFormat().name != "PlainText"
    ]
    assert rich == []


def test_tool_tips_show_markup_as_text(stage: Make) -> None:
    long_name = EVIL * 9
    one = stage(replace(screens.calm(), people=(replace(screens.person(0), name=long_name),)))

    tips = [widget.toolTip() for widget in one.window.findChildren(QWidget) if "src=x" in widget.toolTip()]
    assert tips
    assert not any("<img" in tip for tip in tips)


def test_an_ampersand_in_a_name_is_no_shortcut(stage: Make) -> None:
    one = stage(evil_screen())

    assert one.find("alarm-person", QPushButton).text().startswith("<img src=x><b>Bold</b> && Co")


@pytest.mark.parametrize("size", [(1024, 700), (1366, 768), (1920, 1080)])
def test_long_names_are_cut_and_the_window_keeps_its_size(stage: Make, size: tuple[int, int]) -> None:
    one = stage(screens.calm(12), Options(size=size))

    one.show(replace(one.desk.screen, selected="long", alarms=(screens.alarm_line(text="Oxygen " * 60),)))

    assert (one.window.width(), one.window.height()) == size
    assert one.find("alarm-acknowledge").geometry().right() < size[0]
