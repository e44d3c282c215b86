"""This is the place for all the sheets of a window: what each asks for, and who says what it comes to."""

from PySide6.QtWidgets import QWidget

from healthmon.gui import keys
from healthmon.gui.acts import Acts
from healthmon.gui.alarm_answers import Answer
from healthmon.gui.duty_sheet import DutySheet
from healthmon.gui.limits_sheet import LimitsSheet
from healthmon.gui.note_sheet import NoteSheet
from healthmon.gui.options import Options
from healthmon.gui.quiet_sheet import QuietSheet
from healthmon.gui.sheets import ClosingSheet, HelpSheet, Sheet
from healthmon.view.limits_card import LimitsCard
from healthmon.view.screen import Screen


class SheetStack:
    """Every sheet over one window, which owns them. What carers set there goes to `acts`."""

    def __init__(self, window: QWidget, options: Options, acts: Acts) -> None:
        self.help = HelpSheet(window, [(key.shown, key.words) for key in keys.KEYS])
        self.closing = ClosingSheet(window, may_stop=options.stop_recording is not None)
        self._note, self._duty, self._quiet = NoteSheet(window), DutySheet(window), QuietSheet(window)
        self._limits = LimitsSheet(window, options.what_if)
        self._acts = acts
        asking = (self._note, self._duty, self._quiet, self._limits)
        self.all: tuple[Sheet, ...] = (self.help, self.closing, *asking)
        self._note.noted.connect(acts.answer)
        self._duty.handed_over.connect(acts.hand_over)
        self._duty.ordered.connect(acts.set_duty)
        self._duty.contact_tested.connect(acts.test_contact)
        self._duty.sound_tested.connect(acts.test_sound)
        self._duty.weekly_set.connect(self._set_weekly_test)
        self._quiet.saved.connect(acts.set_quiet_hours)
        self._limits.saved.connect(acts.set_alarms)

    def answer(self, answer: Answer) -> None:
        """Ask for the words to this answer if it wants any; else it is said at once."""
        if answer.wants_note:
            self._note.ask(answer)
        else:
            self._acts.answer(answer)

    def ask_duty(self, screen: Screen | None) -> None:
        """Who is called, in which order?"""
        if screen is not None:
            self._duty.ask(screen.duty)

    def ask_quiet(self, screen: Screen | None) -> None:
        """When does the selected person sleep?"""
        if screen is not None and screen.quiet is not None:
            self._quiet.ask(screen.quiet)

    def ask_limits(self, card: LimitsCard | None) -> None:
        """When does each alarm ring?"""
        if card is not None:
            self._limits.ask(card)

    def put_away(self) -> bool:
        """Close the one that is open; whether one was."""
        shown = next((sheet for sheet in self.all if sheet.isVisible()), None)
        if shown is not None:
            shown.hide()
        return shown is not None

    def leave_free(self, top: int) -> None:
        """Cover nothing above that many pixels from the top."""
        for sheet in self.all:
            sheet.leave_free(top)

    def place(self) -> None:
        """Cover the rest of the window as it is now."""
        for sheet in self.all:
            sheet.place()

    def end(self) -> None:
        """The window goes: nothing is worked out for it any more."""
        self._limits.end()

    def _set_weekly_test(self, is_on: bool) -> None:  # noqa: FBT001  # Qt's signal
        self._acts.set_weekly_test(is_on=is_on)
