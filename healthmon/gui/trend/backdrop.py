"""This is the place for what lies behind a curve: the ground, a thin grid, and what is beyond the limits."""

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from healthmon.gui.trend.axes import TimeAxis, ValueAxis
from healthmon.gui.trend.layers import Frame, Layer

_WASH = 0.08  # how strongly the stretch beyond a limit is tinted


class Backdrop(Layer):
    """Ground, bands, grid and dashed limits of one plot."""

    time_axis: TimeAxis
    value_axis: ValueAxis
    low: float | None = None
    high: float | None = None

    def draw(self, painter: QPainter, frame: Frame) -> None:
        """Draw it all, back to front."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.fillRect(frame.box, QColor(self.palette.plot))
        self._draw_grid(painter, frame)
        for beyond in self._beyond(frame):
            wash = QColor(self.palette.band)
            wash.setAlphaF(_WASH)
            painter.fillRect(beyond, wash)
        self._draw_limits(painter, frame)

    def _draw_grid(self, painter: QPainter, frame: Frame) -> None:
        painter.setPen(QPen(QColor(self.palette.grid), 1))
        _, moments = self.time_axis.moments(frame.start, frame.end, frame.width)
        _, values = self.value_axis.values(frame.bottom, frame.top, frame.height)
        upright = [QLineF(round(frame.x(at)), 0, round(frame.x(at)), frame.height) for at in moments]
        level = [QLineF(0, round(frame.y(at)), frame.width, round(frame.y(at))) for at in values]
        painter.drawLines(upright + level)

    def _beyond(self, frame: Frame) -> list[QRectF]:
        bands = []
        if self.high is not None and self.high < frame.top:
            bands.append(QRectF(0, 0, frame.width, round(frame.y(self.high))))
        if self.low is not None and self.low > frame.bottom:
            above = round(frame.y(self.low))
            bands.append(QRectF(0, above, frame.width, frame.height - above))
        return bands

    def _draw_limits(self, painter: QPainter, frame: Frame) -> None:
        pen = QPen(QColor(self.palette.crit), 1)
        pen.setDashPattern([4, 3])
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        for limit in (self.low, self.high):
            if limit is not None and frame.bottom < limit < frame.top:
                painter.drawLine(QLineF(0, round(frame.y(limit)), frame.width, round(frame.y(limit))))
