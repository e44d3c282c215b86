"""This is the place for the window: it asks the desk, paints the screen, and passes on what people do."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Protocol

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from healthmon.gui import far, keys, style
from healthmon.gui.acts import Acts
from healthmon.gui.alarm_bar import AlarmBar
from healthmon.gui.announcer import Announcer, speaker
from healthmon.gui.banner import Banner, Tone, notice_of
from healthmon.gui.carer import Say, Voice
from healthmon.gui.events_panel import EventsPanel
from healthmon.gui.figures import Figures
from healthmon.gui.first_run import FirstRun
from healthmon.gui.notice_bar import NoticeBar
from healthmon.gui.options import Options
from healthmon.gui.palette import Palette
from healthmon.gui.people import PeopleList
from healthmon.gui.question_strip import ANSWERS
from healthmon.gui.sheet_stack import SheetStack
from healthmon.gui.top_bar import TopBar
from healthmon.gui.trend.panel import SPANS, TrendPanel
from healthmon.view.desk import TICK, Desk
from healthmon.view.screen import Offer, Recording, Screen, Span

SMALLEST = (1024, 700)
_CALM = {
    Recording.RECORDING: "No active alarms",
    Recording.NOT_RECORDING: "Alarms are unknown: nothing is being recorded",
    Recording.STARTING: "No alarms yet: the recorder is starting",
    Recording.REPLAY: "No active alarms in this recording at this time",
}


class _Part(Protocol):
    """Whatever takes on colours."""

    def wear(self, palette: Palette) -> None:
        """Take on these colours."""


class MonitorWindow(QWidget):
    """The window over a desk. Lives in the main thread; call `start` to make it tick.

    It holds no truth: kill it at any time and nothing is lost. A desk that raises leaves the last screen
    standing until `fail` is told, which marks every number as no longer followed.
    """

    def __init__(self, desk: Desk, say: Say, options: Options | None = None) -> None:
        super().__init__()
        self._desk = desk
        self._options = options or Options()
        voice = Voice(self._options.carer, self._options.session, self._options.clock)
        self._acts = Acts(voice, say, desk, self.tell, self.tick)
        self._screen: Screen | None = None
        self._failure = ""
        self._may_leave = False
        self.setObjectName("window")
        self.setWindowTitle(self._options.title)
        self.setAccessibleName(self._options.title)
        self.setMinimumSize(*SMALLEST)
        self._build()
        self._announcer = Announcer(speaker(self))
        self._connect()
        self.wear(self._options.theme)
        self.resize(*self._options.size)
        self._people.take_focus()
        self._timer = QTimer(self)
        self._timer.setInterval(TICK // timedelta(milliseconds=1))
        self._timer.timeout.connect(self.tick)

    def start(self) -> None:
        """Tick from now on."""
        self._timer.start()

    def tick(self) -> None:
        """Ask the desk and paint what changed. What the desk raises is not caught here."""
        screen = self._desk.tick(self._trends.view.columns)
        self._failure = ""
        self.show_screen(screen)
        self._alarms.beat()
        self._notices.beat()

    def show_screen(self, screen: Screen) -> None:
        """Paint this screen."""
        self._screen = screen
        self._show_banner(screen)
        self._say_calm(screen)
        self._alarms.show_alarms(screen.alarms, screen.now, screen.question)
        self._top.show_state(screen, is_told_below=self._alarms.tells_protection)
        self._announcer.tell(screen.alarms)
        self._sheets.leave_free(self._pages.y() - 4 if screen.alarms else 0)
        self._pages.setCurrentIndex(0 if screen.people else 1)
        self._first.show_state(screen.connection.recording)
        self._people.show_people(screen.people, screen.selected)
        self._trends.show_screen(screen)
        self._figures.show_screen(screen)
        self._events.add_events(screen.new_events, screen.now, screen.events_today)
        for notice in screen.notices:
            self.tell(notice)

    def fail(self, problem: str) -> None:
        """Something raised: say so, and let no number look live until the next good tick."""
        self._failure = problem
        if self._screen is not None:
            self._show_banner(self._screen)
            self._figures.distrust(self._screen)

    def tell(self, text: str) -> None:
        """Say a sentence once, at the foot of the window and to a screen reader."""
        self._notices.say(text)
        self._announcer.say(text)

    def wear(self, theme: str) -> None:
        """Take on a theme: dark, light, or the system's."""
        palette = style.palette_named(theme)
        self._theme = palette.name
        self.setPalette(style.qt_palette(palette))
        self.setStyleSheet(style.sheet(palette))
        for part in self._parts:
            part.wear(palette)

    def leave(self) -> None:
        """Close without asking: for whoever has asked already, and for signals."""
        self._may_leave = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802  # Qt's name
        """Say once what goes on without the window; the second time, go."""
        note = None if self._may_leave or self._sheets.closing.isVisible() else self._options.closing()
        if note is not None:
            event.ignore()
            self._sheets.closing.ask(note)
            return
        self._timer.stop()
        self._sheets.end()
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """Side columns grow with the window, the plots more."""
        super().resizeEvent(event)
        self._people.setFixedWidth(max(196, min(250, self.width() * 15 // 100)))
        self._figures.setFixedWidth(max(252, min(350, self.width() * 20 // 100)))
        self._banner.scale(far.px(self.height()))
        if self._screen is not None:
            self._say_calm(self._screen)
        self._sheets.place()
        self._notices.place()

    def _show_banner(self, screen: Screen) -> None:
        notice = notice_of(screen.connection, self._options.zone, screen.now, self._failure)
        if self._banner.show_notice(notice) and notice is not None:
            words = f"{notice.headline}. {notice.detail}"
            self._announcer.say(words, interrupts=notice.tone is Tone.GRAVE)

    def _say_calm(self, screen: Screen) -> None:
        state = screen.connection.recording
        is_well = state in {Recording.RECORDING, Recording.REPLAY} and not self._failure
        has_wall = state is Recording.RECORDING and bool(screen.people) and not self._banner.is_grave
        words = "" if screen.alarms and has_wall else _CALM[state]
        self._alarms.scale(far.px(self.height()), has_wall=not self._banner.is_grave)
        self._alarms.say_calm(words, screen.protection if has_wall else None, is_well=is_well)

    def _pause(self, ends: bool) -> None:  # noqa: FBT001  # Qt's signal
        self._acts.pause(ends=ends)

    def _ask_duty(self) -> None:
        self._sheets.ask_duty(self._screen)

    def _ask_quiet(self) -> None:
        self._sheets.ask_quiet(self._screen)

    def _ask_limits(self) -> None:
        selected = self._screen.selected if self._screen is not None else None
        self._sheets.ask_limits(self._desk.limits(selected) if selected is not None else None)

    def _select(self, person: str) -> None:
        self._desk.select(person)
        self.tick()

    def _look(self, span: Span) -> None:
        self._desk.look(span)
        self.tick()

    def _stop(self) -> None:
        if self._options.stop_recording is not None:
            self._options.stop_recording()
        self.leave()

    def _turn_theme(self) -> None:
        self.wear("light" if self._theme == "dark" else "dark")
        if self._screen is not None:
            self.tick()

    def _back(self) -> None:
        """Escape: put away what is open, else the filter."""
        if not self._sheets.put_away():
            self._events.clear_filter()

    def _build(self) -> None:
        zone = self._options.zone
        self._top, self._banner, self._alarms = TopBar(zone), Banner(zone), AlarmBar(zone)
        self._people, self._trends = PeopleList(), TrendPanel(zone)
        self._events, self._figures = EventsPanel(zone), Figures(zone)
        self._first, self._pages = FirstRun(), QStackedWidget()
        self._pages.setObjectName("pages")
        self._pages.addWidget(self._build_content())
        self._pages.addWidget(self._first)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(12, 2, 12, 10)
        lines.setSpacing(8)
        for part in (self._top, self._banner, self._alarms):
            lines.addWidget(part)
        lines.addWidget(self._pages, 1)
        self._notices = NoticeBar(self)
        self._sheets = SheetStack(self, self._options, self._acts)
        above: tuple[_Part, ...] = (self._top, self._banner, self._alarms, self._notices)
        below: tuple[_Part, ...] = (self._people, self._trends, self._events, self._figures, self._first)
        self._parts = (*above, *below, *self._sheets.all)

    def _build_content(self) -> QWidget:
        content = QWidget()
        content.setObjectName("content")
        middle = QVBoxLayout()
        middle.setSpacing(8)
        middle.addWidget(self._trends, 74)
        middle.addWidget(self._events, 26)
        line = QHBoxLayout(content)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(10)
        line.addWidget(self._people)
        line.addLayout(middle, 1)
        line.addWidget(self._figures)
        return content

    def _connect(self) -> None:
        keys.install(self, self._keys())
        self._alarms.answered.connect(self._sheets.answer)
        self._alarms.judged.connect(self._acts.judge)
        self._top.pause_asked.connect(self._pause)
        self._top.duty_asked.connect(self._ask_duty)
        self._trends.limits_asked.connect(self._ask_limits)
        self._trends.quiet_asked.connect(self._ask_quiet)
        self._alarms.person_asked.connect(self._select)
        self._people.person_asked.connect(self._select)
        self._trends.span_asked.connect(self._look)
        self._top.theme_asked.connect(self._turn_theme)
        self._top.help_asked.connect(self._sheets.help.open)
        self._sheets.closing.leave_asked.connect(self.leave)
        self._sheets.closing.stop_asked.connect(self._stop)

    def _keys(self) -> dict[str, Callable[[], object]]:
        """What every key does."""
        spans = {f"span-{place}": partial(self._trends.choose, place) for place in range(len(SPANS))}
        judged = {
            f"judge-{place}": partial(self._alarms.judge, value)
            for place, (value, _) in enumerate(ANSWERS, start=1)
        }
        worst = self._alarms.answer_worst
        return (spans | judged) | {
            "acknowledge": partial(worst, Offer.ACKNOWLEDGE),
            "note": partial(worst, Offer.ACKNOWLEDGE, wants_note=True),
            "take": partial(worst, Offer.TAKE),
            "snooze": partial(worst, Offer.SNOOZE),
            "wake": partial(worst, Offer.WAKE),
            "pause": self._top.toggle_sound,
            "duty": self._ask_duty,
            "limits": self._ask_limits,
            "quiet": self._ask_quiet,
            "all-alarms": self._alarms.toggle,
            "person-before": partial(self._people.step, -1),
            "person-after": partial(self._people.step, 1),
            "live": self._trends.follow,
            "earlier": partial(self._trends.pan, -0.25),
            "later": partial(self._trends.pan, 0.25),
            "closer": partial(self._trends.zoom, 0.5),
            "wider": partial(self._trends.zoom, 2.0),
            "find": self._events.ask_filter,
            "theme": self._turn_theme,
            "back": self._back,
            "close": self.close,
            "help": self._sheets.help.open,
        }
