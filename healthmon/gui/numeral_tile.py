"""This is the place for a big number: how much, in what unit, how old, and beyond which limit.

A number that cannot be believed is struck through and grey, and says so in words.
"""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from healthmon.gui import shapes, words
from healthmon.gui.lettering import Weight, capitals, face, metrics, one_line
from healthmon.gui.palette import DARK, Palette
from healthmon.view.screen import Freshness, Numeral, Priority, Side

_LOUD = {Priority.HIGH, Priority.MEDIUM}
_STEEP = {"HR": 30.0, "SPO2": 6.0}  # the change that draws the steepest arrow
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True, slots=True)
class Face:
    """Everything that can be seen of a number, in words."""

    quantity: str
    title: str
    unit: str
    digits: str
    age: str
    freshness: Freshness
    limits: tuple[str, ...] = ()
    beyond: Side | None = None
    priority: Priority | None = None
    change: str = ""
    slope: float = 0.0
    note: str = ""

    @property
    def is_struck(self) -> bool:
        """Whether the digits are struck through."""
        return self.freshness is Freshness.STALE and self.digits != "--"


def face_of(numeral: Numeral, *, is_trusted: bool = True) -> Face:
    """The number as it is shown; one that is not trusted is stale, whatever it says of itself."""
    stale = not is_trusted and numeral.freshness is Freshness.LIVE
    freshness = Freshness.STALE if stale else numeral.freshness
    is_live = freshness is Freshness.LIVE
    has_change = is_live and numeral.change is not None
    limits = (("max", numeral.high), ("min", numeral.low))
    return Face(
        quantity=numeral.quantity,
        title=one_line(numeral.title),
        unit=one_line(numeral.unit),
        digits=one_line(numeral.text),
        age="stale · not followed any more" if stale else words.age_of(numeral),
        freshness=freshness,
        limits=tuple(f"{word} {words.limit(value)}" for word, value in limits if value is not None),
        beyond=numeral.beyond if is_live else None,
        priority=numeral.priority,
        change=f"{words.change(numeral.change or 0)} in 5 min" if has_change else "",
        slope=(numeral.change or 0) / _STEEP.get(numeral.quantity, 30.0) if has_change else 0.0,
        note=one_line(numeral.note),
    )


