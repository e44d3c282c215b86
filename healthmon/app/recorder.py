"""This is the place for the recorder: broker, listener, logic and log wired together, until told to stop."""

import os
import shutil
import signal
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from types import FrameType

from healthmon import __version__, log
from healthmon.app.broker_care import BrokerCare
from healthmon.app.heartbeat import Heart, Heartbeat, real_now
from healthmon.app.jobs.asked_folder import AskedFolder
from healthmon.app.jobs.desk import JobDesk
from healthmon.app.jobs.work import Means
from healthmon.app.log_care import LogCare
from healthmon.app.places import Places
from healthmon.clock import Clock
from healthmon.dialects.native import Native
from healthmon.events import Entry, Event, Json, Thing, TimeSource
from healthmon.events.topics import filters
from healthmon.mqtt import Listener, Room, Session
from healthmon.pipeline.house import HouseRules, house_rules
from healthmon.pipeline.logic import MONITOR, Logic
from healthmon.pipeline.parser import Parser
from healthmon.pipeline.runner import Runner, Stages
from healthmon.pipeline.writer import Writer
from healthmon.settings import Settings

STANDS_STILL = 3.0  # seconds of real time without a turn: a disk that hangs, a broker that does not start


@dataclass(frozen=True, slots=True)
class Kept:
    """The open log and what has been rebuilt from it."""

    journal: log.EventLog
    logic: Logic
    rules: HouseRules
    owed: tuple[Entry, ...]
    damages: tuple[log.Damage, ...]


def open_log(places: Places, settings: Settings, clock: Clock) -> Kept:
    """Take the log's lock, mend a torn tail, and rebuild the logic from every entry.

    Damaged lines are stepped over and told: a flipped bit does not keep anybody unwatched. Raises LogError:
    locked by another recorder, of a newer format, or what the disk refuses.
    """
    room = log.Room(
        segment_bytes=settings.log.segment_mib << 20,
        overflow=places.overflow,
        overflow_bytes=settings.log.overflow_mib << 20,
        reserve_bytes=settings.log.reserve_mib << 20,
    )
    journal = log.EventLog.open(places.data, clock=clock, room=room)
    rules = house_rules(settings.rules)
    logic = Logic(rules.rules, remembered_ids=settings.recorder.remembered_ids)
    damages: list[log.Damage] = []
    owed = logic.recall(log.read(places.data, on_damage=damages.append), next_offset=journal.next_offset)
    return Kept(journal, logic, rules, tuple(owed), tuple(damages))


def house_parser() -> Parser:
    """The parser with every dialect that is spoken here."""
    return Parser([Native()])


def record(settings: Settings, clock: Clock, *, ready: Callable[[str], None] = lambda _: None) -> int:
    """Record until SIGTERM or Ctrl-C; the exit code. Call from the main thread.

    `ready` is told one line once readings are taken in. Everything started here is stopped here; a crash
    leaves a log that opens again, and a broker that dies with its recorder.
    """
    stop = _stopped_by_signals()
    with ExitStack() as ends:
        places = Places(settings.data_folder).prepared()
        kept = open_log(places, settings, clock)
        ends.callback(kept.journal.close)
        broker = BrokerCare(places.data, settings.broker)
        ends.callback(broker.stop)
        url = broker.start()
        listener = Listener(
            url,
            Session(broker.client_id, filters(settings.broker.home), broker.rewind),
            room=Room(settings.recorder.queue),
        )
        letters = log.DeadLetters(places.data)
        stages = Stages(listener, house_parser(), kept.logic, Writer(kept.journal, letters, listener))
        pause = timedelta(milliseconds=settings.recorder.commit_ms)
        runner = Runner(stages, clock, batch=settings.recorder.batch, pause=pause)
        care = LogCare(kept.journal, letters)
        _Recorder(places, kept, broker, listener, runner, clock, care, _Rate()).run(stop, ready)
    return 0


