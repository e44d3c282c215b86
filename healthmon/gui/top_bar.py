"""This is the place for the line at the top: is it recorded, are you protected, who is on duty, the time."""

from datetime import datetime, tzinfo

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from healthmon.gui import icons, shapes, words
from healthmon.gui.buttons import button, icon_button
from healthmon.gui.labels import OneLine, label, paint_text, tip
from healthmon.gui.lettering import Weight, face, one_line
from healthmon.gui.palette import DARK, Palette
from healthmon.view.care import Hush
from healthmon.view.screen import Freshness, Priority, Protection, Recording, Screen

DAY_FROM = 1_150  # pixels
WIDE_FROM = 1_500  # from here on what is recorded and what is missing stand side by side in full
_STATES: dict[Recording, Priority | Freshness] = {
    Recording.RECORDING: Freshness.LIVE,
    Recording.NOT_RECORDING: Priority.HIGH,
    Recording.STARTING: Freshness.NO_SIGNAL,
    Recording.REPLAY: Freshness.NO_SIGNAL,
}


class StateDot(QWidget):
    """The shape of a state, 10 pixels wide."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setFixedSize(QSize(12, 12))
        self._palette = DARK
        self._state: Priority | Freshness = Freshness.NO_SIGNAL

    def show_state(self, state: Priority | Freshness, says: str, palette: Palette) -> None:
        """Show this state from now on."""
        if (state, palette) == (self._state, self._palette):
            return
        self._state, self._palette = state, palette
        self.setAccessibleName(says)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Draw the shape."""
        painter = QPainter(self)
        colour = shapes.state_colour(self._palette, self._state)
        shapes.draw_state(painter, QRectF(self.rect()).adjusted(1, 1, -1, -1), colour, self._state)
        painter.end()


