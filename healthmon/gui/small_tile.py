"""This is the place for small figures: coffee today, resting heart rate."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from healthmon.gui import icons
from healthmon.gui.buttons import row
from healthmon.gui.labels import OneLine, label, paint_text
from healthmon.gui.lettering import Weight
from healthmon.gui.palette import DARK, Palette
from healthmon.view.screen import Tile

_ICONS = {"coffee": "coffee", "resting": "activity"}
MOST = 2


class SmallTile(QFrame):
    """One small figure with its icon, title and note."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("look", "card")
        self.setFixedHeight(89)
        self._icon = QLabel()
        self._icon.setObjectName(f"{name}-icon")
        self._title = OneLine(f"{name}-title", 11, Weight.MEDIUM)
        self._text = OneLine(f"{name}-text", 20, Weight.SEMIBOLD)
        self._note = label(f"{name}-note", 11)
        self._note.setWordWrap(True)
        self._note.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._palette = DARK
        self._tile: Tile | None = None
        middle = row(6)
        middle.addWidget(self._text, 1)
        middle.addWidget(self._icon)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(12, 8, 10, 6)
        lines.setSpacing(1)
        lines.addWidget(self._title)
        lines.addLayout(middle)
        lines.addWidget(self._note, 1)

    def show_tile(self, tile: Tile) -> None:
        """Show this figure from now on."""
        if tile == self._tile:
            return
        self._tile = tile
        self._title.show_text(tile.title)
        self._text.show_text(tile.text)
        self._note.setText(tile.note)
        self.setAccessibleName(f"{tile.title} {tile.text}, {tile.note}")
        self._colour()

    def wear(self, palette: Palette) -> None:
        """Take on these colours."""
        self._palette = palette
        self._colour()

    def _colour(self) -> None:
        kind = self._tile.kind if self._tile else ""
        colour = {"coffee": self._palette.coffee, "resting": self._palette.heart}.get(
            kind, self._palette.text
        )
        name = _ICONS.get(kind, "info")
        self._icon.setPixmap(icons.pixmap(name, colour, 18, self.devicePixelRatioF()))
        paint_text(self._title, self._palette.muted)
        paint_text(self._text, colour)
        paint_text(self._note, self._palette.muted)


class SmallTiles(QWidget):
    """At most two small figures side by side."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("small-tiles")
        line = row(8)
        self.setLayout(line)
        self._tiles = [SmallTile(f"tile-{place}") for place in range(1, MOST + 1)]
        for tile in self._tiles:
            line.addWidget(tile, 1, Qt.AlignmentFlag(0))

    def show_tiles(self, tiles: tuple[Tile, ...]) -> None:
        """Show the first two of these."""
        for place, widget in enumerate(self._tiles):
            widget.setVisible(place < len(tiles))
            if place < len(tiles):
                widget.show_tile(tiles[place])

    def wear(self, palette: Palette) -> None:
        """Take on these colours."""
        for tile in self._tiles:
            tile.wear(palette)
