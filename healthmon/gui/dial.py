"""This is the place for a slider with its number beside it, and a mark where the profile has it."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QSlider, QStyle, QWidget

from healthmon.gui.labels import label, paint_text
from healthmon.gui.lettering import Weight, face
from healthmon.gui.palette import DARK, Palette
from healthmon.view.limits_card import Dial

NUMBER_WIDTH = 66
HANDLE = 14  # pixels, as the style sheet draws it


class MarkedSlider(QSlider):
    """A slider with a small mark under the usual place."""

    def __init__(self, name: str) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setObjectName(name)
        self.mark = 0
        self.colour = DARK.muted

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Draw the slider, and the mark."""
        super().paintEvent(event)
        room = self.width() - HANDLE
        at = QStyle.sliderPositionFromValue(self.minimum(), self.maximum(), self.mark, room) + HANDLE / 2
        foot = self.height() - 1.0
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.colour))
        painter.drawPolygon(QPolygonF([QPointF(at, foot - 5), QPointF(at - 4, foot), QPointF(at + 4, foot)]))
        painter.end()


class DialRow(QWidget):
    """One dial. `moved` when a person has moved it; never when it is shown."""

    moved = Signal()

    def __init__(self, name: str, says: str, told: Callable[[float], str]) -> None:
        super().__init__()
        self.setObjectName(f"{name}-dial")
        self._told = told
        self._step, self._least = 1.0, 0.0
        self.slider = MarkedSlider(name)
        self.slider.setAccessibleName(says)
        self.slider.setMinimumWidth(150)
        self.slider.setMinimumHeight(26)
        self._number = label(f"{name}-number", 14, Weight.SEMIBOLD)
        self._number.setFont(face(14, Weight.SEMIBOLD, figures=True))
        self._number.setFixedWidth(NUMBER_WIDTH)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(10)
        line.addWidget(self.slider, 1)
        line.addWidget(self._number)
        self.slider.valueChanged.connect(self._changed)

    @property
    def value(self) -> float:
        """Where it stands."""
        return self._least + self.slider.value() * self._step

    def show_dial(self, dial: Dial) -> None:
        """Take on this range, and stand where it stands."""
        self._step, self._least = dial.step, dial.least
        self.slider.blockSignals(True)  # noqa: FBT003  # Qt's own
        self.slider.setRange(0, round((dial.most - dial.least) / dial.step))
        self.slider.setPageStep(max(1, self.slider.maximum() // 10))
        self.slider.mark = self._place(dial.usual)
        self.slider.setValue(self._place(dial.value))
        self.slider.blockSignals(False)  # noqa: FBT003  # Qt's own
        self._say()

    def stand(self, value: float) -> None:
        """Stand there, as if a person had moved it."""
        self.slider.setValue(self._place(value))

    def wear(self, palette: Palette) -> None:
        """Take on these colours."""
        self.slider.colour = palette.accent
        paint_text(self._number, palette.text)

    def _place(self, value: float) -> int:
        return round((value - self._least) / self._step)

    def _changed(self, _place: int) -> None:
        self._say()
        self.moved.emit()

    def _say(self) -> None:
        said = self._told(self.value)
        self._number.setText(said)
        self.slider.setAccessibleDescription(said)
