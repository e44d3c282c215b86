"""This is the place for what is laid over the window for a moment: the keys, and a last question."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from healthmon.gui import style
from healthmon.gui.buttons import button, card, row
from healthmon.gui.labels import label, paint_text
from healthmon.gui.lettering import Weight
from healthmon.gui.palette import DARK, Palette


class Sheet(QWidget):
    """A card in the middle of the window; the rest is dimmed. Readings go on behind it."""

    def __init__(self, parent: QWidget, name: str, title: str) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self._palette = DARK
        self._card: QFrame = card(f"{name}-card", title)
        self._title = label(f"{name}-title", 19, Weight.SEMIBOLD, title)
        self.body = QVBoxLayout(self._card)
        self.body.setContentsMargins(28, 24, 28, 22)
        self.body.setSpacing(12)
        self.body.addWidget(self._title)
        around = QVBoxLayout(self)
        around.addWidget(self._card, 0, Qt.AlignmentFlag.AlignCenter)
        self._top = 0
        self.hide()

    def open(self) -> None:
        """Lay it over the window, beneath what is left free."""
        self.place()
        self.show()
        self.raise_()

    def leave_free(self, top: int) -> None:
        """Cover nothing above that many pixels from the top: an alarm stays in sight, and within reach."""
        if top != self._top:
            self._top = top
            self.place()

    def place(self) -> None:
        """Cover the rest of the window as it is now."""
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect().adjusted(0, self._top, 0, 0))

    def lay_out_foot(self, closes: QWidget, *others: QWidget) -> None:
        """The last line of the card: what closes it on the left, what else can be done on the right."""
        line = row(10)
        line.addWidget(closes)
        line.addStretch(1)
        for other in others:
            line.addWidget(other)
        self.body.addSpacing(6)
        self.body.addLayout(line)

    def wear(self, palette: Palette) -> None:
        """Take on these colours."""
        self._palette = palette
        for part in self.findChildren(QLabel):
            paint_text(part, palette.muted if part.property("look") == "muted" else palette.text)
        for box in self.findChildren(QCheckBox):
            box.setPalette(style.box_palette(palette))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Dim what is behind."""
        painter = QPainter(self)
        dim = QColor(self._palette.window)
        dim.setAlphaF(0.72)
        painter.fillRect(self.rect(), dim)
        painter.end()


COMMANDS = (
    ("healthmon doctor", "what is wrong, each with its cure"),
    ("healthmon contacts add NAME -", "makes somebody known who is called"),
    ("healthmon stop", "ends a recorder that does not answer"),
)


class HelpSheet(Sheet):
    """Which key does what; and what to type, for whoever looks after the computer."""

    def __init__(self, parent: QWidget, keys: Sequence[tuple[str, str]]) -> None:
        super().__init__(parent, "help-sheet", "Keys")
        lines = QGridLayout()
        lines.setHorizontalSpacing(28)
        lines.setVerticalSpacing(5)
        self._add(lines, "key", keys)
        self.body.addLayout(lines)
        self.body.addWidget(label("help-typed", 13, Weight.SEMIBOLD, "For whoever looks after this computer"))
        typed = QGridLayout()
        typed.setHorizontalSpacing(28)
        typed.setVerticalSpacing(5)
        self._add(typed, "command", COMMANDS)
        self.body.addLayout(typed)
        self.close_button = button("help-close", "Close", key="Esc")
        self.close_button.clicked.connect(self.hide)
        self.body.addSpacing(4)
        self.body.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignRight)

    def open(self) -> None:
        """Lay it over the window, its button ready for Return."""
        super().open()
        self.close_button.setFocus()

    def _add(self, lines: QGridLayout, kind: str, told: Sequence[tuple[str, str]]) -> None:
        for place, (typed, does) in enumerate(told):
            name = label(f"{kind}-{place}", 13, Weight.SEMIBOLD, typed)
            name.setProperty("look", "code")
            words = label(f"{kind}-does-{place}", 13, Weight.REGULAR, does)
            words.setProperty("look", "muted")
            lines.addWidget(name, place, 0, Qt.AlignmentFlag.AlignLeft)
            lines.addWidget(words, place, 1)


class ClosingSheet(Sheet):
    """Says what goes on without the window, and asks what is wanted."""

    leave_asked = Signal()
    stop_asked = Signal()

    def __init__(self, parent: QWidget, *, may_stop: bool) -> None:
        super().__init__(parent, "closing-sheet", "Close this window?")
        self._note = label("closing-note", 14)
        self._note.setProperty("look", "muted")
        self._note.setWordWrap(True)
        self._note.setFixedWidth(440)
        self.body.addWidget(self._note)
        self.stay = button("closing-stay", "Keep watching", key="Esc")
        self.stay.clicked.connect(self.hide)
        self.leave = button("closing-leave", "Close window", key="Return")
        self.leave.clicked.connect(self.leave_asked)
        others = [self.leave]
        if may_stop:
            stop = button("closing-stop", "Stop recording", says="Stop recording and close")
            stop.clicked.connect(self.stop_asked)
            others.insert(0, stop)
        self.lay_out_foot(self.stay, *others)

    def ask(self, note: str) -> None:
        """Say this and wait for an answer."""
        self._note.setText(note)
        self.setAccessibleDescription(note)
        self.open()
        self.leave.setFocus()
