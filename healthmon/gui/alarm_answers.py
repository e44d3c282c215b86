"""This is the place for the buttons of one alarm: seen, going, be quiet, sound again."""

from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from PySide6.QtCore import QPoint, QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from healthmon.gui import icons, words
from healthmon.gui.buttons import button, icon_button
from healthmon.view.screen import AlarmLine, Offer

_ICONS = {Offer.ACKNOWLEDGE: "check", Offer.TAKE: "footprints", Offer.SNOOZE: "bell-off", Offer.WAKE: "bell"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a carer answers to an alarm. `length` is how long a snooze lasts; a note is asked for first."""

    alarm: AlarmLine
    offer: Offer
    length: timedelta | None = None
    wants_note: bool = False


class AlarmAnswers(QWidget):
    """The answers that one alarm offers. Signals what was answered; the window says it."""

    answered = Signal(object)  # Answer

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("alarm-answers")
        self._alarm: AlarmLine | None = None
        self._lengths: tuple[timedelta, ...] = ()
        self.note = icon_button("alarm-note", says="Acknowledge with a note", key="Shift+F2")
        self.note.clicked.connect(self._ask_note)
        self._buttons = {
            Offer.TAKE: button("alarm-take", " I'm going", says="I'm going there", key="F4"),
            Offer.SNOOZE: button("alarm-snooze", " Snooze", says="Silence this alarm", key="F5"),
            Offer.WAKE: button("alarm-wake", " Sound again", says="End the snooze", key="Shift+F5"),
            Offer.ACKNOWLEDGE: button("alarm-acknowledge", " Acknowledge", says="Acknowledge", key="F2"),
        }
        self._menu = QMenu(self)
        self._menu.setObjectName("alarm-snooze-menu")
        self._menu.setAccessibleName("For how long")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        for offer, made in self._buttons.items():
            made.setIconSize(QSize(16, 16))
            made.clicked.connect(partial(self._clicked, offer))
            line.addWidget(made)
        line.insertWidget(line.count() - 1, self.note)

    def show_alarm(self, alarm: AlarmLine, said: str) -> None:
        """Offer what this alarm offers; `said` is the alarm as a screen reader says it."""
        self._alarm = alarm
        for offer, made in self._buttons.items():
            made.setVisible(offer in alarm.offers)
            made.setAccessibleDescription(said)
        self.note.setVisible(Offer.ACKNOWLEDGE in alarm.offers)
        self.note.setAccessibleDescription(said)
        self._show_lengths(alarm.snoozes)

    def give(self, offer: Offer, *, wants_note: bool = False) -> None:
        """Answer so, if it is offered; a snooze of several lengths asks for how long."""
        alarm = self._alarm
        if alarm is None or offer not in alarm.offers:
            return
        if offer is not Offer.SNOOZE:
            self.answered.emit(Answer(alarm, offer, wants_note=wants_note))
        elif len(alarm.snoozes) == 1:
            self._snooze(alarm.snoozes[0])
        else:
            under = self._buttons[offer]
            self._menu.popup(under.mapToGlobal(QPoint(0, under.height())))

    def paint_icons(self, colour: str) -> None:
        """The buttons' icons in this colour."""
        for offer, made in self._buttons.items():
            made.setIcon(icons.icon(_ICONS[offer], colour, 16))
        self.note.setIcon(icons.icon("message-square", colour, 16))

    def _show_lengths(self, lengths: tuple[timedelta, ...]) -> None:
        if lengths == self._lengths:
            return
        self._lengths = lengths
        snooze: QPushButton = self._buttons[Offer.SNOOZE]
        snooze.setText(f" Snooze {words.length(lengths[0])}" if len(lengths) == 1 else " Snooze…")
        self._menu.clear()
        for length in lengths:
            act = self._menu.addAction(f"{words.length(length)}")
            act.triggered.connect(partial(self._snooze, length))

    def _clicked(self, offer: Offer, *_is_on: object) -> None:
        self.give(offer)

    def _ask_note(self) -> None:
        self.give(Offer.ACKNOWLEDGE, wants_note=True)

    def _snooze(self, length: timedelta, *_is_on: object) -> None:
        if self._alarm is not None:
            self.answered.emit(Answer(self._alarm, Offer.SNOOZE, length))
