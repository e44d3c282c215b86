"""This is the place for the shapes that say what a colour says, for eyes that do not tell colours apart.

Triangle: high. Square: medium. Diamond: low. Disc: live. Ring: no signal. Struck ring: stale.
"""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from healthmon.gui.palette import Palette
from healthmon.view.screen import Freshness, Priority


def draw_state(painter: QPainter, box: QRectF, colour: str, state: Priority | Freshness) -> None:
    """The shape of a state, filling `box`. The painter's pen and brush are left as they were."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    if isinstance(state, Priority):
        _draw_priority(painter, box, state)
    elif state is Freshness.LIVE:
        painter.drawEllipse(box.adjusted(1, 1, -1, -1))
    else:
        _draw_ring(painter, box, colour, struck=state is Freshness.STALE)
    painter.restore()


def state_colour(palette: Palette, state: Priority | Freshness) -> str:
    """The colour that goes with the shape on a calm surface."""
    if isinstance(state, Priority):
        return palette.loud(state)
    return palette.good if state is Freshness.LIVE else palette.faint


def draw_arrow(painter: QPainter, box: QRectF, colour: str, slope: float) -> None:
    """An arrow across `box`: level at 0, steep up at 1, steep down at -1."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(QColor(colour), max(1.6, box.width() / 9))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.translate(box.center())
    painter.rotate(-60 * max(-1.0, min(1.0, slope)))
    half, head = box.width() / 2, box.width() / 3.2
    painter.drawLine(QPointF(-half, 0), QPointF(half, 0))
    painter.drawPolyline(
        QPolygonF([QPointF(half - head, -head), QPointF(half, 0), QPointF(half - head, head)])
    )
    painter.restore()


def _draw_priority(painter: QPainter, box: QRectF, priority: Priority) -> None:
    if priority is Priority.MEDIUM:
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 2, 2)
        return
    middle, top, bottom = box.center(), box.top(), box.bottom()
    if priority is Priority.HIGH:
        corners = [QPointF(middle.x(), top), QPointF(box.right(), bottom), QPointF(box.left(), bottom)]
    else:
        corners = [
            QPointF(middle.x(), top),
            QPointF(box.right(), middle.y()),
            QPointF(middle.x(), bottom),
            QPointF(box.left(), middle.y()),
        ]
    painter.drawPolygon(QPolygonF(corners))


def _draw_ring(painter: QPainter, box: QRectF, colour: str, *, struck: bool) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(colour), 1.6))
    painter.drawEllipse(box.adjusted(1.5, 1.5, -1.5, -1.5))
    if struck:
        painter.drawLine(box.bottomLeft() + QPointF(1.5, -1.5), box.topRight() + QPointF(-1.5, 1.5))
