"""This is the place for the sheet of somebody's quiet hours: from when, to when, or none."""

from PySide6.QtCore import Qt, QTime, Signal
from PySide6.QtWidgets import QLabel, QTimeEdit, QWidget

from healthmon.gui.buttons import button, row
from healthmon.gui.labels import label
from healthmon.gui.lettering import Weight, face, one_line
from healthmon.gui.sheets import Sheet
from healthmon.view import quiet, words
from healthmon.view.care import Quiet

USUAL = ("22:00", "07:00")  # what stands there before anybody chose: our choice
_SHOWN_AS = "HH:mm"


class QuietSheet(Sheet):
    """Asks for the quiet hours of one person. What view has doubts about is asked for twice."""

    saved = Signal(str, object)  # person; (from, to) or None for no quiet hours

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "quiet-sheet", words.quiet.TITLE)
        self._quiet: Quiet | None = None
        self._doubted = ("", "")  # these were asked for once
        self._about = self._paragraph("quiet-about")
        self._begins, self._ends = _time("quiet-from", "From"), _time("quiet-to", "To")
        self._clock = self._paragraph("quiet-clock")
        self._warning = label("quiet-warning", 14, Weight.SEMIBOLD)
        self._warning.setWordWrap(True)
        line = row(10)
        for said, part in (("From", self._begins), ("to", self._ends)):
            line.addWidget(label(f"{part.objectName()}-word", 15, Weight.MEDIUM, said))
            line.addWidget(part)
            part.timeChanged.connect(self._changed)
        line.addStretch(1)
        self.body.addWidget(self._about)
        self.body.addLayout(line)
        self.body.addWidget(self._clock)
        self.body.addWidget(self._warning)
        self._lay_out_foot()

    def ask(self, hours: Quiet) -> None:
        """Show what holds, and wait."""
        self._quiet, self._doubted = hours, ("", "")
        name = one_line(hours.name)
        self._title.setText(f"{words.quiet.TITLE} of {name}")
        self._about.setText(words.quiet.means(name))
        self._clock.setText(words.quiet.clock(hours.zone))
        begins, ends = (hours.begins, hours.ends) if hours.begins else USUAL
        self._begins.setTime(QTime.fromString(begins, _SHOWN_AS))
        self._ends.setTime(QTime.fromString(ends, _SHOWN_AS))
        self._none.setVisible(bool(hours.begins))
        self._changed()
        self.open()
        self._begins.setFocus()

    def _chosen(self) -> tuple[str, str]:
        return self._begins.time().toString(_SHOWN_AS), self._ends.time().toString(_SHOWN_AS)

    def _changed(self, *_time: object) -> None:
        chosen = self._chosen()
        mistake = quiet.mistake(*chosen)
        doubt = quiet.doubt(*chosen) if chosen == self._doubted else ""
        self._warning.setText(mistake or doubt)
        self._warning.setVisible(bool(mistake or doubt))
        is_new = self._quiet is None or chosen != (self._quiet.begins, self._quiet.ends)
        self._save.setEnabled(not mistake and is_new)

    def _done(self) -> None:
        chosen = self._chosen()
        if quiet.doubt(*chosen) and chosen != self._doubted:
            self._doubted = chosen
            self._changed()
            return
        self._say(chosen)

    def _none_any_more(self) -> None:
        self._say(None)

    def _say(self, hours: tuple[str, str] | None) -> None:
        self.hide()
        if self._quiet is not None:
            self.saved.emit(self._quiet.person, hours)

    def _paragraph(self, name: str) -> QLabel:
        made = label(name, 14)
        made.setProperty("look", "muted")
        made.setWordWrap(True)
        made.setFixedWidth(520)
        return made

    def _lay_out_foot(self) -> None:
        close = button("quiet-close", "Back", key="Esc")
        close.clicked.connect(self.hide)
        self._none = button("quiet-none", "No quiet hours")
        self._none.clicked.connect(self._none_any_more)
        self._save = button("quiet-save", "Save")
        self._save.clicked.connect(self._done)
        self.lay_out_foot(close, self._none, self._save)


def _time(name: str, says: str) -> QTimeEdit:
    """A time of day that is typed, or stepped with the arrow keys."""
    made = QTimeEdit()
    made.setObjectName(name)
    made.setAccessibleName(says)
    made.setDisplayFormat(_SHOWN_AS)
    made.setWrapping(True)
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    made.setFont(face(20, Weight.SEMIBOLD, figures=True))
    made.setFixedWidth(92)
    return made
