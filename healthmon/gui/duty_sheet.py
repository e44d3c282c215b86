"""This is the place for the sheet of who is called: in which order, who is on duty, and trying it out."""

from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QPushButton, QWidget

from healthmon.gui import icons
from healthmon.gui.buttons import button, icon_button
from healthmon.gui.labels import label, tip
from healthmon.gui.lettering import Weight, one_line
from healthmon.gui.palette import Palette
from healthmon.gui.sheets import Sheet
from healthmon.view.care import Contact, Duty

MOST_SHOWN = 8
_WHAT_ORDER_MEANS: Final = (
    "The first is on duty and called at once, each further one when nobody has answered. "
    "The arrows change the order, which holds once it is saved; everything else holds at once."
)
_NOBODY: Final = (
    "Nobody can be called yet. Whoever looks after this computer makes somebody known with "
    "healthmon contacts add NAME - and from then on they are called."
)


class ContactRow:
    """One contact: name, how they stand, and what can be done."""

    def __init__(self, sheet: "DutySheet", place: int, grid: QGridLayout) -> None:
        self.contact = ""
        self.name = label(f"contact-{place}", 15, Weight.SEMIBOLD)
        self.state = label(f"contact-state-{place}", 13)
        self.state.setProperty("look", "muted")
        self.earlier: QPushButton = icon_button(f"contact-earlier-{place}", says="Call earlier")
        self.later: QPushButton = icon_button(f"contact-later-{place}", says="Call later")
        self.take: QPushButton = button(f"contact-take-{place}", "Hand over")
        self.test: QPushButton = button(f"contact-test-{place}", "Send a test")
        self.earlier.clicked.connect(partial(sheet.shift, place, -1))
        self.later.clicked.connect(partial(sheet.shift, place, 1))
        self.take.clicked.connect(partial(sheet.take, self))
        self.test.clicked.connect(partial(sheet.test, self))
        self.parts: tuple[QWidget, ...] = (
            *(self.name, self.state, self.earlier, self.later, self.take, self.test),
        )
        for column, part in enumerate(self.parts):
            grid.addWidget(part, place, column)

    def offer(self, *, is_first: bool, is_last: bool, is_saved: bool) -> None:
        """What can be done. A hand-over would drop an order that is not saved, so that is saved first."""
        self.earlier.setEnabled(not is_first)
        self.later.setEnabled(not is_last)
        self.take.setVisible(self.contact != "" and not is_first)
        self.take.setEnabled(is_saved)
        tip(self.take, "" if is_saved else "Save the order first")

    def show_contact(self, contact: Contact | None, says: str) -> None:
        """Show this contact, or nobody; `says` is how they stand."""
        self.contact = contact.id if contact is not None else ""
        for part in self.parts:
            part.setVisible(contact is not None)
        if contact is None:
            return
        name = one_line(contact.name)
        self.name.setText(name)
        self.state.setText(" · ".join(part for part in (says, contact.trouble) if part))
        self.earlier.setAccessibleName(f"Call {name} earlier")
        self.later.setAccessibleName(f"Call {name} later")
        self.take.setAccessibleName(f"Hand over to {name}")
        self.test.setAccessibleName(f"Send a test message to {name}")


class DutySheet(Sheet):
    """Says who is called, in which order, and lets order and duty be changed and everything be tried out."""

    handed_over = Signal(str)
    ordered = Signal(object)  # tuple of contacts' ids
    contact_tested = Signal(str)
    sound_tested = Signal()
    weekly_set = Signal(bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "duty-sheet", "Who is called")
        self._holds: tuple[Contact, ...] = ()  # the order as it is
        self._wanted: list[Contact] = []  # the order as it would be
        self._note = label("duty-note", 14)
        self._note.setProperty("look", "muted")
        self._note.setWordWrap(True)
        self._note.setFixedWidth(600)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        self._rows = [ContactRow(self, place, grid) for place in range(MOST_SHOWN)]
        self._further = label("duty-further", 13)
        self._further.setProperty("look", "muted")
        self._weekly = QCheckBox("Send everybody a test message once a week")
        self._weekly.setObjectName("duty-weekly")
        self._weekly.setAccessibleName(self._weekly.text())
        self._weekly.clicked.connect(self._set_weekly)
        self.body.addWidget(self._note)
        self.body.addLayout(grid)
        self.body.addWidget(self._further)
        self.body.addWidget(self._weekly)
        self._lay_out_foot()

    def ask(self, duty: Duty) -> None:
        """Show this, and wait."""
        self._holds, self._wanted = duty.contacts, list(duty.contacts)
        self._note.setText(_WHAT_ORDER_MEANS if duty.contacts else _NOBODY)
        self._weekly.setVisible(bool(duty.contacts))
        self._weekly.setChecked(duty.weekly_test)
        self._show_order()
        self.open()
        self._close.setFocus()

    def wear(self, palette: Palette) -> None:
        """Take on these colours."""
        super().wear(palette)
        for one in self._rows:
            one.earlier.setIcon(icons.icon("chevron-up", palette.text, 16, faint=palette.line))
            one.later.setIcon(icons.icon("chevron-down", palette.text, 16, faint=palette.line))

    def shift(self, place: int, by: int, *_is_on: object) -> None:
        """The contact of this row is called one earlier or later; the focus goes along."""
        self._wanted[place], self._wanted[place + by] = self._wanted[place + by], self._wanted[place]
        self._show_order()
        there = self._rows[place + by]
        arrows = (there.earlier, there.later) if by < 0 else (there.later, there.earlier)
        next(one for one in arrows if one.isEnabled()).setFocus(Qt.FocusReason.OtherFocusReason)

    def take(self, one: ContactRow, *_is_on: object) -> None:
        """Hand over to the contact of this row."""
        self.hide()
        self.handed_over.emit(one.contact)

    def test(self, one: ContactRow, *_is_on: object) -> None:
        """Send a test message to the contact of this row."""
        self.contact_tested.emit(one.contact)

    def _show_order(self) -> None:
        shown, is_saved = self._wanted[:MOST_SHOWN], tuple(self._wanted) == self._holds
        hidden = len(self._wanted) - len(shown)
        for place, one in enumerate(self._rows):
            known = shown[place] if place < len(shown) else None
            one.show_contact(known, self._standing(place))
            one.offer(is_first=place == 0, is_last=place == len(shown) - 1, is_saved=is_saved)
        self._further.setText(f"and {hidden} more, called after these" if hidden else "")
        self._further.setVisible(hidden > 0)
        self._save.setVisible(bool(shown))
        self._save.setEnabled(not is_saved)

    def _standing(self, place: int) -> str:
        """The first is on duty: now, or once the order is saved."""
        if place > 0 or not self._wanted:
            return ""
        return "on duty" if self._wanted[0] == self._holds[0] else "on duty once saved"

    def _save_order(self) -> None:
        self.hide()
        self.ordered.emit(tuple(one.id for one in self._wanted))

    def _test_sound(self) -> None:
        self.sound_tested.emit()

    def _set_weekly(self, is_on: bool) -> None:  # noqa: FBT001  # Qt's signal
        self.weekly_set.emit(is_on)

    def _lay_out_foot(self) -> None:
        self._close = button("duty-close", "Close", key="Esc")
        self._close.clicked.connect(self.hide)
        sound = button("duty-sound", "Test the alarm sound")
        sound.clicked.connect(self._test_sound)
        self._save = button("duty-save", "Save this order")
        self._save.clicked.connect(self._save_order)
        self.lay_out_foot(self._close, sound, self._save)
