"""This is the place for one plot: axes, backdrop, spread, curve, foreground and marks of one quantity."""

from collections.abc import Sequence
from datetime import tzinfo

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QObject, Signal

from healthmon.gui.palette import Palette
from healthmon.gui.trend import axes
from healthmon.gui.trend.axes import TimeAxis, ValueAxis
from healthmon.gui.trend.backdrop import Backdrop
from healthmon.gui.trend.curve import LimitCurve, Spread
from healthmon.gui.trend.foreground import HEADROOM, Foreground
from healthmon.gui.trend.marks import MarkLayer
from healthmon.view.screen import Curve, Mark, Trend

SHORTEST = 30.0  # seconds; nobody reads closer
LONGEST = 14 * 86_400.0
_CEILINGS = {"SPO2": 100.0}


def is_same(one: Curve, other: Curve) -> bool:
    """Whether two curves look the same."""
    if one is other:
        return True
    pairs = ((one.at, other.at), (one.mean, other.mean), (one.low, other.low), (one.high, other.high))
    return all(np.array_equal(mine, theirs, equal_nan=True) for mine, theirs in pairs)


class TrendPlot(QObject):
    """One quantity over time. `moved` tells that a person has dragged or zoomed it."""

    moved = Signal(float, float)  # start and end, seconds since the epoch

    def __init__(self, quantity: str, zone: tzinfo | None, *, has_pills: bool) -> None:
        super().__init__()
        self.quantity = quantity
        self.time_axis = TimeAxis(zone)
        self.value_axis = ValueAxis(_CEILINGS.get(quantity))
        self.box = pg.ViewBox(enableMenu=False, defaultPadding=0.0)
        self.box.setMouseEnabled(x=True, y=False)
        self.box.disableAutoRange()
        self.box.setLimits(minXRange=SHORTEST, maxXRange=LONGEST)
        self.time_axis.linkToView(self.box)
        self.value_axis.linkToView(self.box)
        self.spread, self.curve = Spread(), LimitCurve()
        self.box.addItem(self.spread, ignoreBounds=True)
        self.box.addItem(self.curve, ignoreBounds=True)
        self.backdrop = Backdrop(self.box, -10)
        self.backdrop.time_axis, self.backdrop.value_axis = self.time_axis, self.value_axis
        self.foreground = Foreground(self.box, 20)
        self.foreground.quantity = quantity
        self.marks = MarkLayer(self.box, 10)
        self.marks.has_pills = has_pills
        self.box.sigRangeChangedManually.connect(self._tell)
        self.box.sigResized.connect(self._fit)
        self._trend: Trend | None = None

    def look(self, start: float, end: float) -> None:
        """Show this stretch of time."""
        self.box.setXRange(start, end, padding=0)

    def show_trend(self, trend: Trend | None, *, is_live: bool) -> None:
        """Show this trend; `is_live` adds the halo of the newest reading. Cheap when nothing changed."""
        if trend is None:
            self._clear()
            return
        before, self._trend = self._trend, trend
        if before is None or (before.bottom, before.top) != (trend.bottom, trend.top):
            self._fit()
        changed = before is None or not is_same(before.curve, trend.curve)
        limits = (trend.low, trend.high)
        if changed or before is None or (before.low, before.high) != limits:
            self.spread.show_curve(trend.curve)
            self.curve.show_curve(trend.curve, *limits)
            self.backdrop.low, self.backdrop.high = limits
            self.backdrop.update()
        self._show_foreground(trend, is_live=is_live)

    def show_marks(self, marks: Sequence[Mark]) -> None:
        """Show these marks: those of other quantities are left out."""
        mine = tuple(mark for mark in marks if mark.quantity in {None, self.quantity} or mark.value is None)
        if mine != self.marks.marks:
            self.marks.marks = mine
            self.marks.update()

    def wear(self, palette: Palette) -> None:
        """Take on these colours."""
        for layer in (self.backdrop, self.foreground, self.marks):
            layer.wear(palette)
        for axis in (self.time_axis, self.value_axis):
            axes.wear(axis, palette)
        self.curve.wear(palette.quantity(self.quantity), palette.crit)
        self.spread.wear(palette.quantity(self.quantity))

    def _clear(self) -> None:
        if self._trend is not None:
            self._trend = None
            nothing = np.empty(0)
            self.spread.show_curve(Curve(nothing, nothing, nothing, nothing))
            self.curve.show_curve(Curve(nothing, nothing, nothing, nothing), None, None)
        self.foreground.newest, self.foreground.is_empty = None, True
        self.foreground.update()

    def _show_foreground(self, trend: Trend, *, is_live: bool) -> None:
        front = self.foreground
        known = np.flatnonzero(np.isfinite(trend.curve.mean))
        newest = None
        if is_live and len(known):
            newest = (float(trend.curve.at[known[-1]]), float(trend.curve.mean[known[-1]]))
        now = (trend.title, trend.unit, trend.low, trend.high, newest, not len(known))
        if now == (front.title, front.unit, front.low, front.high, front.newest, front.is_empty):
            return
        front.title, front.unit, front.low, front.high, front.newest, front.is_empty = now
        self.marks.title_right = front.title_right()
        front.update()

    def _fit(self) -> None:
        """The y range, with room above the data for the title and the pills."""
        if self._trend is None:
            return
        height = max(self.box.size().height(), 4 * HEADROOM)
        reach = (self._trend.top - self._trend.bottom) * height / (height - HEADROOM)
        self.box.setYRange(self._trend.bottom, self._trend.bottom + reach, padding=0)

    def _tell(self, *_which: object) -> None:
        (start, end), _ = self.box.viewRange()
        self.moved.emit(start, end)
