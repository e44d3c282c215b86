"""This is the place for the window's wiring: log to view, carer to wire, and a recorder if none runs."""

import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import cast

from healthmon import assets, log
from healthmon.advice.catalogue import read_catalogue
from healthmon.app.carer import CarerVoice
from healthmon.app.clocks import clock_of
from healthmon.app.feed import CaringFeed, LogFeed
from healthmon.app.heartbeat import is_alive, last_beat
from healthmon.app.keeper import RecorderKeeper
from healthmon.app.keeping.fold import first_fold
from healthmon.app.lasting_desk import LastingDesk
from healthmon.app.places import Places
from healthmon.app.processes import stop_recorder
from healthmon.app.whatif import LoadedWhatIf
from healthmon.app.who_is_here import carer_here
from healthmon.clock import Clock
from healthmon.events import Entry, Event
from healthmon.gui.carer import Receipt
from healthmon.gui.display import check_display
from healthmon.gui.options import Options, Theme
from healthmon.gui.run import run
from healthmon.settings import Settings
from healthmon.sound.post import quiet
from healthmon.view.desk import DeskOptions, LogDesk
from healthmon.view.recording import Pulse

STAYS = "Recording goes on without this window."
SIZE = (1366, 768)


@dataclass(frozen=True, slots=True)
class WindowOptions:
    """How to show it. `keeps_recorder` is off where somebody else looks after the recorder: in a demo."""

    size: tuple[int, int] | None = None
    screenshot: Path | None = None
    lasting: timedelta | None = None  # real time
    keeps_recorder: bool = True
    clock: str | None = None


def show(settings: Settings, options: WindowOptions) -> int:
    """Show the window until it is closed; the exit code. Main thread. Raises GuiError without a display."""
    check_display()
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

        clock = clock_of(places, options.clock)
        catalogue = read_catalogue(assets.data("advice", "en.toml"))
        words = DeskOptions(catalogue=catalogue, starts_recorder=options.keeps_recorder)

        def fresh_desk() -> LogDesk:
            waiting = voice.waiting()
            begun, start = first_fold(places.data, [event.time for event in waiting])
            feed = CaringFeed(LogFeed(places.data, _tell_damage, start=start), look_after)
            options = replace(words, begun=begun)
            desk = LogDesk(feed, clock, heartbeat=lambda: pulse(places.heartbeat), options=options)
            for event in waiting:
                desk.said(event)
            return desk

        return run(LastingDesk(fresh_desk), _say(voice, places), _look(settings, options, places, clock))


def _look(settings: Settings, options: WindowOptions, places: Places, clock: Clock) -> Options:
    return Options(
        theme=cast("Theme", settings.window.theme),
        size=options.size or SIZE,
        carer=carer_here(),
        what_if=LoadedWhatIf(settings, clock),
        clock=clock,
        closing=lambda: STAYS if options.keeps_recorder else None,
        stop_recording=(lambda: _stop(places)) if options.keeps_recorder else None,
        screenshot=options.screenshot,
        for_=options.lasting,
    )


def _say(voice: CarerVoice, places: Places) -> Callable[[Event], Receipt]:
    """What a carer did goes on its way. A pause of all sound is heard by a player without a recorder, too."""

    def say(event: Event) -> Receipt:
        if event.verb == "PAUSES":
            quiet(places.runtime)
        return voice.say(event)

    return say


def _recorder_options(settings: Settings, options: WindowOptions) -> list[str]:
    words = [] if options.clock is None else ["--clock", options.clock]
    return words + (["--broker", settings.broker.url] if settings.broker.url else [])


def pulse(heartbeat: Path) -> Pulse | None:
    """The recorder's sign of life as the view wants it: with whether its process exists."""
    beat = last_beat(heartbeat)
    return None if beat is None else Pulse(**asdict(beat), alive=is_alive(beat.pid))


def _tell_damage(damage: log.Damage) -> None:
    print(f"healthmon: {damage}; healthmon log verify says more", file=sys.stderr)


def _stop(places: Places) -> None:
    stop_recorder(places.data)
