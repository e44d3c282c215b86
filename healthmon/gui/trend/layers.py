"""This is the place for drawing on a plot in pixels: where a moment and a value stand."""

from dataclasses import dataclass

import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from healthmon.gui.palette import DARK, Palette


@dataclass(frozen=True, slots=True)
class Frame:
    """What a plot shows and how large it is, in pixels."""

    start: float
    end: float
    bottom: float
    top: float
    width: float
    height: float

    def x(self, moment: float) -> float:
        """Where a moment stands."""
        return (moment - self.start) / (self.end - self.start) * self.width

    def y(self, value: float) -> float:
        """Where a value stands; larger is higher."""
        return (self.top - value) / (self.top - self.bottom) * self.height

    @property
    def box(self) -> QRectF:
        """The whole plot."""
        return QRectF(0, 0, self.width, self.height)


class Layer(pg.GraphicsObject):  # type: ignore[misc]  # pyqtgraph is untyped
    """Something drawn in the pixels of a ViewBox, below (`depth` negative) or above its curves."""

    def __init__(self, box: pg.ViewBox, depth: int) -> None:
        super().__init__()
        self._box = box
        self.palette: Palette = DARK
        self.setParentItem(box)
        self.setZValue(depth)
        box.sigResized.connect(self._resized)
        box.sigRangeChanged.connect(self._moved)

    def frame(self) -> Frame:
        """What the plot shows at this moment."""
        (start, end), (bottom, top) = self._box.viewRange()
        size = self._box.size()
        return Frame(start, end, bottom, top, size.width(), size.height())

    def boundingRect(self) -> QRectF:  # noqa: N802  # Qt's name
        """The whole plot."""
        return QRectF(self._box.rect())

    def wear(self, palette: Palette) -> None:
        """Take on these colours."""
        self.palette = palette
        self.update()

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        """Draw, unless the plot has no size yet."""
        frame = self.frame()
        if frame.width > 1 and frame.height > 1:
            self.draw(painter, frame)

    def draw(self, painter: QPainter, frame: Frame) -> None:
        """Draw in pixels; (0, 0) is the top left corner of the plot. A bare layer draws nothing."""

    def plate(self, painter: QPainter, box: QRectF) -> None:
        """A ground for figures that must stay legible over a curve."""
        ground = QColor(self.palette.plot)
        ground.setAlphaF(0.78)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(box, 4, 4)

    def _resized(self) -> None:
        self.prepareGeometryChange()
        self.update()

    def _moved(self) -> None:
        self.update()
