"""What the event table promises: newest first, found by words, and never more than it can hold."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLineEdit, QTableView
from pytestqt.qtbot import QtBot

from healthmon.gui.events_model import EventsModel
from healthmon.view.screen import EventRow
from tests.fakes import screens
from tests.gui.conftest import Stage

Make = Callable[..., Stage]
PATIENCE_MS = 60_000


def rows(first: int, count: int) -> tuple[EventRow, ...]:
    places = range(first, first + count)
    return tuple(
        EventRow(place, screens.NOW, "Maria", "device", f"event {place}", "", "") for place in places
    )


def model() -> EventsModel:
    return EventsModel(UTC)


def test_the_newest_event_stands_first() -> None:
    shown = model()
    shown.add(rows(0, 3), screens.NOW)

    shown.add(rows(3, 2), screens.NOW)

    texts = [shown.index(place, 2).data() for place in range(5)]
    assert texts == ["event 4", "event 3", "event 2", "event 1", "event 0"]


def test_a_batch_is_one_insert(qtbot: QtBot) -> None:
    shown = model()
    inserts: list[tuple[int, int]] = []
    shown.rowsInserted.connect(lambda _parent, first, last: inserts.append((first, last)))

    shown.add(rows(0, 330), screens.NOW)

    assert inserts == [(0, 329)]


def test_the_oldest_go_and_the_newest_stay() -> None:
    shown = EventsModel(UTC, most=50)
    tester = QAbstractItemModelTester(shown, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for first in range(0, 100, 7):
        shown.add(rows(first, 7), screens.NOW)

    assert tester.model() is shown
    assert 45 <= shown.rowCount() <= 50
    assert shown.index(0, 2).data() == "event 104"


def test_filtering_keeps_what_comes_later_and_matches() -> None:
    shown = model()
    shown.show_only("event 17")

    added = shown.add(rows(0, 20), screens.NOW)

    assert (added, shown.rowCount()) == (1, 1)


def test_words_are_found_in_any_order_and_case() -> None:
    shown = model()
    shown.add(screens.events(), screens.NOW)

    shown.show_only("KITCHEN coffee")

    assert {shown.row_at(place).kind for place in range(shown.rowCount())} == {"coffee"}  # type: ignore[union-attr]  # it is there


def test_the_key_leads_to_the_filter_and_typing_filters_after_a_pause(stage: Make, qtbot: QtBot) -> None:
    one = stage()
    table: QTableView = one.find("events", QTableView)
    everything = table.model().rowCount()
    QTest.keyClick(one.window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    field: QLineEdit = one.find("events-filter", QLineEdit)

    QTest.keyClicks(field, "coffee")

    assert table.model().rowCount() == everything
    qtbot.waitUntil(lambda: table.model().rowCount() < everything, timeout=PATIENCE_MS)


def test_nothing_found_is_said(stage: Make, qtbot: QtBot) -> None:
    one = stage()

    QTest.keyClicks(one.find("events-filter", QLineEdit), "zebra")

    qtbot.waitUntil(lambda: one.shows("events-nothing"), timeout=PATIENCE_MS)
    assert one.find("events-nothing").text() == "No event with “zebra”"


def test_escape_shows_every_event_again(stage: Make, qtbot: QtBot) -> None:
    one = stage()
    table: QTableView = one.find("events", QTableView)
    everything = table.model().rowCount()
    QTest.keyClicks(one.find("events-filter", QLineEdit), "coffee")
    qtbot.waitUntil(lambda: table.model().rowCount() < everything, timeout=PATIENCE_MS)

    QTest.keyClick(one.window, Qt.Key.Key_Escape)

    assert table.model().rowCount() == everything


def test_whoever_reads_further_down_keeps_their_place(stage: Make) -> None:
    one = stage(replace(screens.calm(), new_events=rows(0, 200)))
    table: QTableView = one.find("events", QTableView)
    table.verticalScrollBar().setValue(1_000)
    seen = table.indexAt(table.viewport().rect().center()).siblingAtColumn(2).data()

    one.show(replace(one.desk.screen, new_events=rows(200, 5)))

    assert table.indexAt(table.viewport().rect().center()).siblingAtColumn(2).data() == seen