class TopBar(QWidget):
    """Brand, recording state, protection, who is on duty, paused sound, clock, theme and help."""

    duty_asked = Signal()
    pause_asked = Signal(bool)  # whether it ends a pause
    theme_asked = Signal()
    help_asked = Signal()

    def __init__(self, zone: tzinfo | None) -> None:
        super().__init__()
        self.setObjectName("top-bar")
        self.setAccessibleName("State of the monitor")
        self.setFixedHeight(46)
        self._zone = zone
        self._palette = DARK
        self._brand = QLabel()
        self._brand.setObjectName("brand-icon")
        self._name = label("brand", 18, Weight.SEMIBOLD, "healthmon")
        self._dot = StateDot("recording-state")
        self._connection = OneLine("connection", 13, Weight.MEDIUM)
        self._shield = QLabel()
        self._shield.setObjectName("protection-icon")
        self._protection = OneLine("protection", 13, Weight.MEDIUM)
        self._day = label("day", 13)
        self._clock = label("clock", 20, Weight.SEMIBOLD)
        self._clock.setFont(face(20, Weight.SEMIBOLD, figures=True))
        self._theme = icon_button("theme", says="Switch between dark and light", key="Ctrl+T")
        self._help = icon_button("help", says="Keys and help", key="F1")
        self._duty = button("duty", "", says="Who is called; hand over", key="F7")
        self._pause = button("pause-sound", "", says="Pause sound for 2 minutes", key="F6")
        self._hush: Hush | None = None
        self._full = ""
        self._duty.clicked.connect(self.duty_asked)
        self._pause.clicked.connect(self.toggle_sound)
        self._theme.clicked.connect(self.theme_asked)
        self._help.clicked.connect(self.help_asked)
        self._shown: tuple[object, ...] = ()
        self._lay_out()

    def show_state(self, screen: Screen, *, is_told_below: bool = False) -> None:
        """Show what the window can prove; cheap when nothing changed. Below: in letters for a wall."""
        connection, clock = screen.connection, f"{words.local(screen.now, self._zone):%H:%M:%S}"
        care = (screen.hush, screen.duty)
        told = (screen.protection, is_told_below)
        shown = (connection.recording, connection.text, told, care, clock, self._palette)
        if shown == self._shown:
            return
        self._shown = shown
        self._show_time(screen.now, clock)
        self._dot.show_state(_STATES[connection.recording], str(connection.recording), self._palette)
        self._connection.show_text(self._recorded(screen, is_told_below=is_told_below))
        self._full = screen.connection.text
        self._show_protection(screen.protection)
        self._shield.setVisible(not is_told_below)
        self._protection.setVisible(not is_told_below)
        self._show_sound(screen.hush)
        says = one_line(screen.duty.text)
        self._duty.setText(f" {says}" if self.width() >= DAY_FROM else "")
        self._duty.setAccessibleName(f"{says}: who is called, hand over")
        tip(self._duty, f"{says} (F7)")
        self._duty.setIcon(icons.icon("user-check", self._palette.muted, 16))

    def toggle_sound(self) -> None:
        """Pause all sound, or end the pause."""
        self.pause_asked.emit(self._hush is not None)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """Where room is short the day goes first."""
        super().resizeEvent(event)
        self._shown = ()
        self._day.setVisible(self.width() >= DAY_FROM)

    def wear(self, palette: Palette) -> None:
        """Take on these colours."""
        self._palette = palette
        self._shown = ()
        self._brand.setPixmap(self._drawn("heart-pulse", palette.good, 24))
        self._theme.setIcon(icons.icon("sun" if palette.name == "dark" else "moon", palette.muted, 16))
        self._help.setIcon(icons.icon("circle-question-mark", palette.muted, 16))
        for quiet in (self._connection, self._day):
            paint_text(quiet, palette.muted)
        for loud in (self._name, self._clock):
            paint_text(loud, palette.text)

    def _recorded(self, screen: Screen, *, is_told_below: bool) -> str:
        """Where room is short, what protects goes before how much arrives."""
        text = screen.connection.text
        return text if is_told_below or self.width() >= WIDE_FROM else text.partition(" · ")[0]

    def _show_time(self, now: datetime, clock: str) -> None:
        there = words.local(now, self._zone)
        self._clock.setText(clock)
        self._day.setText(f"{there:%a} {there.day} {there:%b}")

    def _show_sound(self, hush: Hush | None) -> None:
        self._hush = hush
        says = "Pause sound for 2 minutes" if hush is None else "End the pause of sound"
        told = " Pause sound" if hush is None else f" {hush.text}"
        self._pause.setText(f"{told} · turn on" if hush is not None and hush.is_settled else told)
        self._pause.setAccessibleName(says)
        tip(self._pause, f"{says} (F6)")
        colour = self._palette.muted if hush is None else self._palette.warn
        self._pause.setIcon(icons.icon("volume-2" if hush is None else "volume-x", colour, 16))

    def _show_protection(self, protection: Protection) -> None:
        colour = self._palette.good if protection.protected else self._palette.warn
        self._shield.setPixmap(
            self._drawn("shield-check" if protection.protected else "shield-alert", colour, 18)
        )
        # The text names the first thing that is missing; the others follow it.
        self._protection.show_text("; ".join([protection.text, *protection.missing[1:]]))
        paint_text(self._protection, self._palette.muted if protection.protected else colour)
        tip(self._shield, self._protection.text)
        tip(self._dot, self._full)

    def _drawn(self, name: str, colour: str, px: int) -> QPixmap:
        return icons.pixmap(name, colour, px, self.devicePixelRatioF())

    def _lay_out(self) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(4, 4, 0, 0)
        line.setSpacing(8)
        line.addWidget(self._brand)
        line.addWidget(self._name)
        line.addSpacing(16)
        line.addWidget(self._dot)
        line.addWidget(self._connection)
        line.addSpacing(16)
        line.addWidget(self._shield)
        self._protection.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        line.addWidget(self._protection, 1)
        line.addStretch(0)  # holds the place of protection while that is told below
        line.addSpacing(8)
        line.addWidget(self._duty)
        line.addWidget(self._pause)
        line.addSpacing(8)
        line.addWidget(self._day)
        line.addWidget(self._clock)
        line.addSpacing(8)
        line.addWidget(self._theme)
        line.addWidget(self._help)
