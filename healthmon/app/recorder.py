"""This is the place for the recorder: broker, listener, logic and log wired together, until told to stop."""

import os
import signal
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from types import FrameType

from healthmon import __version__, log
from healthmon.alarms import Calls
from healthmon.app.backlog import backlog
from healthmon.app.cares.broker_care import BrokerCare
from healthmon.app.cares.cares import Cares, Now
from healthmon.app.cares.monitored import is_monitored
from healthmon.app.event_rate import EventRate
from healthmon.app.heartbeat import Heart, Heartbeat, real_now
from healthmon.app.jobs.asked_folder import AskedFolder
from healthmon.app.jobs.desk import JobDesk
from healthmon.app.jobs.drop_folder import DropFolder
from healthmon.app.jobs.erasing import erases
from healthmon.app.jobs.work import Means
from healthmon.app.keeping.care import UpkeepCare
from healthmon.app.opening import Kept, learnt, open_journal
from healthmon.app.places import Places
from healthmon.app.rebuilding import free_bytes
from healthmon.clock import Clock, SystemClock
from healthmon.dialects.native import Native
from healthmon.events import Event, Json, Rejected, Thing
from healthmon.events.topics import filters
from healthmon.mqtt import Listener, Room, Session
from healthmon.pipeline.monitor import monitor_says
from healthmon.pipeline.parser import Parser
from healthmon.pipeline.runner import Runner, Stages
from healthmon.pipeline.writer import Writer
from healthmon.rules import Names
from healthmon.settings import Settings