@dataclass(slots=True)
class _Recorder:
    """One run of the recorder, from STARTS to STOPS."""

    places: Places
    kept: Kept
    broker: BrokerCare
    listener: Listener
    runner: Runner
    clock: Clock
    care: LogCare
    rate: "_Rate"

    def run(self, stop: threading.Event, ready: Callable[[str], None]) -> None:
        heart = Heart(self.places.heartbeat, self._state)
        heart.start()
        is_whole = True  # the log holds everything that was judged
        try:
            is_whole = self.runner.write(list(self.kept.owed), stop) and self.runner.say(
                self._event("STARTS", self._versions()), stop, starts=True
            )
            if is_whole:
                is_whole = self._listen(stop, ready)
        finally:
            heart.stop()
        if is_whole:
            self.runner.say(self._event("STOPS", {}), stop)

    def _listen(self, stop: threading.Event, ready: Callable[[str], None]) -> bool:
        """Turn until told to stop; whether the log holds everything that was judged."""
        self.listener.start()
        try:
            ready(f"recording to {self.places.data} through {self.broker.shown}")
            means = Means(self.places.data, self.kept.journal, house_parser())
            jobs = JobDesk([AskedFolder(self.places.jobs, means)])
            while not stop.is_set():
                if not self.runner.turn(stop, jobs, refused=self.broker.look_after()):
                    return False
                self._tell_of_the_disk(stop)
        finally:
            self.listener.stop()
        return True

    def _tell_of_the_disk(self, stop: threading.Event) -> None:
        news = self.care.look_after()
        if news is not None:
            self.runner.say(self._event("REPORTS", news, about="LOG"), stop)

    def _event(self, verb: str, context: dict[str, Json], *, about: str = "RECORDER") -> Event:
        return Event(
            id="",
            time=self.clock.now(),
            time_source=TimeSource.RECEIVE,
            subject=MONITOR,
            verb=verb,
            object=Thing(about),
            context=context,
        )

    def _versions(self) -> dict[str, Json]:
        repair = self.kept.journal.repair
        versions: dict[str, Json] = {
            "versions": {"healthmon": __version__, "model": self.kept.rules.model},
            "clock": self.clock.spec(),
        }
        if self.kept.journal.is_copy:
            identity = self.kept.journal.identity
            versions["copied_from"] = None if identity is None else identity.copied_from
        if repair is not None:
            versions["repair"] = {
                "cut_bytes": repair.cut_bytes,
                "missing_bytes": repair.missing_bytes,
                "damaged_lines": repair.damaged_lines,
            }
        if self.kept.damages:
            versions["damages"] = len(self.kept.damages)
        if self.kept.rules.problem:
            versions["model_problem"] = self.kept.rules.problem
        return versions

    def _damage(self) -> str:
        damages = self.kept.damages
        return (
            f"the log is damaged in {len(damages)} places; healthmon log verify says where" if damages else ""
        )

    def _state(self) -> Heartbeat | None:
        """None while the recorder stands still: then there is no sign of life to show."""
        if time.monotonic() - self.runner.turned > STANDS_STILL:
            return None
        listening = self.listener.state
        return Heartbeat(
            written=real_now(),
            pid=os.getpid(),
            version=__version__,
            offset=self.kept.logic.next_offset,
            queue=listening.depth,
            broker_up=listening.connected,
            broker_problem=listening.problem or self.broker.problem,
            disk_free=_free(self.places.data),
            problem=self.runner.problem or self.kept.journal.trouble or self._damage(),
            events_per_second=self.rate.of(self.runner.events_seen),
            clock=self.clock.spec(),
        )


def _free(folder: Path) -> int:
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return 0


class _Rate:
    """Events per second of real time, over the last few beats."""

    def __init__(self) -> None:
        self._seen = 0
        self._at = time.monotonic()
        self._rate = 0.0

    def of(self, seen: int) -> float:
        """The rate since the last call, smoothed a little."""
        now = time.monotonic()
        fresh = (seen - self._seen) / max(now - self._at, 0.001)
        self._seen, self._at = seen, now
        self._rate = 0.5 * self._rate + 0.5 * fresh
        return round(self._rate, 1)


def _stopped_by_signals() -> threading.Event:
    stop = threading.Event()

    def told(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, told)
    signal.signal(signal.SIGINT, told)
    return stop
