"""This is the place for the curve: its mean line, red beyond the limits, and the spread around it.

Line pens are cosmetic: their width is in device pixels, so it is multiplied by the screen's ratio, or
lines would turn hair-thin on dense screens. A stroke of short separate segments is 20 to 60 times
cheaper than one long path and looks the same (segmentedLineMode "on", opaque pens only).
"""

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from healthmon.view.screen import Curve, Floats

LINE_WIDTH = 1.8
_DOT_WIDTH = 4.5
_SMOOTH_FROM = 3.0  # pixels a column: narrower ones look the same unsmoothed and take a third of the time
_FAR = 1e5  # beyond any value we plot


class LimitCurve(pg.PlotCurveItem):  # type: ignore[misc]  # pyqtgraph is untyped
    """A mean line in its quantity's colour, and in the alarm colour wherever it is beyond a limit.

    The colour flips exactly on the limit: the same line is stroked once per side under a clip. NaN is a
    gap. A reading alone between two gaps is a dot: a watch that measures once in ten minutes is still seen.
    """

    def __init__(self) -> None:
        super().__init__(antialias=True, connect="finite", segmentedLineMode="on")
        self._colours = ("#ffffff", "#ff0000")
        self._limits: tuple[float | None, float | None] = (None, None)
        self._dots: list[QPointF] = []

    def show_curve(self, curve: Curve, low: float | None, high: float | None) -> None:
        """Show this from now on."""
        self._limits = (low, high)
        self._dots = [QPointF(curve.at[place], curve.mean[place]) for place in lonely(curve.mean)]
        self.setData(curve.at, curve.mean)

    def wear(self, usual: str, beyond: str) -> None:
        """Take on these colours."""
        self._colours = (usual, beyond)
        self.update()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None) -> None:
        """Stroke the line once for every side of the limits that it touches."""
        if self.xData is None or len(self.xData) == 0:
            return
        ratio = widget.devicePixelRatioF() if widget is not None else 1.0
        for colour, clip in self._sides():
            painter.save()
            painter.setClipRect(clip, Qt.ClipOperation.IntersectClip)
            self.opts["pen"] = _pen(colour, LINE_WIDTH * ratio)
            super().paint(painter, option, widget)
            if self._dots:
                painter.setPen(_pen(colour, _DOT_WIDTH * ratio))
                painter.drawPoints(self._dots)
            painter.restore()

    def _sides(self) -> list[tuple[str, QRectF]]:
        left, right = float(self.xData[0]) - 1, float(self.xData[-1]) + 1
        low = -_FAR if self._limits[0] is None else self._limits[0]
        high = _FAR if self._limits[1] is None else self._limits[1]
        usual, beyond = self._colours
        sides = [(usual, QRectF(QPointF(left, low), QPointF(right, high)))]
        if np.nanmin(self.yData, initial=low) < low:
            sides.append((beyond, QRectF(QPointF(left, -_FAR), QPointF(right, low))))
        if np.nanmax(self.yData, initial=high) > high:
            sides.append((beyond, QRectF(QPointF(left, high), QPointF(right, _FAR))))
        return sides


class Spread(pg.GraphicsObject):  # type: ignore[misc]  # pyqtgraph is untyped
    """The least and the most of every column, as a faint band around the mean."""

    def __init__(self) -> None:
        super().__init__()
        self._path = QPainterPath()
        self._step = 0.0  # seconds between columns
        self._colour = QColor()

    def show_curve(self, curve: Curve) -> None:
        """Show this from now on."""
        self.prepareGeometryChange()
        self._path = spread_path(curve)
        self._step = float(curve.at[-1] - curve.at[0]) / len(curve.at) if len(curve.at) else 0.0
        self.update()

    def wear(self, colour: str) -> None:
        """Take on this colour, at 30 %."""
        self._colour = QColor(colour)
        self._colour.setAlphaF(0.3)
        self.update()

    def boundingRect(self) -> QRectF:  # noqa: N802  # Qt's name
        """Where it draws."""
        return self._path.boundingRect()

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None) -> None:
        """Fill the band."""
        step = self._step * painter.worldTransform().m11()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=step > _SMOOTH_FROM)
        painter.fillPath(self._path, self._colour)


def spread_path(curve: Curve) -> QPainterPath:
    """One closed outline per stretch without a gap; none where every column holds a single reading."""
    known = np.isfinite(curve.mean)
    if not known.any() or np.array_equal(curve.low[known], curve.high[known]):
        return QPainterPath()
    along: list[Floats] = []
    across: list[Floats] = []
    joined: list[NDArray[np.bool_]] = []
    for first, last in runs(known):
        stretch = curve.at[first:last]
        along += [stretch, stretch[::-1]]
        across += [curve.high[first:last], curve.low[first:last][::-1]]
        joined += [np.ones(2 * len(stretch) - 1, bool), np.zeros(1, bool)]
    path = pg.arrayToQPath(np.concatenate(along), np.concatenate(across), connect=np.concatenate(joined))
    assert isinstance(path, QPainterPath)
    return path


def runs(known: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """The stretches of True, as first and one past the last."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], known, [False])).astype(np.int8)))
    return [(int(first), int(last)) for first, last in edges.reshape(-1, 2)]


def lonely(mean: Floats) -> list[int]:
    """Where a reading stands alone between gaps."""
    return [first for first, last in runs(np.isfinite(mean)) if last - first == 1]


def _pen(colour: str, width: float) -> QPen:
    pen = QPen(QColor(colour), width)
    pen.setCosmetic(True)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen
