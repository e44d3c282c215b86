"""This is the place for the middle of the window: whose readings, over which time, and the plots of them."""

from collections.abc import Mapping
from datetime import datetime, timedelta, tzinfo
from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout

from healthmon.gui import icons, words
from healthmon.gui.buttons import quiet_button
from healthmon.gui.labels import OneLine, paint_text, tip
from healthmon.gui.lettering import Weight, one_line
from healthmon.gui.palette import DARK, Palette
from healthmon.gui.trend.view import TrendView
from healthmon.view.care import Quiet
from healthmon.view.screen import NOTHING_ARRIVES, Freshness, Screen, Span

WIDE_FROM = 700  # pixels

SPANS: Mapping[str, timedelta] = {
    "5 min": timedelta(minutes=5),
    "15 min": timedelta(minutes=15),
    "1 h": timedelta(hours=1),
    "6 h": timedelta(hours=6),
    "24 h": timedelta(hours=24),
}


class TrendHead(QHBoxLayout):
    """The line above the plots: name, place, span buttons and Live."""

    def __init__(self) -> None:
        super().__init__()
        self.setContentsMargins(6, 0, 4, 0)
        self.setSpacing(4)
        self.name = OneLine("person-name", 17, Weight.SEMIBOLD)
        self.place = OneLine("person-place", 13)
        self.stretch_words = OneLine("span-words", 13, Weight.MEDIUM)
        self.spans = {text: self._span_button(text, key) for key, text in enumerate(SPANS, start=1)}
        self.live = quiet_button("live", " Live", says="Follow the present", key="Alt+L")
        self.live.setCheckable(True)
        self.live.setIconSize(QSize(16, 16))
        self.limits = quiet_button("limits", " Limits", says="Limits of this person", key="F8")
        self.limits.setIconSize(QSize(16, 16))
        self.quiet = quiet_button("quiet-hours", "", says="Quiet hours", key="F9")
        self.quiet.setIconSize(QSize(16, 16))
        self.place.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # it gives way first
        self.addWidget(self.name)
        self.addSpacing(8)
        self.addWidget(self.place, 1)
        self.addWidget(self.stretch_words)
        self.addWidget(self.quiet)
        self.addWidget(self.limits)
        self.addSpacing(8)
        for button in self.spans.values():
            self.addWidget(button)
        self.addSpacing(6)
        self.addWidget(self.live)

    def _span_button(self, text: str, key: int) -> QPushButton:
        made = quiet_button(f"span-{text.replace(' ', '-')}", text, says=f"Show {text}", key=f"Alt+{key}")
        made.setCheckable(True)
        return made


class TrendPanel(QFrame):
    """Paints one person's trends. `span_asked` tells the stretch a person wants to see."""

    span_asked = Signal(object)  # Span
    limits_asked = Signal()
    quiet_asked = Signal()

    def __init__(self, zone: tzinfo | None) -> None:
        super().__init__()
        self.setObjectName("trend-panel")
        self.setAccessibleName("Readings over time")
        self.setProperty("look", "card")
        self._zone = zone
        self._palette = DARK
        self._span = Span(SPANS["1 h"])
        self._now: datetime | None = None
        self._head = TrendHead()
        self.view = TrendView(zone)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(10, 8, 12, 6)
        lines.setSpacing(8)
        lines.addLayout(self._head)
        lines.addWidget(self.view, 1)
        for text, button in self._head.spans.items():
            button.clicked.connect(partial(self._ask_length, SPANS[text]))
        self._head.live.clicked.connect(self.follow)
        self._head.limits.clicked.connect(self.limits_asked)
        self._head.quiet.clicked.connect(self.quiet_asked)
        self.view.looked.connect(self._ask_stretch)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """Where room is short the name goes before a word."""
        super().resizeEvent(event)
        self._head.limits.setText(" Limits" if self.width() >= WIDE_FROM else "")

    def show_screen(self, screen: Screen) -> None:
        """Paint what changed."""
        self._span, self._now = screen.span, screen.now
        person = next((row for row in screen.people if row.id == screen.selected), None)
        self._head.name.show_text(person.name if person else "")
        self._head.place.show_text(person.place if person else "")
        is_live = screen.span.end is None
        self._show_quiet(screen.quiet)
        self._show_buttons(screen, is_live=is_live)
        self.view.show_span(screen.span_start.timestamp(), screen.span_end.timestamp(), is_live=is_live)
        numerals = [one for one in (screen.heart_rate, screen.oxygen) if one is not None]
        live = {one.quantity: is_live and one.freshness is Freshness.LIVE for one in numerals}
        self.view.show_trends(screen.trends, screen.marks, live)

    def follow(self) -> None:
        """Ask to follow the present again, over the same length."""
        self._head.live.setChecked(True)
        self.span_asked.emit(Span(self._span.length))

    def choose(self, place: int) -> None:
        """Ask for the span of the button in that place."""
        self._ask_length(list(SPANS.values())[place])

    def pan(self, share: float) -> None:
        """Ask for a stretch that much earlier (negative) or later, as a share of the span."""
        end = self._span.end or self._now
        if end is not None:
            self._ask(Span(self._span.length, end + self._span.length * share))

    def zoom(self, factor: float) -> None:
        """Ask for a span that many times as long, ending where it ends now."""
        length = self._span.length * factor
        self._ask_length(max(timedelta(minutes=1), min(length, timedelta(days=14))))

    def wear(self, palette: Palette) -> None:
        """Take on these colours."""
        self._palette = palette
        self.view.wear(palette)
        self._head.quiet.setIcon(icons.icon("moon", palette.muted, 16))
        self._head.limits.setIcon(icons.icon("sliders-horizontal", palette.muted, 16))
        paint_text(self._head.name, palette.text)
        paint_text(self._head.place, palette.muted)
        paint_text(self._head.stretch_words, palette.warn)

    def _show_quiet(self, quiet: Quiet | None) -> None:
        says = quiet.text if quiet is not None else ""
        self._head.quiet.setText(f" {says}" if self.width() >= WIDE_FROM else "")
        self._head.quiet.setVisible(quiet is not None)
        whose = f"Quiet hours of {one_line(quiet.name)}" if quiet is not None else ""
        self._head.quiet.setAccessibleName(f"{whose}: {says}" if whose else "")
        tip(self._head.quiet, f"Quiet hours: {says} (F9)")

    def _show_buttons(self, screen: Screen, *, is_live: bool) -> None:
        for text, button in self._head.spans.items():
            button.setChecked(SPANS[text] == screen.span.length)
        self._head.live.setChecked(is_live)
        is_current = screen.connection.recording not in NOTHING_ARRIVES
        now = " Live" if is_current else " Not live"
        self._head.live.setText(now if is_live else " Back to live")
        colour = self._palette.good if is_live and is_current else self._palette.warn
        self._head.live.setIcon(icons.icon("radio", colour, 16))
        start, end = (
            words.short_clock(at, self._zone, screen.now) for at in (screen.span_start, screen.span_end)
        )
        self._head.stretch_words.show_text("" if is_live else f"Looking back: {start} – {end}")

    def _ask_length(self, length: timedelta, *_is_on: object) -> None:
        self.span_asked.emit(Span(length, self._span.end))

    def _ask_stretch(self, start: float, end: float) -> None:
        self._ask(Span(timedelta(seconds=end - start), words.moment(end)))

    def _ask(self, span: Span) -> None:
        """A stretch that reaches the present follows it."""
        reaches = self._now is not None and span.end is not None and span.end >= self._now
        self.span_asked.emit(Span(span.length) if reaches else span)
