"""This is the place for what window tests share: an application, windows over a fake desk, pictures."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from healthmon.events import Event
from healthmon.gui.carer import Receipt
from healthmon.gui.options import Options
from healthmon.gui.session import application
from healthmon.gui.window import MonitorWindow
from healthmon.view.screen import Screen
from tests.fakes import screens
from tests.fakes.screens import FakeDesk


class Stage:
    """A window over a fake desk, and everything that was said through it."""

    def __init__(self, screen: Screen, options: Options) -> None:
        self.desk = FakeDesk(screen)
        self.said: list[Event] = []
        self.problem = ""
        self.window = MonitorWindow(self.desk, self._say, options)
        self.window.show()
        self.tick()

    def _say(self, event: Event) -> Receipt:
        self.said.append(event)
        return Receipt(event.id, self.problem)

    def tick(self, times: int = 1) -> None:
        """Let the window ask the desk, and Qt paint."""
        for _ in range(times):
            self.window.tick()
        QApplication.processEvents()

    def show(self, screen: Screen) -> None:
        """Give the desk another screen and tick."""
        self.desk.show(screen)
        self.tick()

    def find(self, name: str, kind: type[Any] = QWidget) -> Any:  # Any: whatever kind was asked for
        """The visible widget of that object name."""
        found = [one for one in self.window.findChildren(kind, name) if one.isVisibleTo(self.window)]
        assert found, f"no visible {name}"
        return found[0]

    def shows(self, name: str) -> bool:
        """Whether a widget of that object name can be seen."""
        return any(one.isVisibleTo(self.window) for one in self.window.findChildren(QWidget, name))

    def click(self, name: str) -> None:
        """Click the middle of a widget."""
        widget = self.find(name)
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
        QApplication.processEvents()


@pytest.fixture(scope="session", autouse=True)
def _dressed(qapp: QApplication) -> None:
    application()


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[..., Stage]]:
    """Makes windows; none outlives the test. Object names are how tests find things."""
    made: list[Stage] = []

    def make(screen: Screen | None = None, options: Options | None = None) -> Stage:
        made.append(Stage(screen or screens.calm(), options or Options(carer="anna", session="s1")))
        return made[-1]

    make.folder = tmp_path  # type: ignore[attr-defined]  # where a failure's picture goes
    yield make
    for one in made:
        one.window.leave()
        one.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:  # Any: pytest's own
    """A picture of every window that stands open when a test fails, beside the test's other files."""
    report = yield
    if report.when == "call" and report.failed and isinstance(item, pytest.Function):
        folder = item.funcargs.get("tmp_path")
        for place, widget in enumerate(QApplication.topLevelWidgets()):
            if isinstance(folder, Path) and widget.isVisible():
                picture = folder / f"failure-{place}.png"
                widget.grab().save(str(picture))
                report.sections.append(("Window", str(picture)))
    return report
