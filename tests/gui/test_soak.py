"""What days of running promise: no growth, nothing left behind, a Qt that leaves True and None alone."""

import gc
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from healthmon.gui.options import Options
from healthmon.gui.window import MonitorWindow
from healthmon.view.screen import EventRow, Screen
from tests.fakes import screens
from tests.gui.conftest import Stage

Make = Callable[..., Stage]

# PySide6 6.12.0 takes one reference too many from True at every emit and from None at every void call; before
# Python 3.12 that kills the process after a few thousand. docs/decisions/0002-pinned-qt.md.
EMITS = """
from PySide6.QtCore import QObject, Signal
class Bell(QObject):
    rang = Signal(bool)
heard = []
bell = Bell()
bell.rang.connect(lambda on: None)
for _ in range(200_000):
    bell.rang.emit(True)
    bell.setObjectName("b")
print("alive")
"""


def test_two_hundred_thousand_signals_do_not_kill_python() -> None:
    done = subprocess.run(
        [sys.executable, "-c", EMITS], capture_output=True, text=True, timeout=120, check=False
    )

    assert (done.returncode, done.stdout.strip()) == (0, "alive")


class Bell(QObject):
    """Rings."""

    rang = Signal(bool)


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="True and None are immortal from Python 3.12 on")
def test_signals_and_void_calls_leave_the_singletons_alone() -> None:
    bell = Bell()
    bell.rang.connect(lambda _on: None)
    before = (sys.getrefcount(True), sys.getrefcount(None))

    for _ in range(1_000):
        bell.rang.emit(True)
        bell.setObjectName("b")
    after = (sys.getrefcount(True), sys.getrefcount(None))

    assert abs(after[0] - before[0]) < 50
    assert abs(after[1] - before[1]) < 50


def busy(place: int) -> Screen:
    """A screen at which something happens in every tick: a reading, an event, now and then an alarm."""
    now = screens.NOW + timedelta(milliseconds=100 * place)
    screen = CALM if place % 50 < 25 else ALARM
    row = EventRow(place, now, "Maria", "device", f"event {place}", "", "")
    rate = screens.numeral("HR", 70 + place % 30, age=timedelta(milliseconds=100 * (place % 10)))
    return replace(
        screen,
        now=now,
        heart_rate=rate,
        people=(replace(screen.people[0], heart_rate=rate), *screen.people[1:]),
        span_start=now - timedelta(minutes=5),
        span_end=now,
        new_events=(row,),
        notices=("One moment",) if place % 400 == 0 else (),
    )


CALM, ALARM = screens.calm(), screens.high_alarm()


def counts(window: QWidget) -> tuple[int, int]:
    """How many Qt objects and how many Python objects there are."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    return len(window.findChildren(QObject)), len(gc.get_objects())


def test_two_thousand_ticks_leave_nothing_behind(stage: Make) -> None:
    one = stage(busy(0))
    for place in range(300):
        one.desk.show(busy(place))
        one.window.tick()
    QApplication.processEvents()
    qt_before, python_before = counts(one.window)

    for place in range(300, 2_300):
        one.desk.show(busy(place))
        one.window.tick()
        if place % 20 == 0:
            QApplication.processEvents()
    qt_after, python_after = counts(one.window)

    assert qt_after == qt_before
    assert python_after - python_before < 2_000 * 3 + 2_000  # an event keeps its row, its line, their pair


def test_a_closed_window_leaves_no_timer_and_no_widget() -> None:
    before = set(QApplication.allWidgets())
    window = MonitorWindow(screens.FakeDesk(screens.high_alarm()), lambda event: None, Options())  # type: ignore[arg-type, return-value]  # nothing is said
    window.start()
    window.show()
    timers = window.findChildren(QTimer)
    assert any(timer.isActive() for timer in timers)

    window.leave()

    assert not any(timer.isActive() for timer in timers)
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert set(QApplication.allWidgets()) <= before
