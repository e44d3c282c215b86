"""This is the place for somebody's limits: a slider for each, and what the last days would have been like."""

from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from healthmon.gui.bridge import Question, WhatIfBridge
from healthmon.gui.buttons import button
from healthmon.gui.dial import DialRow
from healthmon.gui.labels import OneLine, label, paint_text
from healthmon.gui.lettering import Weight, one_line
from healthmon.gui.palette import Palette
from healthmon.gui.sheets import Sheet
from healthmon.view import words
from healthmon.view.limits_card import (
    AlarmDials,
    AskWhatIf,
    LimitsCard,
    Outcome,
    Setting,
    Wish,
    setting_of,
    usual_of,
    wishes,
)

RESTS_FOR = 150  # ms without another move before it is asked
MOST_ALARMS = 12


class AlarmRow:
    """One alarm's dials."""

    def __init__(self, sheet: "LimitsSheet", place: int, grid: QGridLayout) -> None:
        self.dials: AlarmDials | None = None
        self.on = QCheckBox()
        self.on.setObjectName(f"limit-on-{place}")
        self.limit = DialRow(f"limit-{place}", "Limit", self._limit_told)
        self.delay = DialRow(f"delay-{place}", "Delay", words.limits.delay)
        self.on.clicked.connect(partial(sheet.moved, self))
        self.limit.moved.connect(partial(sheet.moved, self))
        self.delay.moved.connect(partial(sheet.moved, self))
        for column, part in enumerate(self.parts):
            grid.addWidget(part, place + 1, column)

    @property
    def parts(self) -> tuple[QWidget, ...]:
        """Its widgets, from left to right."""
        return (self.on, self.limit, self.delay)

    @property
    def setting(self) -> Setting:
        """Where the dials stand."""
        return Setting(self.limit.value, self.delay.value, self.on.isChecked())

    def show_dials(self, dials: AlarmDials | None) -> None:
        """Show this alarm, or none."""
        self.dials = dials
        for part in self.parts:
            part.setVisible(dials is not None)
        if dials is None:
            return
        self.on.setText(f"{one_line(dials.title)} ({dials.priority})")
        self.on.setAccessibleName(f"{one_line(dials.title)}: on")
        self.limit.slider.setAccessibleName(f"{one_line(dials.title)}: limit")
        self.delay.slider.setAccessibleName(f"{one_line(dials.title)}: delay")
        self.limit.show_dial(dials.limit)
        self.delay.show_dial(dials.delay)
        self.stand(setting_of(dials))

    def stand(self, setting: Setting) -> None:
        """Put the dials there."""
        self.on.setChecked(setting.is_on)
        self.limit.stand(setting.limit)
        self.delay.stand(setting.delay)
        self.enable()

    def enable(self) -> None:
        """What is off has nothing to set."""
        for dial in (self.limit, self.delay):
            dial.setEnabled(self.on.isChecked())

    def _limit_told(self, value: float) -> str:
        return words.limits.limit(value, self.dials.unit if self.dials is not None else "")


class LimitsSheet(Sheet):
    """The limits of one person. What is moved is only tried out until it is saved."""

    saved = Signal(str, object)  # person, Wish

    def __init__(self, parent: QWidget, what_if: AskWhatIf | None) -> None:
        super().__init__(parent, "limits-sheet", "Limits")
        self._person: LimitsCard | None = None
        self._bridge = WhatIfBridge(what_if) if what_if is not None else None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(RESTS_FOR)
        self._rest.timeout.connect(self._ask)
        self._profile = label("limits-profile", 13)
        self._profile.setProperty("look", "muted")
        self.body.addWidget(self._profile)
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        for column, text in enumerate(("Alarm", "At", "For how long")):
            head = label(f"limits-head-{column}", 12, Weight.SEMIBOLD, text)
            head.setProperty("look", "muted")
            grid.addWidget(head, 0, column)
        self._rows = [AlarmRow(self, place, grid) for place in range(MOST_ALARMS)]
        self.body.addLayout(grid)
        self._forecast = OneLine("limits-forecast", 20, Weight.SEMIBOLD)
        self._whole = OneLine("limits-whole", 13)
        self._missed = OneLine("limits-missed", 14, Weight.SEMIBOLD)
        for part in (self._forecast, self._whole, self._missed):
            part.setVisible(self._bridge is not None)
            self.body.addWidget(part)
        self._lay_out_foot()
        if self._bridge is not None:
            self._bridge.answered.connect(self._show_answer)

    def ask(self, card: LimitsCard) -> None:
        """Show what holds for this person, to be changed."""
        self._person = card
        self._title.setText(f"Limits of {one_line(card.name)}")
        self._profile.setText(
            f"Profile: {card.profile}. A small mark shows what the profile has. "
            "Beyond the critical floor an alarm rings even when it is off."
        )
        for place, one in enumerate(self._rows):
            one.show_dials(card.alarms[place] if place < len(card.alarms) else None)
        self._rest.stop()
        self._say(words.limits.AS_NOW)
        self.open()
        self._close.setFocus()

    @property
    def wish(self) -> Wish:
        """What has been moved, as it would be said."""
        if self._person is None:
            return {}
        settings = {one.dials.alarm: one.setting for one in self._rows if one.dials is not None}
        return wishes(self._person, settings)

    def moved(self, one: AlarmRow, *_is_on: object) -> None:
        """A person moved something: ask what it comes to, once they rest."""
        one.enable()
        wish = self.wish
        self._save.setEnabled(bool(wish))
        if self._bridge is not None and self.isVisible():
            self._say(words.limits.THINKING if wish else words.limits.AS_NOW)
            self._rest.start()

    def end(self) -> None:
        """The window goes: wait for a question that is being answered."""
        self._rest.stop()
        if self._bridge is not None:
            self._bridge.end()

    def wear(self, palette: Palette) -> None:
        """Take on these colours."""
        super().wear(palette)
        for one in self._rows:
            one.limit.wear(palette)
            one.delay.wear(palette)
        for part, colour in (
            (self._forecast, palette.text),
            (self._whole, palette.muted),
            (self._missed, palette.crit),
        ):
            paint_text(part, colour)

    def _ask(self) -> None:
        wish = self.wish
        if self._bridge is not None and self._person is not None and wish:
            self._bridge.ask(self._person.person, wish)

    def _show_answer(self, question: Question, answer: Outcome | str) -> None:
        """Only what was asked last counts: the sliders may have moved on."""
        if self._person is None or question != (self._person.person, self.wish):
            return
        if isinstance(answer, str):
            self._say(one_line(answer))
        else:
            self._say(
                words.limits.last_night(answer), words.limits.whole(answer), words.limits.missed(answer)
            )

    def _say(self, forecast: str, whole: str = "", missed: str = "") -> None:
        for part, text in ((self._forecast, forecast), (self._whole, whole), (self._missed, missed)):
            part.show_text(text)

    def _reset(self) -> None:
        for one in self._rows:
            if one.dials is not None:
                one.stand(usual_of(one.dials))
                self.moved(one)

    def _done(self) -> None:
        self.hide()
        wish = self.wish
        if self._person is not None and wish:
            self.saved.emit(self._person.person, wish)

    def _lay_out_foot(self) -> None:
        self._close = button("limits-close", "Close", key="Esc")
        self._close.clicked.connect(self.hide)
        usual = button("limits-usual", "As the profile has them")
        usual.clicked.connect(self._reset)
        self._save = button("limits-save", "Save these limits")
        self._save.clicked.connect(self._done)
        self.lay_out_foot(self._close, usual, self._save)
        self._save.setEnabled(False)
