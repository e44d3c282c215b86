"""This is the place for one alarm as a strip: how urgent, what, who, since when, and its answer."""

from datetime import datetime, tzinfo

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from healthmon.gui import icons, words
from healthmon.gui.buttons import button, quiet_button
from healthmon.gui.labels import OneLine, paint_text
from healthmon.gui.lettering import Weight, face, one_line
from healthmon.gui.palette import DARK, Fill, Palette
from healthmon.view.screen import AlarmLine, AlarmPhase, Delivery, Priority

_ICONS = {Priority.HIGH: "triangle-alert", Priority.MEDIUM: "circle-alert", Priority.LOW: "info"}
_ANSWERABLE = {AlarmPhase.ACTIVE, AlarmPhase.UNKNOWN, AlarmPhase.LATCHED}


def state_of(alarm: AlarmLine) -> str:
    """Where the alarm or its answer has got to, in words; empty while it simply rings."""
    if alarm.delivery is Delivery.SENDING:
        return "Sending…"
    if alarm.delivery is Delivery.UNDELIVERED:
        return "Not delivered yet: nobody else knows"
    if alarm.phase is AlarmPhase.ACKNOWLEDGED:
        return f"Taken by {alarm.by}" if alarm.by else "Taken"
    return {AlarmPhase.UNKNOWN: "Signal lost", AlarmPhase.LATCHED: "Over, waiting to be seen"}.get(
        alarm.phase, ""
    )


def is_answerable(alarm: AlarmLine) -> bool:
    """Whether a carer can still take it."""
    return alarm.phase in _ANSWERABLE and alarm.delivery in {Delivery.NONE, Delivery.SETTLED}


def is_flashing(alarm: AlarmLine) -> bool:
    """Whether it asks for somebody at once: high, going on, and nobody has answered."""
    return alarm.priority is Priority.HIGH and alarm.phase is not AlarmPhase.LATCHED and is_answerable(alarm)


class Pill(QWidget):
    """`HIGH ★★★` in a rounded box."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("alarm-priority")
        self.setFont(face(12, Weight.SEMIBOLD))
        self._text, self._colour, self._ground = "", "", ""

    def show_priority(self, priority: Priority, fill: Fill) -> None:
        """Show this priority from now on."""
        self._text = f"{priority.upper()}  {words.STARS[priority]}"
        self._colour, self._ground = fill.text, fill.pill
        self.setAccessibleName(f"{priority} priority")
        self.setFixedSize(QSize(QFontMetrics(self.font()).horizontalAdvance(self._text) + 20, 24))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Draw the pill."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._ground))
        painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        painter.setPen(QColor(self._colour))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._text)
        painter.end()


class AlarmStrip(QFrame):
    """One alarm. Signals what was asked; the window says it."""

    acknowledge_asked = Signal(object)  # AlarmLine
    person_asked = Signal(str)
    more_asked = Signal()

    def __init__(self, zone: tzinfo | None) -> None:
        super().__init__()
        self.setObjectName("alarm-strip")
        self.setFixedHeight(46)
        self._zone = zone
        self._palette = DARK
        self._alarm: AlarmLine | None = None
        self._shown: tuple[object, ...] = ()
        self._is_bright = False
        self._icon = QLabel()
        self._icon.setObjectName("alarm-icon")
        self._pill = Pill()
        self._text = OneLine("alarm-text", 15, Weight.SEMIBOLD)
        self._whose = quiet_button("alarm-person", "", says="Show this person")
        self._since = OneLine("alarm-since", 13)
        self._state = OneLine("alarm-state", 13, Weight.SEMIBOLD)
        self._more = quiet_button("alarm-more", "", says="Show all alarms", key="F3")
        self._answer = button("alarm-acknowledge", " Acknowledge", says="Acknowledge", key="F2")
        self._answer.clicked.connect(self.answer)
        self._whose.clicked.connect(self._ask_for_person)
        self._more.clicked.connect(self.more_asked)
        self._lay_out()

    @property
    def alarm(self) -> AlarmLine | None:
        """What it shows."""
        return self._alarm

    def answer(self) -> None:
        """Acknowledge what is shown, if it can be."""
        if self._alarm is not None and is_answerable(self._alarm):
            self.acknowledge_asked.emit(self._alarm)

    def show_alarm(self, alarm: AlarmLine, now: datetime, more: str) -> None:
        """Show this alarm; `more` is what the button that opens the list says, empty for none."""
        shown = (alarm, words.clock(alarm.since, self._zone, now), more, self._palette)
        if shown == self._shown:
            return
        self._shown, self._alarm = shown, alarm
        self._text.show_text(alarm.text)
        whose = " · ".join(part for part in (alarm.person_name, alarm.place) if part)
        said = ", ".join(one_line(part) for part in (alarm.text, whose) if part)
        self._whose.setText(one_line(whose).replace("&", "&&"))
        self._whose.setVisible(bool(whose))
        self._whose.setAccessibleName(f"Show {one_line(alarm.person_name)}")
        self._since.show_text(f"since {shown[1]}")
        self._state.show_text(state_of(alarm))
        self._more.setText(more)
        self._more.setVisible(bool(more))
        self._answer.setVisible(is_answerable(alarm))
        self._answer.setAccessibleDescription(said)
        self.setAccessibleName(f"{alarm.priority} alarm: {said}")
        self._colour(alarm.priority, self._fill(alarm))

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
        is_taken = alarm.phase is AlarmPhase.ACKNOWLEDGED
        return self._palette.taken(alarm.priority) if is_taken else self._palette.fill(alarm.priority)

    def _ask_for_person(self) -> None:
        if self._alarm is not None:
            self.person_asked.emit(self._alarm.person)

    def _colour(self, priority: Priority, fill: Fill) -> None:
        self._pill.show_priority(priority, fill)
        self._icon.setPixmap(icons.pixmap(_ICONS[priority], fill.text, 20, self.devicePixelRatioF()))
        self._answer.setIcon(icons.icon("check", fill.text, 16))
        self.setStyleSheet(
            f"QPushButton {{ background: {fill.pill}; color: {fill.text}; border: 1px solid {fill.soft}; }}"
            f"QPushButton:hover {{ border-color: {fill.text}; }}"
            f"QPushButton[look='quiet'] {{ color: {fill.text}; background: transparent; padding: 0 4px;"
            "border-color: transparent; }"
            f"QPushButton:focus {{ border: 2px solid {fill.text}; }}"
        )
        for part, colour in ((self._text, fill.text), (self._since, fill.soft), (self._state, fill.text)):
            paint_text(part, colour)
        self.update()

    def _lay_out(self) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 0, 10, 0)
        line.setSpacing(10)
        for part in (self._icon, self._pill, self._text, self._whose, self._since):
            line.addWidget(part)
        self._text.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        line.addStretch(1)
        for part in (self._state, self._more, self._answer):
            line.addWidget(part)
