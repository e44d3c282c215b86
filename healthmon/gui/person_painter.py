"""This is the place for how a person looks in the list: state, name, place, two numbers, a spark line."""

import math

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from healthmon.gui import shapes
from healthmon.gui.lettering import Weight, face, metrics, one_line
from healthmon.gui.palette import DARK, Palette
from healthmon.gui.people_model import ROW_ROLE
from healthmon.view.screen import Freshness, Numeral, PersonRow, Priority

ROW_HEIGHT = 78
LEAST_HEIGHT = 58  # two lines of words; nothing else
_SPARK_FROM = 70
LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


def ending(text: str, measured: QFontMetricsF, width: float) -> str:
    """The end of these words that there is room for, in whole words: the time is the message."""
    words = text.split()
    while len(words) > 1 and measured.horizontalAdvance(" ".join(words)) > width:
        words = words[1:]
    return measured.elidedText(" ".join(words), Qt.TextElideMode.ElideRight, max(0.0, width))


class PersonPainter(QStyledItemDelegate):
    """Draws rows of `PeopleModel`."""

    def __init__(self) -> None:
        super().__init__()
        self.palette: Palette = DARK
        self.height = ROW_HEIGHT

    def sizeHint(  # noqa: N802  # Qt's name
        self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Every row is as tall as every other."""
        return QSize(160, self.height)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one row."""
        row = index.data(ROW_ROLE)
        if not isinstance(row, PersonRow):
            return
        box = QRectF(option.rect).adjusted(1, 2, -5, -4)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_ground(painter, box, option.state, row.priority)
        inner = box.adjusted(12, 8, -10, -6)
        self._draw_words(painter, inner, row)
        if self.height >= _SPARK_FROM:
            below = QRectF(inner.left() + 18, inner.bottom() - 19, inner.width() - 18, 17)
            self._draw_spark(painter, below, row)
        painter.restore()

    def _draw_ground(
        self, painter: QPainter, box: QRectF, state: QStyle.StateFlag, priority: Priority | None
    ) -> None:
        selected = bool(state & QStyle.StateFlag.State_Selected)
        focused = selected and bool(state & QStyle.StateFlag.State_HasFocus)
        edge = self.palette.accent if selected else self.palette.line
        if priority is not None and not selected:
            edge = self.palette.loud(priority)
        painter.setPen(QPen(QColor(edge), 2.0 if focused else 1.0))
        painter.setBrush(QColor(self.palette.selected if selected else self.palette.card))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)

    def _draw_words(self, painter: QPainter, box: QRectF, row: PersonRow) -> None:
        state = row.priority or row.heart_rate.freshness
        shape = QRectF(box.left(), box.top() + 4, 11, 11)
        shapes.draw_state(painter, shape, shapes.state_colour(self.palette, state), state)
        left, first, second = box.left() + 18, box.top() - 1, box.top() + 20
        used = self._draw_number(painter, QRectF(left, first, box.right() - left, 22), row.heart_rate)
        self._write(painter, QRectF(left, first, box.right() - left - used - 8, 22), one_line(row.name))
        used = self._draw_oxygen(painter, QRectF(left, second, box.right() - left, 17), row)
        room = QRectF(left, second, box.right() - left - used - 8, 17)
        painter.setPen(QColor(self.palette.muted))
        self._cut(painter, room, one_line(row.place), 12)

    def _write(self, painter: QPainter, room: QRectF, name: str) -> None:
        painter.setPen(QColor(self.palette.text))
        self._cut(painter, room, name, 13, Weight.SEMIBOLD)

    def _cut(
        self, painter: QPainter, room: QRectF, text: str, px: int, weight: Weight = Weight.REGULAR
    ) -> None:
        painter.setFont(face(px, weight))
        shown = metrics(px, weight).elidedText(text, Qt.TextElideMode.ElideRight, max(0.0, room.width()))
        painter.drawText(room, LEFT, shown)

    def _draw_number(self, painter: QPainter, room: QRectF, numeral: Numeral) -> float:
        weight = Weight.SEMIBOLD
        painter.setFont(face(19, weight, figures=True))
        painter.setPen(QColor(self._number_colour(numeral, self.palette.heart)))
        painter.drawText(room, RIGHT, numeral.text)
        width = metrics(19, weight, figures=True).horizontalAdvance(numeral.text)
        if numeral.freshness is Freshness.STALE:
            middle = room.center().y() + 1
            painter.drawLine(QPointF(room.right() - width - 2, middle), QPointF(room.right() + 2, middle))
        return width

    def _draw_oxygen(self, painter: QPainter, room: QRectF, row: PersonRow) -> float:
        measured = metrics(12, Weight.MEDIUM, figures=True)
        if row.status and row.status != "live":
            text, colour = ending(one_line(row.status), measured, room.width()), self.palette.muted
        else:
            text = f"{row.oxygen.text} {row.oxygen.unit}"
            colour = self._number_colour(row.oxygen, self.palette.oxygen)
        painter.setFont(face(12, Weight.MEDIUM, figures=True))
        painter.setPen(QColor(colour))
        painter.drawText(room, RIGHT, text)
        return measured.horizontalAdvance(text)

    def _number_colour(self, numeral: Numeral, usual: str) -> str:
        if numeral.freshness is not Freshness.LIVE:
            return self.palette.faint
        return self.palette.loud(numeral.priority) if numeral.priority is not None else usual

    def _draw_spark(self, painter: QPainter, box: QRectF, row: PersonRow) -> None:
        values = [value for value in row.spark if not math.isnan(value)]
        if len(values) < 2:
            return
        live = row.heart_rate.freshness is Freshness.LIVE
        painter.setPen(QPen(QColor(self.palette.heart if live else self.palette.faint), 1.3))
        low, high = min(values), max(values)
        middle, reach = (low + high) / 2, max(high - low, 16.0)  # a calm pulse draws a calm line
        step = box.width() / max(1, len(row.spark) - 1)
        run: list[QPointF] = []
        for place, value in enumerate((*row.spark, math.nan)):
            if math.isnan(value):
                if run:
                    painter.drawPolyline(QPolygonF(run))
                run = []
            else:
                y = box.center().y() - (value - middle) / reach * box.height()
                run.append(QPointF(box.left() + place * step, y))
