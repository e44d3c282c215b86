"""This is the place for what stands where no alarm rings: are you protected? In letters for a wall."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout

from healthmon.gui import far, icons
from healthmon.gui.labels import OneLine, paint_text
from healthmon.gui.lettering import Weight, face
from healthmon.gui.palette import DARK, Palette
from healthmon.view.screen import Protection

LOW = 46  # pixels, where there is nothing to be read from afar
LINES = 3  # of what protects, or what is missing


class CalmCard(QFrame):
    """Says that nothing rings, and what that is worth. Without a protection it is one low line."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("alarm-calm")
        self.setAccessibleName("No active alarms")
        self.setProperty("look", "card")
        self._palette = DARK
        self._far = far.px(768)
        self._is_well = True
        self._protection: Protection | None = None
        self._icon = QLabel()
        self._icon.setObjectName("alarm-calm-icon")
        self._headline = OneLine("protection-far", self._far, Weight.SEMIBOLD)
        self._headline.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._words = OneLine("alarm-calm-text", 15, Weight.SEMIBOLD)
        self._lines = [OneLine(f"protection-line-{place}", 14) for place in range(LINES)]
        beside = QVBoxLayout()
        beside.setSpacing(1)
        beside.addStretch(1)
        for part in (self._words, *self._lines):
            part.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            beside.addWidget(part)
        beside.addStretch(1)
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 0, 16, 0)
        line.setSpacing(14)
        line.addWidget(self._icon)
        line.addWidget(self._headline)
        line.addLayout(beside, 1)
        self._show()

    @property
    def words(self) -> str:
        """What it says of alarms."""
        return self._words.text

    @property
    def tells_protection(self) -> bool:
        """Whether it says, in large letters, how protected anybody is."""
        return self._protection is not None

    def say(self, text: str, protection: Protection | None, *, is_well: bool) -> None:
        """Say this of alarms, and that of protection; a green tick only where it is good news."""
        if (text, protection, is_well) == (self._words.text, self._protection, self._is_well):
            return
        self._is_well, self._protection = is_well, protection
        self._words.show_text(text)
        self._words.setVisible(bool(text))
        self._show()

    def scale(self, font_px: int) -> None:
        """Letters for a wall are this large."""
        if font_px != self._far:
            self._far = font_px
            self._show()

    def wear(self, palette: Palette) -> None:
        """Take on these colours."""
        self._palette = palette
        self._show()

    def _show(self) -> None:
        told = self._protection
        lines = told.lines if told is not None else ()
        hidden = len(lines) - LINES
        for place, part in enumerate(self._lines):
            text = lines[place] if place < len(lines) else ""
            if hidden > 0 and place == LINES - 1:
                text = f"{text} · and {hidden} more"
            part.show_text(text)
            part.setVisible(bool(text))
        self._headline.setVisible(told is not None)
        self._headline.setFont(face(self._far, Weight.SEMIBOLD))
        self._headline.show_text(told.headline if told is not None else "")
        self.setFixedHeight(LOW if told is None else far.line_height(self._far) + 10)
        self.setAccessibleName(". ".join(part for part in (self._headline.text, self._words.text) if part))
        self.setAccessibleDescription("; ".join(lines))
        self._colour()

    def _colour(self) -> None:
        told, shades = self._protection, self._palette
        is_good = self._is_well if told is None else told.protected
        name = ("check" if is_good else "circle-alert") if told is None else _SHIELDS[is_good]
        colour = shades.good if is_good else shades.warn
        size = 20 if told is None else self._far * 3 // 4
        self._icon.setPixmap(icons.pixmap(name, colour, size, self.devicePixelRatioF()))
        paint_text(self._headline, colour)
        paint_text(self._words, shades.muted if self._is_well and told is None else shades.text)
        for part in self._lines:
            paint_text(part, shades.muted if is_good else shades.text)


_SHIELDS = {True: "shield-check", False: "shield-alert"}
