"""This is the place for the plots of one person, on one time axis."""

from collections.abc import Mapping, Sequence
from datetime import tzinfo

import pyqtgraph as pg
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QWheelEvent

from healthmon.gui.palette import Palette
from healthmon.gui.trend.plot import TrendPlot
from healthmon.view.screen import Mark, Trend

QUANTITIES = ("HR", "SPO2")
_SHARES = (59, 41)
MARGIN = 0.02  # of the span, right of now, so that the newest reading is not cut

pg.setConfigOptions(antialias=True, segmentedLineMode="on", useOpenGL=False, mouseRateLimit=30)


class TrendView(pg.GraphicsLayoutWidget):  # type: ignore[misc]  # pyqtgraph is untyped
    """Heart rate above oxygen. `looked` tells which stretch a person has dragged or zoomed to."""

    looked = Signal(float, float)  # start and end, seconds since the epoch

    def __init__(self, zone: tzinfo | None) -> None:
        super().__init__()
        self.setObjectName("trend-plots")
        self.setAccessibleName("Heart rate and oxygen over time")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setObjectName("trend-canvas")
        self.setFrameShape(self.Shape.NoFrame)
        self.ci.layout.setContentsMargins(0, 0, 0, 0)
        self.ci.layout.setVerticalSpacing(8)
        self.ci.layout.setHorizontalSpacing(0)
        self.plots = {name: TrendPlot(name, zone, has_pills=name == QUANTITIES[0]) for name in QUANTITIES}
        for place, plot in enumerate(self.plots.values()):
            self.addItem(plot.value_axis, place, 0)
            self.addItem(plot.box, place, 1)
            self.ci.layout.setRowStretchFactor(place, _SHARES[place])
            self.ci.layout.setRowMinimumHeight(place, _SHARES[place])
            self.ci.layout.setRowPreferredHeight(place, 10 * _SHARES[place])
            plot.moved.connect(self._moved)
        self.addItem(self.plots[QUANTITIES[-1]].time_axis, len(QUANTITIES), 1)
        self._range = (0.0, 1.0)

    @property
    def columns(self) -> int:
        """How many pixels wide the plots are."""
        return max(50, int(self.plots[QUANTITIES[0]].box.size().width()))

    def show_span(self, start: float, end: float, *, is_live: bool) -> None:
        """Show this stretch. While it follows the present it moves on by whole pixels only."""
        if is_live:
            end += (end - start) * MARGIN
        shown_start, shown_end = self._range
        pixel = (end - start) / self.columns
        same_length = abs((end - start) - (shown_end - shown_start)) < pixel
        if same_length and abs(end - shown_end) < (pixel if is_live else pixel / 100):
            return
        self._range = (start, end)
        for plot in self.plots.values():
            plot.look(start, end)

    def show_trends(self, trends: Sequence[Trend], marks: Sequence[Mark], live: Mapping[str, bool]) -> None:
        """Show these trends and marks; `live` tells whose newest reading is shown with a halo."""
        by_quantity = {trend.quantity: trend for trend in trends}
        for name, plot in self.plots.items():
            plot.show_trend(by_quantity.get(name), is_live=live.get(name, False))
            plot.show_marks(marks)

    def wear(self, palette: Palette) -> None:
        """Take on these colours."""
        self.setBackground(QColor(palette.panel))
        for plot in self.plots.values():
            plot.wear(palette)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802  # Qt's name
        """Zoom, and keep the wheel from whatever is behind."""
        super().wheelEvent(event)
        event.accept()

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Below this nothing can be read."""
        return QSize(320, 220)

    def _moved(self, start: float, end: float) -> None:
        self._range = (start, end)
        for plot in self.plots.values():
            plot.look(start, end)
        self.looked.emit(start, end)
