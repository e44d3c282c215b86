"""This is the place for what stands before a curve: its title, its limits in figures, the newest reading."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from healthmon.gui import words
from healthmon.gui.lettering import Weight, capitals, face, metrics
from healthmon.gui.trend.layers import Frame, Layer

TITLE_AT = QPointF(12, 20)
HEADROOM = 20.0  # pixels above the largest value, for the title and the pills


class Foreground(Layer):
    """Title, limit labels and the newest point of one plot."""

    quantity: str = ""
    title: str = ""
    unit: str = ""
    low: float | None = None
    high: float | None = None
    newest: tuple[float, float] | None = None  # when and how much, while it is live
    is_empty: bool = True

    def title_right(self) -> float:
        """Where the title ends; pills keep clear of it."""
        title = metrics(13, Weight.SEMIBOLD).horizontalAdvance(capitals(self.title))
        return TITLE_AT.x() + title + 8 + metrics(12).horizontalAdvance(self.unit)

    def draw(self, painter: QPainter, frame: Frame) -> None:
        """Draw it all."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_title(painter)
        self._draw_limits(painter, frame)
        if self.is_empty:
            self._draw_nothing(painter, frame)
        if self.newest is not None:
            self._draw_newest(painter, QPointF(frame.x(self.newest[0]), frame.y(self.newest[1])))

    def _draw_title(self, painter: QPainter) -> None:
        painter.setFont(face(13, Weight.SEMIBOLD))
        painter.setPen(QColor(self.palette.quantity(self.quantity)))
        painter.drawText(TITLE_AT, capitals(self.title))
        right = TITLE_AT.x() + metrics(13, Weight.SEMIBOLD).horizontalAdvance(capitals(self.title))
        painter.setFont(face(12))
        painter.setPen(QColor(self.palette.muted))
        painter.drawText(QPointF(right + 8, TITLE_AT.y()), self.unit)

    def _draw_limits(self, painter: QPainter, frame: Frame) -> None:
        painter.setFont(face(12, Weight.SEMIBOLD, figures=True))
        for limit in (self.low, self.high):
            if limit is None or not frame.bottom < limit < frame.top:
                continue
            text, base = words.limit(limit), frame.y(limit) - 6
            width = metrics(12, Weight.SEMIBOLD, figures=True).horizontalAdvance(text)
            self.plate(painter, QRectF(5, base - 12, width + 8, 16))
            painter.setPen(QColor(self.palette.crit))
            painter.drawText(QPointF(9, base), text)

    def _draw_nothing(self, painter: QPainter, frame: Frame) -> None:
        painter.setFont(face(13))
        painter.setPen(QColor(self.palette.muted))
        painter.drawText(frame.box, Qt.AlignmentFlag.AlignCenter, "No readings in this time")

    def _draw_newest(self, painter: QPainter, at: QPointF) -> None:
        assert self.newest is not None
        over = self.high is not None and self.newest[1] > self.high
        under = self.low is not None and self.newest[1] < self.low
        colour = QColor(self.palette.crit if over or under else self.palette.quantity(self.quantity))
        halo = QColor(colour)
        halo.setAlphaF(0.3)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(halo)
        painter.drawEllipse(at, 9, 9)
        painter.setBrush(colour)
        painter.drawEllipse(at, 4.5, 4.5)
