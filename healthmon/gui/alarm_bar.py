"""This is the place for the alarm bar: the worst alarms always, more when asked, and a question after."""

from collections.abc import Sequence
from datetime import datetime, tzinfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from healthmon.gui import far
from healthmon.gui.alarm_strip import AlarmStrip
from healthmon.gui.calm_card import CalmCard
from healthmon.gui.palette import DARK, Palette
from healthmon.gui.question_strip import QuestionStrip
from healthmon.view.care import Question
from healthmon.view.screen import AlarmLine, Offer, Priority, Protection

SHOWN = 3  # ADVICE 6: worst first, at most three
MOST_SHOWN = 6  # when all are asked for, and the window is tall enough to show readings beside them
MOST_IN_A_LOW_WINDOW, TALL_FROM = 4, 900  # pixels
FLASH_TICKS = 5  # of 100 ms bright, then as many dark: 1 Hz, well under the 3 Hz that can harm


class AlarmBar(QWidget):
    """Shows alarms, worst first, as given. Signals what a carer asks for."""

    answered = Signal(object)  # Answer
    judged = Signal(object, str)  # Question, and the answer
    person_asked = Signal(str)

    def __init__(self, zone: tzinfo | None) -> None:
        super().__init__()
        self.setObjectName("alarm-bar")
        self.setAccessibleName("Alarms")
        self._zone = zone
        self._palette = DARK
        self._is_open = False
        self._far = far.px(768)
        self._has_wall = True  # whether there is room for letters that are read from afar
        self._beats = 0
        self._alarms: tuple[AlarmLine, ...] = ()
        self._now: datetime | None = None
        self._strips: list[AlarmStrip] = []
        self._calm = CalmCard()
        self._question = QuestionStrip()
        self._question.judged.connect(self.judged)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._column.addWidget(self._calm)
        self._column.addWidget(self._question)

    def show_alarms(
        self, alarms: Sequence[AlarmLine], now: datetime, question: Question | None = None
    ) -> None:
        """Show these, worst first, from now on; and ask this beneath them."""
        self._alarms, self._now = tuple(alarms), now
        if len(self._alarms) <= SHOWN:
            self._is_open = False
        shown = self._alarms[: self._most() if self._is_open else SHOWN]
        self._question.show_question(question)
        worst = self._worst(shown)
        # Low alarms are seen, not heard: above them stands how protected anybody is.
        self._calm.setVisible(not shown or (worst is None and self._calm.tells_protection))
        while len(self._strips) < len(shown):
            self._strips.append(self._new_strip())
        for place, strip in enumerate(self._strips):
            strip.setVisible(place < len(shown))
            if place < len(shown):
                strip.scale(self._far if place == worst else 0)
                strip.show_alarm(shown[place], now, self._more_words() if place == len(shown) - 1 else "")

    def scale(self, font_px: int, *, has_wall: bool) -> None:
        """Letters for a wall are this large; without a wall nothing is shown so large."""
        self._far, self._has_wall = font_px, has_wall
        self._calm.scale(font_px)

    @property
    def tells_protection(self) -> bool:
        """Whether protection is told here, in large letters."""
        return not self._calm.isHidden() and self._calm.tells_protection

    def beat(self) -> None:
        """One tick has passed: turn the flash over when its half-second is up."""
        self._beats += 1
        bright = (self._beats // FLASH_TICKS) % 2 == 1
        for strip in self._strips:
            strip.flash(bright=bright and not strip.isHidden())

    def answer_worst(self, offer: Offer, *, wants_note: bool = False) -> None:
        """Answer so to the worst alarm that can be answered so."""
        for strip in self._strips:
            alarm = strip.alarm
            if alarm is not None and not strip.isHidden() and offer in alarm.offers:
                strip.give(offer, wants_note=wants_note)
                return

    def judge(self, value: str) -> None:
        """Answer the question that is asked, if one is."""
        self._question.answer(value)

    def toggle(self) -> None:
        """Show all alarms, or only the worst again."""
        self._is_open = not self._is_open
        if self._now is not None:
            self.show_alarms(self._alarms, self._now, self._question.question)

    def say_calm(self, text: str, protection: Protection | None, *, is_well: bool) -> None:
        """What stands here while no alarm rings; a green tick only where that is good news."""
        self._calm.say(text, protection, is_well=is_well)

    def wear(self, palette: Palette) -> None:
        """Take on these colours."""
        self._palette = palette
        self._calm.wear(palette)
        self._question.wear(palette)
        for strip in self._strips:
            strip.wear(palette)
        if self._now is not None:
            self.show_alarms(self._alarms, self._now, self._question.question)

    def _worst(self, shown: Sequence[AlarmLine]) -> int | None:
        """Which of them is written for the wall: the first that is more than low."""
        places = [place for place, one in enumerate(shown) if one.priority is not Priority.LOW]
        return places[0] if places and self._has_wall else None

    def _most(self) -> int:
        return MOST_SHOWN if self.window().height() >= TALL_FROM else MOST_IN_A_LOW_WINDOW

    def _more_words(self) -> str:
        if len(self._alarms) <= SHOWN:
            return ""
        if not self._is_open:
            return f"+{len(self._alarms) - SHOWN} more"
        hidden = len(self._alarms) - self._most()
        return f"Show fewer (+{hidden} not shown)" if hidden > 0 else "Show fewer"

    def _new_strip(self) -> AlarmStrip:
        strip = AlarmStrip(self._zone)
        strip.wear(self._palette)
        strip.answered.connect(self.answered)
        strip.person_asked.connect(self.person_asked)
        strip.more_asked.connect(self.toggle)
        self._column.insertWidget(1 + len(self._strips), strip)
        return strip
