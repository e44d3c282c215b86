"""This is the place for marks on the time axis: coffee, spikes, alarms and notes, with shapes and words."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from healthmon.gui import icons
from healthmon.gui.lettering import Weight, face, metrics, one_line
from healthmon.gui.palette import Palette
from healthmon.gui.trend.layers import Frame, Layer
from healthmon.view.screen import Mark, MarkKind

APART = 92.0  # closer pills lose their word
CROWDED = 26.0  # closer ones lose their icon too
_ICONS = {
    MarkKind.COFFEE: "coffee",
    MarkKind.ALARM: "bell",
    MarkKind.NOTE: "message-square",
    MarkKind.SPIKE: "zap",
}
_FIRST = (MarkKind.ALARM, MarkKind.SPIKE, MarkKind.COFFEE, MarkKind.NOTE)  # who keeps the word in a crowd


def colour_of(kind: MarkKind, palette: Palette) -> str:
    """The colour of a mark."""
    return {
        MarkKind.COFFEE: palette.coffee,
        MarkKind.ALARM: palette.crit,
        MarkKind.SPIKE: palette.warn,
        MarkKind.NOTE: palette.muted,
    }[kind]


@dataclass(frozen=True, slots=True)
class Placed:
    """A mark and how much of it there is room for."""

    mark: Mark
    x: float
    has_icon: bool
    has_word: bool


def placed(marks: Sequence[Mark], frame: Frame) -> list[Placed]:
    """The marks in view; where they crowd, the more urgent keeps its pill."""
    inside = [(mark, frame.x(mark.at.timestamp())) for mark in marks]
    inside = [(mark, x) for mark, x in inside if -8 <= x <= frame.width + 8]
    taken: list[float] = []
    made = []
    for mark, x in sorted(inside, key=lambda one: (_FIRST.index(one[0].kind), -one[1])):
        nearest = min((abs(x - other) for other in taken), default=APART)
        if nearest >= CROWDED:
            taken.append(x)
        made.append(Placed(mark, x, nearest >= CROWDED, nearest >= APART))
    return made


class MarkLayer(Layer):
    """The marks of one plot. Only the upper plot shows pills of marks that span both."""

    marks: tuple[Mark, ...] = ()
    has_pills: bool = True
    title_right: float = 0.0

    def draw(self, painter: QPainter, frame: Frame) -> None:
        """Draw lines first, then what stands on them."""
        spanning = placed([mark for mark in self.marks if mark.value is None], frame)
        for one in spanning:
            self._draw_line(painter, frame, one)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for one in reversed(placed([mark for mark in self.marks if mark.value is not None], frame)):
            self._draw_point(painter, frame, one)
        if self.has_pills:
            for one in reversed(spanning):
                if one.has_icon:
                    self._draw_pill(painter, frame, one)

    def _draw_line(self, painter: QPainter, frame: Frame, one: Placed) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        colour = QColor(colour_of(one.mark.kind, self.palette))
        colour.setAlphaF(0.75)
        pen = QPen(colour, 1)
        pen.setDashPattern([3, 4])
        painter.setPen(pen)
        top = 30 if one.x < self.title_right + 6 else 0
        painter.drawLine(QLineF(round(one.x), top, round(one.x), frame.height))

    def _draw_pill(self, painter: QPainter, frame: Frame, one: Placed) -> None:
        word = one_line(one.mark.label) if one.has_word else ""
        word = metrics(12, Weight.SEMIBOLD).elidedText(word, Qt.TextElideMode.ElideRight, 120)
        width = 26 + (metrics(12, Weight.SEMIBOLD).horizontalAdvance(word) + 6 if word else 0)
        left = min(max(one.x - 13, 2), frame.width - width - 2)
        top = 6.0 if left > self.title_right + 6 else 30.0
        self._draw_pill_at(painter, QRectF(left, top, width, 22), one.mark.kind, word)

    def _draw_pill_at(self, painter: QPainter, box: QRectF, kind: MarkKind, word: str) -> None:
        colour = colour_of(kind, self.palette)
        painter.setPen(QPen(_mixed(colour, self.palette.panel, 0.45), 1))
        painter.setBrush(_mixed(colour, self.palette.panel, 0.14))
        painter.drawRoundedRect(box, 11, 11)
        device = painter.device()
        ratio = device.devicePixelRatioF() if device is not None else 1.0
        painter.drawPixmap(
            QPointF(box.left() + 6, box.top() + 4), icons.pixmap(_ICONS[kind], colour, 14, ratio)
        )
        painter.setPen(QColor(colour))
        painter.setFont(face(12, Weight.SEMIBOLD))
        room = box.adjusted(25, 0, 0, 0)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), word)

    def _draw_point(self, painter: QPainter, frame: Frame, one: Placed) -> None:
        assert one.mark.value is not None
        colour = QColor(colour_of(one.mark.kind, self.palette))
        tip = QPointF(one.x, max(frame.y(one.mark.value) - 12, 16))
        painter.setPen(QPen(QColor(self.palette.plot), 1.5))
        painter.setBrush(colour)
        painter.drawPolygon(QPolygonF([tip, tip + QPointF(-6.5, -11), tip + QPointF(6.5, -11)]))
        if not one.has_word:
            return
        word = one_line(one.mark.label)
        width = metrics(12, Weight.SEMIBOLD, figures=True).horizontalAdvance(word)
        fits_right = one.x + 14 + width < frame.width
        left = one.x + 11 if fits_right else one.x - 11 - width
        self.plate(painter, QRectF(left - 4, tip.y() - 14, width + 8, 17))
        painter.setPen(colour)
        painter.setFont(face(12, Weight.SEMIBOLD, figures=True))
        painter.drawText(QPointF(left, tip.y() - 1), word)


def _mixed(colour: str, ground: str, share: float) -> QColor:
    """That share of a colour laid over an opaque ground."""
    top, below = QColor(colour), QColor(ground)
    parts = zip(top.getRgb()[:3], below.getRgb()[:3], strict=True)  # type: ignore[index]  # Qt's stubs say object
    return QColor(*(round(share * one + (1 - share) * other) for one, other in parts))
