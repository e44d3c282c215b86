"""This is the place for the sheet that asks for a few words to an acknowledgement."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from healthmon.gui.alarm_answers import Answer
from healthmon.gui.buttons import button
from healthmon.gui.labels import OneLine
from healthmon.gui.lettering import one_line
from healthmon.gui.sheets import Sheet

LONGEST_NOTE = 120  # letters


class NoteSheet(Sheet):
    """Asks for a few words to an acknowledgement."""

    noted = Signal(object, str)  # Answer, note

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "note-sheet", "Acknowledge with a note")
        self._answer: Answer | None = None
        self._about = OneLine("note-about", 14)
        self._words = QLineEdit()
        self._words.setObjectName("note-words")
        self._words.setAccessibleName("Note")
        self._words.setPlaceholderText("What you saw or did")
        self._words.setMaxLength(LONGEST_NOTE)
        self._words.setMinimumWidth(460)
        self._words.returnPressed.connect(self._done)
        self.body.addWidget(self._about)
        self.body.addWidget(self._words)
        stay = button("note-close", "Back", key="Esc")
        stay.clicked.connect(self.hide)
        done = button("note-done", "Acknowledge", key="Return")
        done.clicked.connect(self._done)
        self.lay_out_foot(stay, done)

    def ask(self, answer: Answer) -> None:
        """Ask for the words to this answer."""
        self._answer = answer
        who = " · ".join(part for part in (answer.alarm.text, answer.alarm.person_name) if part)
        self._about.show_text(who)
        self._words.clear()
        self.open()
        self._words.setFocus()

    def _done(self) -> None:
        self.hide()
        if self._answer is not None:
            self.noted.emit(self._answer, one_line(self._words.text()))
