"""This is the place for the right column: two big numbers, two small ones, and advice."""

from datetime import tzinfo

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from healthmon.gui.advice_card import AdvicePanel
from healthmon.gui.numeral_tile import NumeralTile
from healthmon.gui.palette import Palette
from healthmon.gui.small_tile import SmallTiles
from healthmon.view.screen import Screen

LEAST = 256  # pixels: two numbers that can be read across a room, and nothing else
TILES_FROM, ADVICE_FROM = 540, 440  # of its height: where less is there, the numbers need it more
SHORT_ADVICE = 150
_ANY = 16_777_215  # Qt's own word for no bound


class Figures(QWidget):
    """Paints the selected person's figures."""

    def __init__(self, zone: tzinfo | None) -> None:
        super().__init__()
        self.setObjectName("figures")
        self.setAccessibleName("Figures")
        self.heart_rate = NumeralTile("heart-rate")
        self.oxygen = NumeralTile("oxygen")
        self.tiles = SmallTiles()
        self.advice = AdvicePanel(zone)
        lines = QVBoxLayout(self)
        self.setMinimumHeight(LEAST)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(8)
        lines.addWidget(self.heart_rate, 1)
        lines.addWidget(self.oxygen, 1)
        lines.addWidget(self.tiles)
        lines.addWidget(self.advice)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """Where height is short the small figures go first, then advice: the two numbers take the room."""
        super().resizeEvent(event)
        is_short = self.height() < TILES_FROM
        self.tiles.setVisible(not is_short)
        self.advice.setMaximumHeight(SHORT_ADVICE if is_short else _ANY)

    def show_screen(self, screen: Screen) -> None:
        """Paint what changed."""
        self.heart_rate.show_numeral(screen.heart_rate)
        self.oxygen.show_numeral(screen.oxygen)
        self.tiles.show_tiles(screen.tiles)
        self.advice.show_advice(screen.advice if self.height() >= ADVICE_FROM else None, screen.now)

    def distrust(self, screen: Screen) -> None:
        """The window has stopped following: no number may look live any more."""
        self.heart_rate.show_numeral(screen.heart_rate, is_trusted=False)
        self.oxygen.show_numeral(screen.oxygen, is_trusted=False)

    def wear(self, palette: Palette) -> None:
        """Take on these colours."""
        for part in (self.heart_rate, self.oxygen, self.tiles, self.advice):
            part.wear(palette)