RECORDER = Thing("RECORDER")
TIGHT = 8 << 20  # bytes free: with less the broker's store goes elsewhere before it breaks; our choice
STANDS_STILL = 3.0  # seconds of real time without a turn: a disk that hangs, a broker that does not start


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
        journal = open_journal(places, settings, clock)
        ends.callback(journal.close)
        broker = BrokerCare(places.data, settings.broker, refuge=places.refuge)
        ends.callback(broker.stop)
        url = broker.start()  # first: it keeps what devices say while we learn
        kept = learnt(places, settings, journal, clock.spec())
        listener = Listener(
            url,
            Session(broker.client_id, filters(settings.broker.home), broker.rewind),
            room=Room(settings.recorder.queue),
        )
        letters = log.DeadLetters(places.data)
        letters.recover()
        stages = Stages(listener, house_parser(), kept.logic, Writer(kept.journal, letters, listener))
        pause = timedelta(milliseconds=settings.recorder.commit_ms)
        runner = Runner(stages, clock, batch=settings.recorder.batch, pause=pause)
        cares = ends.enter_context(Cares.of(settings, kept.journal, letters, is_demo=_is_demo(clock)))
        upkeep = UpkeepCare.of(places, settings)
        ends.callback(upkeep.stop)
        _Recorder(places, kept, broker, listener, runner, clock, cares, upkeep, EventRate()).run(stop, ready)
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
    cares: Cares
    upkeep: UpkeepCare
    rate: EventRate

    def run(self, stop: threading.Event, ready: Callable[[str], None]) -> None:
        self.runner.meanwhile = self._call
        self.runner.backlog = partial(backlog, self.listener)
        heart = Heart(self.places.heartbeat, self._state)
        heart.start()
        is_whole = True  # the log holds everything that was judged
        try:
            is_whole = self.runner.write(list(self.kept.owed), stop) and self.runner.say(
                self._event("STARTS", self._start()), stop, starts=True
            )
            if is_whole:
                is_whole = self._tell_erasure(stop) and self._listen(stop, ready)
        finally:
            heart.stop()
        if is_whole:
            self.runner.say(self._event("STOPS", {}), stop)

    def _listen(self, stop: threading.Event, ready: Callable[[str], None]) -> bool:
        """Turn until told to stop; whether the log holds everything that was judged."""
        self.listener.start()
        try:
            self.broker.await_listener()
            ready(f"recording to {self.places.data} through {self.broker.shown}")
            means = Means(self.places.data, self.kept.journal, house_parser())
            dropped = DropFolder(self.places.data / "drop", means)
            jobs = JobDesk([AskedFolder(self.places.jobs, means), dropped])
            while not stop.is_set():
                if not self.runner.turn(stop, jobs, refused=self._refused_by_broker()):
                    return False
                if not self._tell_news(stop):
                    return False
                self.upkeep.look_after(self.kept.logic.next_offset)
        finally:
            self.listener.stop()
        return True

    def _tell_erasure(self, stop: threading.Event) -> bool:
        """Of one whose recorder died before it said so. Whether the log holds everything that was judged."""
        told = erases(self.places.data, self.clock.now())
        if told is not None and not self.runner.say(told, stop):
            return False
        with suppress(log.LogError):  # then it is told again at the next start
            log.erasure_said(self.places.data, log.Disk())
        return True

    def _refused_by_broker(self) -> list[Rejected]:
        return self.broker.look_after(disk_is_well=self._is_disk_well)

    def _is_disk_well(self) -> bool:
        return self.kept.journal.state is not log.LogState.OVERFLOW and free_bytes(self.places.data) > TIGHT

    def _tell_news(self, stop: threading.Event) -> bool:
        """False when it was told to stop while the log could not be written: then say nothing more."""
        self._call()
        now = Now(
            is_connected=self.listener.state.connected,
            is_written=not self.runner.refused_for,
            clock_behind=self.runner.behind,
            is_monitored=is_monitored(self.kept.logic, self._now()),
        )
        return all(
            self.runner.say(self._event("REPORTS", news, about=Thing(about)), stop)
            for about, news in self.cares.news(now)
        ) and self._tell_what_arrived(stop)

    def _tell_what_arrived(self, stop: threading.Event) -> bool:
        """What became of messages to people: they are pending until this is in the log."""
        return all(
            self.runner.say(self._event("NOTIFIES", one.context, about=Thing("CONTACT", one.contact)), stop)
            for one in self.cares.messages.settled()
        )

    def _call(self) -> None:
        """Let be heard, sent and shown what rings now, even while the log cannot be written."""
        calls, names = self.kept.logic.rule(Calls.name), self.kept.logic.rule(Names.name)
        if isinstance(calls, Calls) and isinstance(names, Names):
            now = self._now()
            self.cares.call(
                calls,
                names.called,
                now,
                is_monitored=is_monitored(self.kept.logic, now),
                refused_for=self.runner.refused_for,
            )

    def _now(self) -> datetime:
        """As the log tells the time: a clock that was set back is behind it."""
        return self.clock.now() + self.runner.behind

    def _event(self, verb: str, context: dict[str, Json], *, about: Thing = RECORDER) -> Event:
        return monitor_says(verb, about, self.clock.now(), context)

    def _start(self) -> dict[str, Json]:
        repair = self.kept.journal.repair
        told: dict[str, Json] = {"versions": self.kept.versions, "clock": self.clock.spec()}
        if self.kept.journal.is_copy:
            identity = self.kept.journal.identity
            told["copied_from"] = None if identity is None else identity.copied_from
        if self.kept.journal.stray_overflow:
            told["stray_overflow"] = True
        if repair is not None:
            told["repair"] = {
                "cut_bytes": repair.cut_bytes,
                "missing_bytes": repair.missing_bytes,
                "damaged_lines": repair.damaged_lines,
            }
        if self.kept.damages:
            told["damages"] = len(self.kept.damages)
        if self.kept.rules.problem:
            told["model_problem"] = self.kept.rules.problem
        return told

    def _trouble(self) -> str:
        troubles = (
            self.kept.journal.trouble,
            self._damage(),
            self.cares.messages.problem,
            self.upkeep.problem,
        )
        return next(filter(None, troubles), "")

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
            disk_free=free_bytes(self.places.data),
            problem=self.runner.problem or self._trouble(),
            events_per_second=self.rate.of(self.runner.events_seen),
            clock=self.clock.spec(),
            sound=self.cares.sound.state,
            playing=self.cares.sound.playing,
        )


def _is_demo(clock: Clock) -> bool:
    """Whether only simulated people live here: they alone have a clock of their own."""
    return not isinstance(clock, SystemClock)


def _stopped_by_signals() -> threading.Event:
    stop = threading.Event()

    def told(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, told)
    signal.signal(signal.SIGINT, told)
    return stop
