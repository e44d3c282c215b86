"""This is the place for the very first look: nobody is here yet, and how that changes."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout

from healthmon.gui import icons
from healthmon.gui.labels import label, paint_text
from healthmon.gui.lettering import Weight
from healthmon.gui.palette import Palette

LEAD = "healthmon is listening. A person appears here with their first reading."
STEPS = (
    ("Look around first", "healthmon demo", "shows simulated people on this machine"),
    ("Bring what you have", "healthmon log import FILE", "takes in readings from a file"),
    ("Something is wrong?", "healthmon doctor", "checks broker, disk and display, with the cure"),
)


class FirstRun(QFrame):
    """Says how to start."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("first-run")
        self.setAccessibleName("Nobody here yet: how to start")
        self.setProperty("look", "card")
        self._icon = QLabel()
        self._icon.setObjectName("first-run-icon")
        self._icon.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._title = label("first-run-title", 24, Weight.SEMIBOLD, "Nobody here yet")
        self._lead = label("first-run-lead", 15, text=LEAD)
        self._steps = [self._step(place, *step) for place, step in enumerate(STEPS, start=1)]
        self._holder = QFrame()
        self._is_waiting = False
        self._lay_out()

    def show_waiting(self, *, is_waiting: bool) -> None:
        """While the recorder starts it is too early to say that nobody is here."""
        if is_waiting == self._is_waiting:
            return
        self._is_waiting = is_waiting
        self._title.setText("One moment" if is_waiting else "Nobody here yet")
        self._lead.setText("The recorder is starting." if is_waiting else LEAD)
        self._holder.setVisible(not is_waiting)

    def wear(self, palette: Palette) -> None:
        """Take on these colours."""
        self._icon.setPixmap(icons.pixmap("users", palette.accent, 52, self.devicePixelRatioF()))
        paint_text(self._title, palette.text)
        paint_text(self._lead, palette.muted)
        for title, command, does in self._steps:
            paint_text(title, palette.text)
            paint_text(command, palette.text)
            paint_text(does, palette.muted)

    def _step(self, place: int, title: str, command: str, does: str) -> tuple[QLabel, QLabel, QLabel]:
        code = label(f"first-run-command-{place}", 14, Weight.MEDIUM, command)
        code.setProperty("look", "code")
        code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return (
            label(f"first-run-step-{place}", 15, Weight.SEMIBOLD, title),
            code,
            label(f"first-run-does-{place}", 14, text=does),
        )

    def _lay_out(self) -> None:
        lines = QVBoxLayout(self)
        lines.setSpacing(8)
        lines.addStretch(2)
        for part in (self._icon, self._title, self._lead):
            lines.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        lines.addSpacing(16)
        block = QGridLayout()
        block.setHorizontalSpacing(14)
        block.setVerticalSpacing(14)
        for place, parts in enumerate(self._steps):
            for column, part in enumerate(parts):
                block.addWidget(part, place, column)
        self._holder.setObjectName("first-run-steps")
        self._holder.setLayout(block)
        lines.addWidget(self._holder, 0, Qt.AlignmentFlag.AlignHCenter)
        lines.addStretch(3)