class NumeralTile(QWidget):
    """Paints one number as large as there is room for."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self._palette = DARK
        self.face: Face | None = None

    def show_numeral(self, numeral: Numeral | None, *, is_trusted: bool = True) -> None:
        """Show this number from now on; cheap when nothing changed."""
        shown = face_of(numeral, is_trusted=is_trusted) if numeral is not None else None
        if shown == self.face:
            return
        self.face = shown
        self.setAccessibleName(shown.title if shown else "No reading")
        self.setAccessibleDescription(words.aloud(numeral) if numeral is not None else "")
        self.update()

    def wear(self, palette: Palette) -> None:
        """Take on these colours."""
        self._palette = palette
        self.update()

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Below this the digits cannot be read across a room."""
        return QSize(200, 124)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Draw the tile."""
        if self.face is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        brush = _Brush(painter, self._palette, self.face)
        brush.draw_ground(box)
        inner = box.adjusted(16, 12, -14, -12)
        brush.draw_top(QRectF(inner.left(), inner.top(), inner.width(), 18))
        bottom = QRectF(inner.left(), inner.bottom() - 18, inner.width(), 18)
        brush.draw_bottom(bottom)
        if self.face.note:
            brush.draw_note(bottom.translated(0, -21))
        middle_end = bottom.top() - (21 if self.face.note else 0)
        middle = QRectF(inner.left(), inner.top() + 18, inner.width(), middle_end - inner.top() - 18)
        brush.draw_limits(middle)
        brush.draw_digits(middle)
        painter.end()


class _Brush:
    """One painting of one face."""

    def __init__(self, painter: QPainter, palette: Palette, shown: Face) -> None:
        self._painter, self._palette, self._face = painter, palette, shown
        self._fill = palette.fill(shown.priority) if shown.priority in _LOUD and shown.priority else None
        self._own = self._fill.text if self._fill else palette.quantity(shown.quantity)
        self._quiet = self._fill.soft if self._fill else palette.muted
        self._loud = self._fill.text if self._fill else palette.loud(shown.priority or Priority.HIGH)

    def draw_ground(self, box: QRectF) -> None:
        edge = self._palette.line if self._fill is None else self._fill.flash
        self._painter.setPen(
            QPen(QColor(self._palette.low if self._face.priority is Priority.LOW else edge), 1)
        )
        self._painter.setBrush(QColor(self._palette.panel if self._fill is None else self._fill.surface))
        self._painter.drawRoundedRect(box, 10, 10)
        if self._fill is None:
            self._painter.setPen(Qt.PenStyle.NoPen)
            self._painter.setBrush(QColor(self._own))
            self._painter.drawRoundedRect(QRectF(box.left(), box.top() + 14, 3, box.height() - 28), 1.5, 1.5)

    def draw_top(self, room: QRectF) -> None:
        title = capitals(self._face.title)
        self._write(room, title, self._own, 12, Weight.SEMIBOLD)
        right = metrics(12, Weight.SEMIBOLD).horizontalAdvance(title) + 7
        self._write(room.adjusted(right, 0, 0, 0), self._face.unit, self._quiet, 12)
        if self._face.beyond is None:
            return
        word = words.BEYOND[self._face.beyond]
        self._painter.setFont(face(12, Weight.SEMIBOLD))
        self._painter.setPen(QColor(self._loud))
        self._painter.drawText(room, RIGHT, word)
        left = room.right() - metrics(12, Weight.SEMIBOLD).horizontalAdvance(word) - 17
        shape = self._face.priority or Priority.HIGH
        shapes.draw_state(self._painter, QRectF(left, room.top() + 3, 12, 11), self._loud, shape)

    def draw_limits(self, room: QRectF) -> None:
        for place, text in enumerate(self._face.limits):
            line = QRectF(room.left(), room.top() + 8 + place * 18, room.width(), 18)
            self._painter.setFont(face(12, Weight.MEDIUM, figures=True))
            self._painter.setPen(QColor(self._quiet))
            self._painter.drawText(line, RIGHT, text)

    def draw_digits(self, room: QRectF) -> None:
        beside = 58  # for the limits; a tall tile has room for them above
        if room.height() > 150:
            room, beside = room.adjusted(0, 26, 0, 0), 8
        px = int(min(room.height() * 0.98, (room.width() - beside) / 1.88, 240))
        measured = metrics(px, Weight.SEMIBOLD)
        while px > 24 and measured.horizontalAdvance(self._face.digits) > room.width() - beside:
            px -= 4
            measured = metrics(px, Weight.SEMIBOLD)
        believed = self._face.freshness is Freshness.LIVE
        faded = self._fill.soft if self._fill else self._palette.faint
        self._painter.setFont(face(px, Weight.SEMIBOLD))
        self._painter.setPen(QColor(self._own if believed else faded))
        base = room.center().y() + measured.capHeight() / 2
        self._painter.drawText(QPointF(room.left() - px * 0.04, base), self._face.digits)
        if self._face.is_struck:
            width = measured.horizontalAdvance(self._face.digits)
            self._painter.setPen(QPen(QColor(faded), max(3.0, px / 18)))
            y = room.center().y()
            self._painter.drawLine(QPointF(room.left() - 4, y), QPointF(room.left() + width, y))

    def draw_note(self, room: QRectF) -> None:
        colour = self._fill.text if self._fill else self._palette.warn
        shown = metrics(13, Weight.SEMIBOLD).elidedText(
            self._face.note, Qt.TextElideMode.ElideRight, room.width()
        )
        self._write(room, shown, colour, 13, Weight.SEMIBOLD)

    def draw_bottom(self, room: QRectF) -> None:
        dot = QRectF(room.left(), room.center().y() - 5, 10, 10)
        state = self._face.freshness
        colour = self._fill.text if self._fill else shapes.state_colour(self._palette, state)
        shapes.draw_state(self._painter, dot, colour, state)
        aged = (
            self._quiet
            if state is Freshness.LIVE
            else (self._fill.text if self._fill else self._palette.text)
        )
        self._write(room.adjusted(16, 0, 0, 0), self._face.age, aged, 12, Weight.MEDIUM)
        if not self._face.change:
            return
        self._painter.setFont(face(12, Weight.MEDIUM, figures=True))
        self._painter.setPen(QColor(self._quiet))
        self._painter.drawText(room, RIGHT, self._face.change)
        width = metrics(12, Weight.MEDIUM, figures=True).horizontalAdvance(self._face.change)
        arrow = QRectF(room.right() - width - 22, room.center().y() - 7, 14, 14)
        shapes.draw_arrow(self._painter, arrow, self._own, self._face.slope)

    def _write(self, room: QRectF, text: str, colour: str, px: int, weight: Weight = Weight.REGULAR) -> None:
        self._painter.setFont(face(px, weight, figures=True))
        self._painter.setPen(QColor(colour))
        self._painter.drawText(room, LEFT, text)
