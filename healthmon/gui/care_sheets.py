"""This is the place for the sheets about carers: a note to an acknowledgement; who is on duty."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QPushButton, QWidget

from healthmon.gui.alarm_answers import Answer
from healthmon.gui.buttons import button, row
from healthmon.gui.labels import OneLine, label
from healthmon.gui.lettering import Weight, one_line
from healthmon.gui.sheets import Sheet
from healthmon.view.care import Contact, Duty

LONGEST_NOTE = 120  # letters
MOST_CONTACTS = 8


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
        line = row(10)
        stay = button("note-close", "Back", key="Esc")
        stay.clicked.connect(self.hide)
        done = button("note-done", "Acknowledge", key="Return")
        done.clicked.connect(self._done)
        line.addWidget(stay)
        line.addStretch(1)
        line.addWidget(done)
        self.body.addSpacing(6)
        self.body.addLayout(line)

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


class ContactRow:
    """One contact: name, how they stand, and what can be done."""

    def __init__(self, sheet: "DutySheet", place: int, grid: QGridLayout) -> None:
        self.contact = ""
        self.name = label(f"contact-{place}", 15, Weight.SEMIBOLD)
        self.state = label(f"contact-state-{place}", 13)
        self.state.setProperty("look", "muted")
        self.take: QPushButton = button(f"contact-take-{place}", "Hand over")
        self.test: QPushButton = button(f"contact-test-{place}", "Send a test")
        self.take.clicked.connect(partial(sheet.take, self))
        self.test.clicked.connect(partial(sheet.test, self))
        self.parts: tuple[QWidget, ...] = (self.name, self.state, self.take, self.test)
        for column, part in enumerate(self.parts):
            grid.addWidget(part, place, column)

    def show_contact(self, contact: Contact | None, *, is_first: bool) -> None:
        """Show this contact, or nobody."""
        for part in self.parts:
            part.setVisible(contact is not None)
        if contact is None:
            return
        self.contact = contact.id
        self.name.setText(one_line(contact.name))
        self.state.setText(
            " · ".join(part for part in ("on duty" if is_first else "", contact.trouble) if part)
        )
        self.take.setVisible(not is_first)
        self.take.setAccessibleName(f"Hand over to {one_line(contact.name)}")
        self.test.setAccessibleName(f"Send a test message to {one_line(contact.name)}")


class DutySheet(Sheet):
    """Says who is called, in which order, and lets the duty be handed over and everything be tried out."""

    handed_over = Signal(str)
    contact_tested = Signal(str)
    sound_tested = Signal()
    weekly_set = Signal(bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "duty-sheet", "Who is called")
        self._note = label("duty-note", 14)
        self._note.setProperty("look", "muted")
        self._note.setWordWrap(True)
        self._note.setFixedWidth(560)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        self._rows = [ContactRow(self, place, grid) for place in range(MOST_CONTACTS)]
        self._weekly = QCheckBox("Send everybody a test message once a week")
        self._weekly.setObjectName("duty-weekly")
        self._weekly.setAccessibleName(self._weekly.text())
        self._weekly.clicked.connect(self._set_weekly)
        self.body.addWidget(self._note)
        self.body.addLayout(grid)
        self.body.addWidget(self._weekly)
        line = row(10)
        self._close = button("duty-close", "Close", key="Esc")
        self._close.clicked.connect(self.hide)
        sound = button("duty-sound", "Test the alarm sound")
        sound.clicked.connect(self._test_sound)
        line.addWidget(sound)
        line.addStretch(1)
        line.addWidget(self._close)
        self.body.addSpacing(6)
        self.body.addLayout(line)

    def ask(self, duty: Duty) -> None:
        """Show this, and wait."""
        self.show_duty(duty)
        self.open()
        self._close.setFocus()

    def show_duty(self, duty: Duty) -> None:
        """Show who is called now."""
        note = (
            "The first is called at once, each further one when nobody has answered."
            if duty.contacts
            else "Nobody can be called yet: `healthmon contacts add` makes somebody known to the recorder."
        )
        self._note.setText(note)
        for place, one in enumerate(self._rows):
            known = duty.contacts[place] if place < len(duty.contacts) else None
            one.show_contact(known, is_first=place == 0)
        self._weekly.setVisible(bool(duty.contacts))
        self._weekly.setChecked(duty.weekly_test)

    def take(self, one: ContactRow, *_is_on: object) -> None:
        """Hand over to the contact of this row."""
        self.hide()
        self.handed_over.emit(one.contact)

    def test(self, one: ContactRow, *_is_on: object) -> None:
        """Send a test message to the contact of this row."""
        self.contact_tested.emit(one.contact)

    def _test_sound(self) -> None:
        self.sound_tested.emit()

    def _set_weekly(self, is_on: bool) -> None:  # noqa: FBT001  # Qt's signal
        self.weekly_set.emit(is_on)
