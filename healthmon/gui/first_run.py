"""This is the place for the very first look: nobody is here yet, and how that changes."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout

from healthmon.gui import icons
from healthmon.gui.labels import label, paint_text
from healthmon.gui.lettering import Weight
from healthmon.gui.palette import Palette
from healthmon.view.screen import Recording

NOBODY = "Nobody here yet"
_SAID = {
    Recording.RECORDING: (NOBODY, "healthmon is listening. A person appears here with their first reading."),
    Recording.NOT_RECORDING: (
        "Nobody is listening",
        "Nothing is recorded now: whoever is measured is not seen.",
    ),
    Recording.STARTING: ("One moment", "The recorder is starting."),
    Recording.REPLAY: (NOBODY, "Up to this time nobody was measured in this recording."),
}
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
        self.setAccessibleName("How to start")
        self.setProperty("look", "card")
        self._icon = QLabel()
        self._icon.setObjectName("first-run-icon")
        self._icon.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._title = label("first-run-title", 24, Weight.SEMIBOLD)
        self._lead = label("first-run-lead", 15)
        self._steps = [self._step(place, *step) for place, step in enumerate(STEPS, start=1)]
        self._holder = QFrame()
        self._lay_out()
        self.show_state(Recording.STARTING)

    def show_state(self, recording: Recording) -> None:
        """Say why nobody is here. While the recorder starts it is too early to say so."""
        title, lead = _SAID[recording]
        self._title.setText(title)
        self._lead.setText(lead)
        self._holder.setVisible(recording is not Recording.STARTING)

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
