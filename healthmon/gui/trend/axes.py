"""This is the place for the two axes: wall-clock time below, round values on the left, both quiet."""

from datetime import tzinfo
from typing import Any

import pyqtgraph as pg
from PySide6.QtGui import QColor

from healthmon.gui import words
from healthmon.gui.lettering import Weight, face
from healthmon.gui.palette import Palette
from healthmon.gui.trend import ladder

LEFT_WIDTH = 44  # the same for every plot, so that their time axes line up
BOTTOM_HEIGHT = 22


class TimeAxis(pg.AxisItem):  # type: ignore[misc]  # pyqtgraph is untyped
    """Wall-clock times of one zone."""

    def __init__(self, zone: tzinfo | None) -> None:
        super().__init__("bottom")
        self._zone = zone
        _quieten(self)
        self.setHeight(BOTTOM_HEIGHT)

    def moments(self, start: float, end: float, pixels: float) -> tuple[float, list[float]]:
        """The step and the moments that carry a label."""
        step = ladder.time_step(end - start, pixels)
        return step, ladder.time_ticks(start, end, step, self._ahead(start))

    def tickValues(self, start: float, end: float, pixels: float) -> list[tuple[float, list[float]]]:  # noqa: N802  # theirs
        """One level of ticks."""
        return [self.moments(start, end, pixels)]

    def tickStrings(self, moments: list[float], _scale: float, spacing: float) -> list[str]:  # noqa: N802  # theirs
        """Their labels."""
        return [ladder.time_label(moment, spacing, self._zone) for moment in moments]

    def _ahead(self, start: float) -> float:
        return words.offset_seconds(words.moment(start), self._zone)


class ValueAxis(pg.AxisItem):  # type: ignore[misc]  # pyqtgraph is untyped
    """Round values; none above `ceiling`, because there is no saturation of 104 %."""

    def __init__(self, ceiling: float | None) -> None:
        super().__init__("left")
        self._ceiling = ceiling
        _quieten(self)
        self.setWidth(LEFT_WIDTH)

    def values(self, bottom: float, top: float, pixels: float) -> tuple[float, list[float]]:
        """The step and the values that carry a label."""
        step = ladder.value_step(top - bottom, pixels)
        ticks = ladder.value_ticks(bottom, top, step)
        highest = top - (top - bottom) * 9 / max(pixels, 9.0)  # a label higher up would be cut
        ceiling = highest if self._ceiling is None else min(highest, self._ceiling)
        return step, [tick for tick in ticks if tick <= ceiling]

    def tickValues(self, bottom: float, top: float, pixels: float) -> list[tuple[float, list[float]]]:  # noqa: N802  # theirs
        """One level of ticks."""
        return [self.values(bottom, top, pixels)]

    def tickStrings(self, values: list[float], _scale: float, _spacing: float) -> list[str]:  # noqa: N802  # theirs
        """Their labels."""
        return [f"{value:g}" for value in values]


def wear(axis: Any, palette: Palette) -> None:  # Any: pyqtgraph is untyped
    """Give an axis these colours."""
    axis.setTextPen(QColor(palette.muted))
    axis.picture = None
    axis.update()


def _quieten(axis: Any) -> None:  # Any: pyqtgraph is untyped
    axis.setPen(None)
    axis.setStyle(tickLength=0, tickFont=face(12, Weight.MEDIUM, figures=True), tickTextOffset=8, tickAlpha=0)
    axis.enableAutoSIPrefix(enable=False)
