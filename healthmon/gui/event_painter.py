"""This is the place for how a cell of the event table looks: icon for its kind, colour for its priority."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from healthmon.gui import icons
from healthmon.gui.events_model import COLUMNS, ROW_ROLE
from healthmon.gui.lettering import Weight, face, metrics
from healthmon.gui.palette import DARK, Palette
from healthmon.view.screen import EventRow, Priority

KIND_ICONS = {
    "spike": "zap",
    "alarm": "bell",
    "coffee": "coffee",
    "advice": "sparkles",
    "device": "watch",
    "rejected": "file-x",
    "carer": "user",
    "recorder": "database",
    "event": "message-square",
}
_EVENT, _VALUE = COLUMNS.index("Event"), COLUMNS.index("Value")
_TIME, _CONTEXT = COLUMNS.index("Time"), COLUMNS.index("Context")


class EventPainter(QStyledItemDelegate):
    """Draws cells of `EventsModel`."""

    def __init__(self) -> None:
        super().__init__()
        self.palette: Palette = DARK

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one cell."""
        row = index.data(ROW_ROLE)
        if not isinstance(row, EventRow):
            return
        box = QRectF(option.rect)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(self.palette.selected))
        room = box.adjusted(6, 0, -6, 0)
        if index.column() == _EVENT:
            self._draw_icon(painter, room, row)
            room = room.adjusted(23, 0, 0, 0)
        weight = Weight.MEDIUM if index.column() in {_EVENT, _VALUE} else Weight.REGULAR
        painter.setFont(face(13, weight, figures=True))
        painter.setPen(QColor(self._colour(row, index.column())))
        text = str(index.data(Qt.ItemDataRole.DisplayRole))
        shown = metrics(13, weight, figures=True).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)

    def _draw_icon(self, painter: QPainter, room: QRectF, row: EventRow) -> None:
        device = painter.device()
        ratio = device.devicePixelRatioF() if device is not None else 1.0
        name = KIND_ICONS.get(row.kind, "message-square")
        if row.priority is Priority.HIGH:
            name = "triangle-alert"
        drawn = icons.pixmap(name, self._icon_colour(row), 15, ratio)
        painter.drawPixmap(QPoint(round(room.left()), round(room.center().y() - 7.5)), drawn)

    def _icon_colour(self, row: EventRow) -> str:
        if row.priority is not None:
            return self.palette.loud(row.priority)
        own = {"coffee": self.palette.coffee, "advice": self.palette.advice, "spike": self.palette.warn}
        return own.get(row.kind, self.palette.muted)

    def _colour(self, row: EventRow, column: int) -> str:
        if row.priority is not None and column in {_EVENT, _VALUE}:
            return self.palette.loud(row.priority)
        return self.palette.muted if column in {_TIME, _CONTEXT} else self.palette.text
