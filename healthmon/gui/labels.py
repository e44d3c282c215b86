"""This is the place for text on the window: always plain, never markup, cut when it must be."""

from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from healthmon.gui.lettering import Weight, face, one_line


def label(name: str, px: int = 13, weight: Weight = Weight.REGULAR, text: str = "") -> QLabel:
    """A label that shows its text as it is, `<img src=x>` included."""
    made = QLabel(text)
    made.setObjectName(name)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setFont(face(px, weight))
    return made


def heading(name: str, text: str) -> QLabel:
    """A small capital heading above a card's content."""
    made = label(name, 11, Weight.SEMIBOLD, text.upper())
    made.setFont(face(11, Weight.SEMIBOLD, caps=True))
    made.setAccessibleName(text)
    return made


def paint_text(widget: QWidget, color: str) -> None:
    """Give a label this colour, without a style sheet of its own."""
    shades = widget.palette()
    shades.setColor(QPalette.ColorRole.WindowText, QColor(color))
    widget.setPalette(shades)


def tip(widget: QWidget, text: str) -> None:
    """A tool tip with plain text: Qt would guess markup in it otherwise."""
    wanted = f"<span>{escape(text)}</span>" if text else ""
    if widget.toolTip() != wanted:
        widget.setToolTip(wanted)


class OneLine(QWidget):
    """One line of plain text that gives way: it is cut with an ellipsis when there is no room for it.

    The whole text stays in the tool tip and in the accessible name.
    """

    def __init__(self, name: str, px: int = 13, weight: Weight = Weight.REGULAR) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setFont(face(px, weight, figures=True))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._text = ""

    @property
    def text(self) -> str:
        """The whole text."""
        return self._text

    def show_text(self, text: str) -> None:
        """Show this from now on; cheap when nothing changed."""
        text = one_line(text)
        if text == self._text:
            return
        self._text = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()
        self._explain()

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """As wide as the text, as tall as a line."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self._text) + 2, metrics.height() + 2)

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """May be squeezed to a few letters."""
        return QSize(min(24, self.sizeHint().width()), self.sizeHint().height())

    def resizeEvent(self, _event: object) -> None:  # noqa: N802  # Qt's name
        """Whether the text is cut depends on the width."""
        self._explain()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Draw the text, cut if need be."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        shown = self.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
        painter.end()

    def _explain(self) -> None:
        tip(self, self._text if self.sizeHint().width() > self.width() + 2 else "")
