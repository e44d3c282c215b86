"""This is the place for what is said once and goes again: a line at the foot of the window."""

from collections import deque

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from healthmon.gui import icons
from healthmon.gui.buttons import icon_button
from healthmon.gui.labels import OneLine, paint_text
from healthmon.gui.lettering import Weight
from healthmon.gui.palette import DARK, Palette

SHOWN_TICKS = 100  # ten seconds each
MOST_WAITING = 20


class NoticeBar(QWidget):
    """Shows one sentence after the other, each for ten seconds or until it is closed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("notice-bar")
        self._palette = DARK
        self._waiting: deque[str] = deque(maxlen=MOST_WAITING)
        self._left = 0
        self._text = OneLine("notice", 14, Weight.MEDIUM)
        self._close = icon_button("notice-close", says="Close this note")
        self._close.clicked.connect(self._next)
        line = QHBoxLayout(self)
        line.setContentsMargins(18, 6, 8, 6)
        line.setSpacing(12)
        line.addWidget(self._text, 1)
        line.addWidget(self._close)
        self.hide()

    def say(self, text: str) -> None:
        """Show this sentence, after those that wait already."""
        if text:
            self._waiting.append(text)
            if not self.isVisible():
                self._next()

    def beat(self) -> None:
        """One tick has passed."""
        if self._left > 0:
            self._left -= 1
            if self._left == 0:
                self._next()

    def place(self) -> None:
        """Stand in the middle of the parent's foot."""
        parent = self.parentWidget()
        if parent is not None:
            width = min(self.sizeHint().width(), parent.width() - 48)
            height = self.sizeHint().height()
            self.setGeometry((parent.width() - width) // 2, parent.height() - height - 20, width, height)

    def wear(self, palette: Palette) -> None:
        """Take on these colours."""
        self._palette = palette
        paint_text(self._text, palette.text)
        self._close.setIcon(icons.icon("x", palette.muted, 16))

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """As wide as its sentence."""
        return QSize(self._text.sizeHint().width() + 84, 46)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Draw the ground."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(self._palette.accent))
        painter.setBrush(QColor(self._palette.raised))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)
        painter.end()

    def _next(self) -> None:
        if not self._waiting:
            self._left = 0
            self.hide()
            return
        self._text.show_text(self._waiting.popleft())
        self.setAccessibleName(self._text.text)
        self._left = SHOWN_TICKS
        self.place()
        self.show()
        self.raise_()
