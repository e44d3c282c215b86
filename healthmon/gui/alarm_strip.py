"""This is the place for one alarm as a strip: how urgent, what, who, since when, and its answers."""

from datetime import datetime, tzinfo

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QVBoxLayout

from healthmon.gui import far, icons, words
from healthmon.gui.alarm_answers import AlarmAnswers
from healthmon.gui.buttons import quiet_button, row
from healthmon.gui.labels import OneLine, paint_text
from healthmon.gui.lettering import Weight, face, one_line, sentence
from healthmon.gui.palette import DARK, Fill, Palette
from healthmon.gui.pill import Pill
from healthmon.gui.wall import Wall
from healthmon.view.screen import AlarmLine, AlarmPhase, Delivery, Offer, Priority

_ICONS = {Priority.HIGH: "triangle-alert", Priority.MEDIUM: "circle-alert", Priority.LOW: "info"}
_RINGING = {AlarmPhase.ACTIVE, AlarmPhase.UNKNOWN}
_CALM = {AlarmPhase.ACKNOWLEDGED, AlarmPhase.TAKEN}
TALL, LOW = 66, 48  # pixels; tall and in large letters is what rings and is high
WIDE_FROM = 1_200  # where the largest letters have room beside the answers
MARGIN = 6  # above and below letters for a wall


def is_flashing(alarm: AlarmLine) -> bool:
    """Whether it asks for somebody at once: high, going on, and nobody has answered."""
    is_answered = alarm.delivery in {Delivery.SENDING, Delivery.UNDELIVERED}
    return alarm.priority is Priority.HIGH and alarm.phase in _RINGING and not is_answered


