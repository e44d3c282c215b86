"""This is the place for the window's wiring: log to view, carer to wire, and a recorder if none runs."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from healthmon.app.carer import CarerVoice
from healthmon.app.feed import CaringFeed, LogFeed
from healthmon.app.heartbeat import Heartbeat, is_alive, last_beat
from healthmon.app.importing import clock_of
from healthmon.app.keeper import RecorderKeeper
from healthmon.app.places import Places
from healthmon.app.processes import stop_recorder
from healthmon.events import Entry, Event
from healthmon.settings import Settings

STAYS = "Recording goes on without this window. `healthmon stop` ends it."


@dataclass(frozen=True, slots=True)
class WindowOptions:
    """How to show it. `keeps_recorder` is off where somebody else looks after the recorder: in a demo."""

    size: tuple[int, int] | None = None
    screenshot: Path | None = None
    lasting: timedelta | None = None  # real time
    title: str = "healthmon"
    keeps_recorder: bool = True
    clock: str | None = None


def show(settings: Settings, options: WindowOptions) -> int:
    """Show the window until it is closed; the exit code. Main thread. Raises GuiError without a display."""
    from healthmon.gui.run import require_display, run
    from healthmon.view.desk import LogDesk

    require_display()
    places = Places(settings.data_folder).prepared()
    with ExitStack() as ends:
        keeper = RecorderKeeper(places, _recorder_options(settings, options))
        if options.keeps_recorder:
            keeper.begin()
        voice = CarerVoice(places.data, places.outbox, settings.broker)
        ends.callback(voice.stop)

        def look_after(entries: Sequence[Entry]) -> None:
            voice.look(entries)
            if options.keeps_recorder:
                keeper.look()

        feed = CaringFeed(LogFeed(places.data), look_after)
        clock = clock_of(places, options.clock)
        desk = LogDesk(feed, clock, heartbeat=lambda: _pulse(places.heartbeat))

        def say(event: Event) -> None:
            voice.say(event)
            desk.said(event)

        return run(desk, say, _shown(settings, options, places))


def _recorder_options(settings: Settings, options: WindowOptions) -> list[str]:
    words = [] if options.clock is None else ["--clock", options.clock]
    return words + (["--broker", settings.broker.url] if settings.broker.url else [])
