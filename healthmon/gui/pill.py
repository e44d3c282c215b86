"""This is the place for how urgent an alarm is, as a pill: `HIGH ★★★` in a rounded box."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from healthmon.gui import far, words
from healthmon.gui.lettering import Weight, face
from healthmon.gui.palette import Fill
from healthmon.view.screen import Priority


class Pill(QWidget):
    """`HIGH ★★★` in a rounded box."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("alarm-priority")
        self.setFont(face(12, Weight.SEMIBOLD))
        self._text, self._colour, self._ground = "", "", ""

    def show_priority(self, priority: Priority, fill: Fill, *, far_px: int = 0) -> None:
        """Show this priority from now on; in letters for a wall it is the word alone."""
        self.setFont(face(far_px or 12, Weight.SEMIBOLD))
        self._text = priority.upper() if far_px else f"{priority.upper()}  {words.STARS[priority]}"
        self._colour, self._ground = fill.text, fill.pill
        self.setAccessibleName(f"{priority} priority")
        wide, tall = far_px // 2 or 20, far.line_height(far_px) - 8 if far_px else 24
        self.setFixedSize(QSize(QFontMetrics(self.font()).horizontalAdvance(self._text) + wide, tall))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Draw the pill."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._ground))
        painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        painter.setPen(QColor(self._colour))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._text)
        painter.end()
