"""What the plots promise: red beyond a limit and nowhere else, empty gaps, a view that may be moved."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, timedelta

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from healthmon.gui.palette import DARK
from healthmon.gui.trend.curve import lonely, runs, spread_path
from healthmon.gui.trend.marks import placed
from healthmon.gui.trend.plot import TrendPlot
from healthmon.gui.trend.view import TrendView
from healthmon.view.screen import Curve, Freshness, Mark, MarkKind, Span, Trend
from tests.fakes import screens
from tests.gui.conftest import Stage

Make = Callable[..., Stage]
START = screens.NOW.timestamp() - 600
NAN = np.nan


class Picture:
    """The painted plots, asked by moment and value."""

    def __init__(self, view: TrendView, quantity: str = "HR") -> None:
        self.plot: TrendPlot = view.plots[quantity]
        QApplication.processEvents()
        self.image: QImage = view.grab().toImage()
        self._view = view

    def place(self, moment: float, value: float) -> QPoint:
        frame = self.plot.backdrop.frame()
        at = self.plot.box.mapToScene(QPointF(frame.x(moment), frame.y(value)))
        return QPoint(self._view.mapFromScene(at))

    def near(self, moment: float, value: float, colour: str, reach: int = 3) -> bool:
        """Whether a pixel of about this colour is painted within a few pixels of there."""
        middle = self.place(moment, value)
        around = range(-reach, reach + 1)
        steps = [QPoint(across, down) for across in around for down in around]
        return any(is_like(self.image.pixelColor(middle + step), colour) for step in steps)

    def column_has(self, moment: float, colour: str) -> bool:
        """Whether a pixel of about this colour is painted anywhere above or below that moment."""
        frame = self.plot.backdrop.frame()
        top, bottom = self.place(moment, frame.top), self.place(moment, frame.bottom)
        return any(
            is_like(self.image.pixelColor(top.x(), y), colour) for y in range(top.y() + 24, bottom.y())
        )


def is_like(one: QColor, other: str) -> bool:
    wanted = QColor(other)
    return (
        max(abs(one.red() - wanted.red()), abs(one.green() - wanted.green()), abs(one.blue() - wanted.blue()))
        < 40
    )


def trend(values: list[float], *, low: float | None = 50, high: float | None = 120) -> Trend:
    mean = np.array(values, dtype=np.float64)
    at = START + np.linspace(0, 600, len(values))
    return Trend("HR", "Heart rate", "bpm", Curve(at, mean, mean, mean), low, high, 40, 160)


@pytest.fixture
def view(qapp: QApplication) -> Iterator[TrendView]:
    made = TrendView(UTC)
    made.resize(800, 500)
    made.wear(DARK)
    made.show()
    made.show_span(START, START + 600, is_live=False)
    yield made
    made.close()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_a_curve_beyond_its_limit_is_red_there_and_only_there(view: TrendView) -> None:
    view.show_trends([trend([80.0] * 301 + [140.0] * 300)], [], {})

    picture = Picture(view)
    assert picture.near(START + 150, 80, DARK.heart)
    assert not picture.near(START + 150, 80, DARK.crit)
    assert picture.near(START + 450, 140, DARK.crit)
    assert not picture.near(START + 450, 140, DARK.heart)


def test_a_curve_below_its_lower_limit_is_red(view: TrendView) -> None:
    view.show_trends([trend([45.0] * 600)], [], {})

    assert Picture(view).near(START + 300, 45, DARK.crit)


def test_without_limits_nothing_is_red(view: TrendView) -> None:
    view.show_trends([trend([45.0] * 300 + [150.0] * 300, low=None, high=None)], [], {})

    assert not Picture(view).column_has(START + 450, DARK.crit)


def test_a_gap_is_left_empty(view: TrendView) -> None:
    view.show_trends([trend([80.0] * 200 + [NAN] * 200 + [80.0] * 200)], [], {})

    picture = Picture(view)
    assert picture.column_has(START + 100, DARK.heart)
    assert not picture.column_has(START + 300, DARK.heart)
    assert picture.column_has(START + 500, DARK.heart)


def test_a_reading_alone_between_gaps_is_seen(view: TrendView) -> None:
    view.show_trends([trend([NAN, NAN, 80.0, NAN, NAN])], [], {})

    assert Picture(view).near(START + 300, 80, DARK.heart)


def test_the_newest_reading_has_a_halo_only_while_it_is_live(view: TrendView) -> None:
    view.show_trends([trend([80.0] * 500)], [], {"HR": True})
    assert view.plots["HR"].foreground.newest is not None

    view.show_trends([trend([80.0] * 500)], [], {"HR": False})

    assert view.plots["HR"].foreground.newest is None


def test_no_readings_are_said_in_words(view: TrendView) -> None:
    view.show_trends([], [], {})

    assert view.plots["HR"].foreground.is_empty


def test_both_plots_stand_on_one_time_axis(view: TrendView) -> None:
    pulse, oxygen = view.plots["HR"].box, view.plots["SPO2"].box

    left = [box.mapToScene(QPointF(0, 0)).x() for box in (pulse, oxygen)]
    assert left[0] == left[1]
    assert pulse.viewRange()[0] == oxygen.viewRange()[0]


def test_following_the_present_moves_by_whole_pixels_only(view: TrendView) -> None:
    view.show_span(START, START + 600, is_live=True)
    before = view.plots["HR"].box.viewRange()[0]

    view.show_span(START + 0.1, START + 600.1, is_live=True)

    assert view.plots["HR"].box.viewRange()[0] == before


def test_an_unchanged_curve_is_not_painted_again(view: TrendView) -> None:
    changes: list[object] = []
    view.plots["HR"].curve.sigPlotChanged.connect(changes.append)
    for _ in range(3):
        view.show_trends([trend([80.0, NAN, 80.0] * 100)], [], {})

    assert len(changes) == 1


def test_spread_and_lonely_points_follow_the_gaps() -> None:
    mean = np.array([1.0, 2.0, NAN, 3.0, NAN])
    curve = Curve(np.arange(5.0), mean, mean - 1, mean + 1)

    assert runs(np.isfinite(mean)) == [(0, 2), (3, 4)]
    assert lonely(mean) == [3]
    assert spread_path(curve).boundingRect().height() == pytest.approx(4.0)


def test_crowded_marks_keep_the_urgent_word(view: TrendView) -> None:
    view.show_trends([trend([80.0] * 500)], [], {})
    at = screens.NOW - timedelta(seconds=300)
    marks = [
        Mark(MarkKind.COFFEE, at, "500 ml"),
        Mark(MarkKind.ALARM, at + timedelta(seconds=9), "SpO₂ 86 %"),
    ]

    shown = {
        one.mark.kind: (one.has_icon, one.has_word)
        for one in placed(marks, view.plots["HR"].backdrop.frame())
    }

    assert shown == {MarkKind.ALARM: (True, True), MarkKind.COFFEE: (False, False)}


def test_marks_out_of_sight_are_left_out(view: TrendView) -> None:
    long_ago = Mark(MarkKind.COFFEE, screens.NOW - timedelta(hours=5), "500 ml")

    assert placed([long_ago], view.plots["HR"].backdrop.frame()) == []


def test_dragging_looks_back_and_never_stops_the_data(stage: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(pg.CONFIG_OPTIONS, "mouseRateLimit", -1)
    one = stage()
    port = one.find("trend-plots").viewport()
    middle, keys = port.rect().center() - QPoint(0, 60), Qt.KeyboardModifier.NoModifier

    QTest.mousePress(port, Qt.MouseButton.LeftButton, keys, middle)
    for step in (40, 80, 120):
        QTest.mouseMove(port, middle + QPoint(step, 0))
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, keys, middle + QPoint(120, 0))
    one.show(replace(one.desk.screen, heart_rate=screens.numeral("HR", 91)))

    assert one.desk.looked[-1].end is not None
    assert one.find("heart-rate").face.digits == "91"


def test_dragging_into_the_future_follows_the_present(stage: Make) -> None:
    one = stage()
    panel = one.window._trends

    panel.view.looked.emit(screens.NOW.timestamp() - 600, screens.NOW.timestamp() + 60)

    assert one.desk.looked == [Span(timedelta(seconds=660))]


def test_looking_back_shows_no_halo(stage: Make) -> None:
    one = stage(screens.calm(span=Span(timedelta(hours=1), screens.NOW - timedelta(hours=2))))

    assert one.desk.screen.heart_rate is not None
    assert one.desk.screen.heart_rate.freshness is Freshness.LIVE
    assert one.window._trends.view.plots["HR"].foreground.newest is None
