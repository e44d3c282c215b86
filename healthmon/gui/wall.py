"""This is the place for an alarm in letters for a wall: how urgent, what, and whose or who sees to it."""

from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from healthmon.gui import far, icons
from healthmon.gui.buttons import row
from healthmon.gui.labels import OneLine, paint_text
from healthmon.gui.lettering import Weight, face, one_line
from healthmon.gui.palette import Fill
from healthmon.gui.pill import Pill
from healthmon.view.screen import AlarmLine


class Wall(QWidget):
    """One line across the whole strip. Whose it is gives way before what it is."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("alarm-wall")
        self._icon = QLabel()
        self._icon.setObjectName("alarm-wall-icon")
        self._pill = Pill()
        self._headline = OneLine("alarm-wall-text", 15, Weight.SEMIBOLD)
        self._beside = OneLine("alarm-wall-beside", 15, Weight.REGULAR)
        self._headline.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._beside.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        line = row(16)
        self.setLayout(line)
        line.addWidget(self._icon)
        line.addWidget(self._pill)
        line.addWidget(self._headline)
        line.addWidget(self._beside, 1)

    def names(self, person: str) -> bool:
        """Whether this name stands here whole, so that nobody need write it again."""
        beside = self._beside
        return (
            bool(person) and beside.text == one_line(person) and beside.sizeHint().width() <= beside.width()
        )

    def show_alarm(self, alarm: AlarmLine, fill: Fill, font_px: int, icon: str) -> None:
        """Show this alarm in letters of that size."""
        self.setFixedHeight(far.line_height(font_px))
        self._pill.show_priority(alarm.priority, fill, far_px=font_px)
        self._icon.setPixmap(icons.pixmap(icon, fill.text, font_px * 2 // 3, self.devicePixelRatioF()))
        for part, text, weight in (
            (self._headline, alarm.headline or alarm.text, Weight.SEMIBOLD),
            (self._beside, alarm.beside, Weight.REGULAR),
        ):
            part.setFont(face(font_px, weight))
            part.show_text(text)
            part.updateGeometry()
            paint_text(part, fill.text)
