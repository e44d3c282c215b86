"""This is the place for the demo: a house of simulated people on one machine; nothing is left running."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from healthmon import log
from healthmon.app.handing_over import hand_over
from healthmon.app.heartbeat import last_beat
from healthmon.app.jobs.asked import ImportAsked
from healthmon.app.places import Places
from healthmon.app.processes import Child, Children, wait_for
from healthmon.app.who_is_here import GATEWAY
from healthmon.broker import Role, accounts
from healthmon.clock import Clock, FastClock, clock_from
from healthmon.errors import HealthmonError
from healthmon.pipeline.backfill import Tally
from healthmon.settings import PathSettings, Settings

HISTORY = "14d"
HISTORY_FILE = "history.jsonl"
# Who introduces the simulated people: an account of its own, so that nobody real seems to have done it.
CARER = "demo"
FIRST_START = 90.0  # seconds of real time for the recorder to read the history and take readings in
KILLED = 1
WRONG_COMMAND = 2  # the exit code of a child that was told something it does not know
BEFORE_RESTART = 3.0  # seconds of real time, as the window would wait

Told = Callable[[str], None]


class DemoReason(StrEnum):
    """Why there is no demo."""

    NO_RECORDER = "no-recorder"
    NO_HISTORY = "no-history"
    OTHER_CLOCK = "other-clock"


class DemoError(HealthmonError):
    """A part of the demo did not come up."""


@dataclass(frozen=True, slots=True)
class DemoOptions:
    """What to play, and what the window is told (`window` holds its own words of the shell)."""

    scenario: str = "ordinary"
    people: int = 3
    speed: float = 1.0
    seed: int = 7
    history: bool = True
    folder: Path | None = None  # where it is kept; None: somewhere that goes when it ends
    window: tuple[str, ...] = field(default=())
    unattended: bool = False  # the window ends by itself: then one that was killed ends the demo


def demo(settings: Settings, options: DemoOptions, told: Told) -> int:
    """Play until the window is closed, its time is up, or Ctrl-C; the exit code. Main thread only.

    Recorder, simulator and window are children that die with this process, however it ends. A recorder that
    dies is started again after 3 s. A window that is killed leaves the rest playing.
    """
    with ExitStack() as ends:
        places = Places(_folder(options, ends, told)).prepared()
        remembered = log.recorded_clock(places.data)
        clock = _clock(remembered, options)
        history = _history(places, options, told, is_new=remembered is None)
        clock = clock or FastClock(datetime.now(UTC), options.speed)
        children = Children()
        ends.callback(children.stop)
        recorder = _recording(places, clock, children)
        if history is not None:
            here = replace(settings, paths=PathSettings(str(places.data)))
            tally = hand_over(here, ImportAsked(str(history)), clock, _percent(told))
            told(f"Imported {tally.stored:,} events of history.")
            history.unlink()
        return _play(places, options, clock, (recorder, children), told)


def _recording(places: Places, clock: Clock, children: Children) -> Child:
    """A recorder with its broker, once it takes readings in."""
    for name, role in ((CARER, Role.CARER), (GATEWAY, Role.GATEWAY)):
        accounts.ensure(places.data, name, role)
    recorder = children.start(["-m", "healthmon", "record", *_shared(places, clock)])
    wait_for(lambda: _records(places, recorder) or recorder.has_ended, patience=FIRST_START)
    if not _records(places, recorder):
        raise _no_recorder(places)
    return recorder


def _play(
    places: Places, options: DemoOptions, clock: Clock, started: tuple[Child, Children], told: Told
) -> int:
    recorder, children = started
    shared = _shared(places, clock)
    simulator = children.start(_simulator(options, shared))
    window = children.start(["-m", "healthmon", "window", *shared, "--no-recorder", *options.window])
    people = "one simulated person" if options.people == 1 else f"{options.people} simulated people"
    told(f"Playing {options.scenario!r}: {people}, {options.speed:g} times real time.")
    return _watch(window, (recorder, simulator), children, None if options.unattended else told)


def _shared(places: Places, clock: Clock) -> list[str]:
    return ["--data", str(places.data), "--clock", clock.spec()]


def _records(places: Places, recorder: Child) -> bool:
    beat = last_beat(places.heartbeat)
    return beat is not None and beat.pid == recorder.pid and beat.broker_up


def _watch(window: Child, others: Sequence[Child], children: Children, told: Told | None) -> int:
    """Until the window ends by itself: start again what died. With nobody to tell, a killed one ends it."""
    watched = list(others)
    gone_since: dict[int, float] = {}
    was_killed = False
    while window.exit_code is None or window.exit_code < 0:
        if window.exit_code is not None and told is None:
            return KILLED
        if window.exit_code is not None and told is not None and not was_killed:
            was_killed = True
            told("The window ended; recording goes on. Ctrl-C ends the demo.")
        for place, child in enumerate(watched):
            if not child.has_ended:
                continue
            if child.exit_code == WRONG_COMMAND:  # it has said what is wrong; again would be wrong again
                return WRONG_COMMAND
            since = gone_since.setdefault(child.pid, time.monotonic())
            if time.monotonic() - since >= BEFORE_RESTART:
                watched[place] = children.start(child.words)
        time.sleep(0.05)
    return window.exit_code


def _history(places: Places, options: DemoOptions, told: Told, *, is_new: bool) -> Path | None:
    """The file to import: made for a new folder, left over in one whose import was cut short, or none."""
    left_over = places.data / HISTORY_FILE
    if left_over.exists():
        return left_over
    return _made_history(places, options, told) if is_new and options.history else None


def _made_history(places: Places, options: DemoOptions, told: Told) -> Path:
    """Two weeks of the same people, minute by minute: what is usual for them has to come from somewhere."""
    told(f"Making {HISTORY} of history for {options.people} people ...")
    file = places.data / HISTORY_FILE
    until = datetime.now(UTC).isoformat().replace("+00:00", "Z")
    words = ["simulate", "--people", str(options.people), "--seed", str(options.seed), "--scenario", "calm"]
    made = subprocess.run(
        [sys.executable, "-m", "devices", *words, "--history", HISTORY, "--until", until, "--out", str(file)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode != 0:
        raise DemoError(DemoReason.NO_HISTORY, f"no history could be made: {made.stderr.strip()[-300:]}")
    return file


def _percent(told: Told) -> Callable[[Tally], None]:
    steps = iter(range(25_000, 10**9, 25_000))
    following = [next(steps)]

    def progress(tally: Tally) -> None:
        if tally.read >= following[0]:
            following[0] = next(steps)
            told(f"  {tally.read:,} lines")

    return progress


def _folder(options: DemoOptions, ends: ExitStack, told: Told) -> Path:
    """The folder that was asked for, which is kept, or a new one, which is not. Never the user's own log."""
    if options.folder is not None:
        return options.folder.absolute()
    folder = tempfile.TemporaryDirectory(prefix="healthmon-demo-", ignore_cleanup_errors=True)
    told(f"The log of this demo is in {folder.name}, until it ends; --data DIR keeps it.")
    return Path(ends.enter_context(folder))


def _clock(remembered: str | None, options: DemoOptions) -> Clock | None:
    """None for a new folder; the clock an earlier demo left there, when the speed is the same.

    Raises DemoError for any other log: simulated people must not get among real ones.
    """
    if remembered is None:
        return None
    clock = clock_from(remembered)
    if isinstance(clock, FastClock) and clock.speed == options.speed:
        return clock
    theirs = "by the clock of this machine: it may be a real home's" if remembered == "system" else remembered
    raise DemoError(
        DemoReason.OTHER_CLOCK,
        f"this folder was recorded {theirs}; give the demo another folder, or the same --speed",
    )


def _simulator(options: DemoOptions, shared: Sequence[str]) -> list[str]:
    words = ["--people", str(options.people), "--seed", str(options.seed), "--scenario", options.scenario]
    return ["-m", "devices", "simulate", *shared, *words, "--introduce"]


def _no_recorder(places: Places) -> DemoError:
    return DemoError(
        DemoReason.NO_RECORDER,
        f"the recorder did not start; see what this says: healthmon record --data {places.data}",
    )