class AlarmStrip(QFrame):
    """One alarm. Signals what was asked; the window says it."""

    answered = Signal(object)  # Answer
    person_asked = Signal(str)
    more_asked = Signal()

    def __init__(self, zone: tzinfo | None) -> None:
        super().__init__()
        self.setObjectName("alarm-strip")
        self._zone = zone
        self._palette = DARK
        self._alarm: AlarmLine | None = None
        self._shown: tuple[object, ...] = ()
        self._is_bright = False
        self._far = 0  # the size of letters for a wall; 0 for a strip without them
        self._wall = Wall()
        self._icon = QLabel()
        self._icon.setObjectName("alarm-icon")
        self._pill = Pill()
        self._text = OneLine("alarm-text", 15, Weight.SEMIBOLD)
        self._task = OneLine("alarm-task", 15, Weight.SEMIBOLD)
        self._whose = quiet_button("alarm-person", "", says="Show this person")
        self._detail = OneLine("alarm-detail", 13)
        self._state = OneLine("alarm-state", 14, Weight.SEMIBOLD)
        self._more = quiet_button("alarm-more", "", says="Show all alarms", key="F3")
        self._answers = AlarmAnswers()
        self._answers.answered.connect(self.answered)
        self._whose.clicked.connect(self._ask_for_person)
        self._more.clicked.connect(self.more_asked)
        self._lay_out()

    @property
    def alarm(self) -> AlarmLine | None:
        """What it shows."""
        return self._alarm

    def give(self, offer: Offer, *, wants_note: bool = False) -> None:
        """Answer what is shown, if it can be answered so."""
        self._answers.give(offer, wants_note=wants_note)

    def show_alarm(self, alarm: AlarmLine, now: datetime, more: str) -> None:
        """Show this alarm; `more` is what the button that opens the list says, empty for none."""
        is_named = bool(self._far) and self._wall.names(alarm.person_name)
        shown = (alarm, words.clock(alarm.since, self._zone, now), more, self._palette, self._far, is_named)
        if shown == self._shown:
            return
        self._shown, self._alarm = shown, alarm
        whose = " · ".join(part for part in (alarm.person_name, alarm.place) if part)
        said = ", ".join(one_line(part) for part in (alarm.text, whose, alarm.also) if part)
        near = alarm.place or "Show" if is_named else whose
        self._whose.setText(one_line(near).replace("&", "&&"))
        self._whose.setVisible(bool(whose))
        self._whose.setAccessibleName(f"Show {one_line(alarm.person_name)}")
        self._show_near(alarm, f"since {shown[1]}")
        self._more.setText(more)
        self._more.setVisible(bool(more))
        self._answers.show_alarm(alarm, said)
        self.setAccessibleName(f"{alarm.priority} alarm: {said}")
        self.setAccessibleDescription(
            one_line(", ".join(part for part in (alarm.state, alarm.task, alarm.calls) if part))
        )
        self._size(is_tall=alarm.priority is Priority.HIGH and alarm.phase in _RINGING)
        self._colour(alarm.priority, self._fill(alarm))

    def scale(self, font_px: int) -> None:
        """Write it for a wall, in letters of this size, from the next `show_alarm` on; 0: none so large."""
        self._far = font_px

    def flash(self, *, bright: bool) -> None:
        """Turn bright or dark; only a high alarm that goes on and that nobody has taken flashes."""
        flashes = self._alarm is not None and is_flashing(self._alarm)
        bright = bright and flashes
        if bright != self._is_bright:
            self._is_bright = bright
            self.update()

    def wear(self, palette: Palette) -> None:
        """Take on these colours at the next `show_alarm`."""
        self._palette = palette

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """How large the letters are depends on the room."""
        super().resizeEvent(event)
        self._shown = ()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Draw the coloured ground."""
        if self._alarm is None:
            return
        fill = self._fill(self._alarm)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(self._palette.low if self._alarm.priority is Priority.LOW else fill.flash))
        painter.setBrush(QColor(fill.flash if self._is_bright else fill.surface))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)
        painter.end()

    def _fill(self, alarm: AlarmLine) -> Fill:
        is_calm = alarm.phase in _CALM or alarm.snoozed_until is not None
        return self._palette.taken(alarm.priority) if is_calm else self._palette.fill(alarm.priority)

    def _show_near(self, alarm: AlarmLine, since: str) -> None:
        """What is read close by. Under letters for a wall the first line is what to do, and nothing twice."""
        is_far = bool(self._far)
        self._wall.setVisible(is_far)
        self._icon.setVisible(not is_far)
        self._pill.setVisible(not is_far)
        self._task.setVisible(is_far and bool(alarm.task))
        self._task.show_text(alarm.task)
        told = (since, "" if is_far else alarm.task, alarm.also, alarm.calls)
        self._text.show_text(sentence(alarm.against) if is_far and alarm.against else alarm.text)
        self._detail.show_text(" · ".join(part for part in told if part))
        self._state.show_text(alarm.state)

    def _size(self, *, is_tall: bool) -> None:
        if self._far:
            self.setFixedHeight(far.line_height(self._far) + LOW + MARGIN)
            self._text.setFont(face(15, Weight.MEDIUM, figures=True))
            return
        self.setFixedHeight(TALL if is_tall else LOW)
        large = 22 if self.width() >= WIDE_FROM else 18
        self._text.setFont(face(large if is_tall else 15, Weight.SEMIBOLD, figures=True))

    def _ask_for_person(self) -> None:
        if self._alarm is not None:
            self.person_asked.emit(self._alarm.person)

    def _colour(self, priority: Priority, fill: Fill) -> None:
        self._pill.show_priority(priority, fill)
        self._icon.setPixmap(icons.pixmap(_ICONS[priority], fill.text, 20, self.devicePixelRatioF()))
        self._answers.paint_icons(fill.text)
        self.setStyleSheet(
            f"QPushButton {{ background: {fill.pill}; color: {fill.text}; border: 1px solid {fill.soft}; }}"
            f"QPushButton:hover {{ border-color: {fill.text}; }}"
            f"QPushButton[look='quiet'] {{ color: {fill.text}; background: transparent; padding: 0 4px 0 0;"
            "border-color: transparent; min-height: 18px; }"
            f"QPushButton:focus {{ border: 2px solid {fill.text}; }}"
        )
        if self._far and self._alarm is not None:
            self._wall.show_alarm(self._alarm, fill, self._far, _ICONS[priority])
        paint_text(self._task, fill.text)
        for part, colour in ((self._text, fill.text), (self._detail, fill.soft), (self._state, fill.text)):
            paint_text(part, colour)
        self.update()

    def _lay_out(self) -> None:
        below = row(6)
        below.addWidget(self._whose)
        below.addWidget(self._detail, 1)
        self._detail.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._task.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addStretch(1)
        above = row(10)
        above.addWidget(self._task)
        above.addWidget(self._text, 1)
        above.addWidget(self._state)
        lines.addLayout(above)
        lines.addLayout(below)
        lines.addStretch(1)
        around = QVBoxLayout(self)
        around.setContentsMargins(16, 0, 10, 0)
        around.setSpacing(0)
        around.addWidget(self._wall)
        line = row(10)
        around.addLayout(line, 1)
        line.addWidget(self._icon)
        line.addWidget(self._pill)
        line.addLayout(lines, 1)
        for part in (self._more, self._answers):
            line.addWidget(part)
