"""What closing promises: recording goes on, that is said once, and stopping is offered where it can be."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from healthmon.gui.options import Options
from tests.gui.conftest import Stage

Make = Callable[..., Stage]
NOTE = "Recording goes on without this window."


def test_closing_says_what_goes_on_and_stays(stage: Make) -> None:
    one = stage(options=Options(closing=lambda: NOTE))

    one.window.close()

    assert one.window.isVisible()
    assert one.find("closing-note").text() == NOTE


def test_closing_a_second_time_closes(stage: Make) -> None:
    one = stage(options=Options(closing=lambda: NOTE))

    one.window.close()
    one.window.close()

    assert not one.window.isVisible()


def test_nothing_to_say_closes_at_once(stage: Make) -> None:
    one = stage()

    one.window.close()

    assert not one.window.isVisible()


def test_close_window_does_not_stop_recording(stage: Make) -> None:
    stopped: list[str] = []
    one = stage(options=Options(closing=lambda: NOTE, stop_recording=lambda: stopped.append("stopped")))
    one.window.close()

    one.click("closing-leave")

    assert not one.window.isVisible()
    assert stopped == []


def test_stop_recording_stops_it_once_and_closes(stage: Make) -> None:
    stopped: list[str] = []
    one = stage(options=Options(closing=lambda: NOTE, stop_recording=lambda: stopped.append("stopped")))
    one.window.close()

    one.click("closing-stop")

    assert not one.window.isVisible()
    assert stopped == ["stopped"]


def test_stopping_is_not_offered_where_it_cannot_be_done(stage: Make) -> None:
    one = stage(options=Options(closing=lambda: NOTE))

    one.window.close()

    assert not one.shows("closing-stop")


def test_escape_keeps_the_window(stage: Make, qtbot: QtBot) -> None:
    one = stage(options=Options(closing=lambda: NOTE))
    one.window.close()

    QTest.keyClick(one.window, Qt.Key.Key_Escape)

    assert one.window.isVisible()
    assert not one.shows("closing-sheet")
