"""This is the place for turning the stages: take, parse, judge, commit, and again, until told to stop."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple, Protocol

from healthmon.clock import Clock, SystemClock
from healthmon.errors import HealthmonError
from healthmon.events import Entry, Event, Json, Message, Rejected, Thing, TimeSource
from healthmon.events.not_recorded import HANGS, Backlog, NotRecorded
from healthmon.log import LogReason
from healthmon.pipeline.logic import Logic
from healthmon.pipeline.monitor import monitor_says
from healthmon.pipeline.parser import Parser
from healthmon.pipeline.receipt import GAP, Receipt
from healthmon.pipeline.writer import Acknowledge, Batch, Refused, Writer

# How long a turn waits for a message before it looks at its timers and jobs; real time. A clock that runs
# faster may have passed many a timer in the longer of the two.
PATIENCE = 0.25
PATIENCE_OF_A_FAST_CLOCK = 0.05
# How long a failed commit waits before it is tried again; real time.
RETRY = 1.0


class Listener(Acknowledge, Protocol):
    """What the runner needs of the wire."""

    def take(self, limit: int, timeout: float) -> list[Message]:
        """Messages in their order, as soon as there is one; none after `timeout` seconds."""


class Job(Protocol):
    """Long work that a shell command handed over: it is done a piece at a time, between readings."""

    @property
    def is_busy(self) -> bool:
        """Whether there is a piece to do at once."""

    def step(self, logic: Logic, received: datetime, batch: Batch) -> None:
        """Put the next piece into the batch. Never blocks for long, never raises."""

    def committed(self) -> None:
        """What the last step gave, maybe nothing, is durable."""


@dataclass(frozen=True, slots=True)
class Stages:
    """The stages in their order."""

    listener: Listener
    parser: Parser
    logic: Logic
    writer: Writer


class _Unwritten(NamedTuple):
    """A commit that took too long: since which stamp, why, and what came meanwhile."""

    since: datetime
    reason: str
    backlog: Backlog


class Runner:
    """The recorder's one thread. It takes messages from the listener, and the recorder's own words.

    When the log cannot be written it keeps the batch, says so in `problem`, and tries again every second:
    nothing is acknowledged meanwhile, so the broker keeps what comes, and nothing is judged. Once it can be
    written again, GAP says so before anything else (`events.not_recorded`); a crash before that leaves STARTS
    to tell that nobody recorded. `turned` is when it last moved on (`time.monotonic`): whoever shows a sign
    of life looks at it.
    """

    def __init__(
        self,
        stages: Stages,
        clock: Clock,
        *,
        batch: int = 5_000,
        pause: timedelta = timedelta(),
        receipt: Receipt | None = None,
    ) -> None:
        self._listener = stages.listener
        self._parser = stages.parser
        self._logic = stages.logic
        self._writer = stages.writer
        self._clock = clock
        self._receipt = receipt or Receipt(clock)
        self._limit = batch
        self._pause = pause.total_seconds()
        self._rests_until = 0.0
        self.retry = RETRY
        self.meanwhile: Callable[[], None] = lambda: None  # called every `retry` while the log refuses
        self.backlog: Callable[[float], Backlog] = lambda _: Backlog()  # asked once, after so many seconds
        self.told_after = GAP.total_seconds()  # of real time, without the log being written
        self.problem = ""
        self.events_seen = 0
        self.turned = time.monotonic()
        self._refused_at: float | None = None
        self._unwritten: _Unwritten | None = None

    def say(self, event: Event, stop: threading.Event, *, starts: bool = False) -> bool:
        """Record something of the recorder's own: STARTS, STOPS. Whether it became durable.

        Its time is that of receipt: the clock may be behind.
        """
        batch = Batch()
        received = self._received(batch)
        place = self._logic.start if starts else self._logic.take
        batch.entries += place(event.timed(received, TimeSource.RECEIVE), received)
        return self._insist(batch, stop)

    @property
    def refused_for(self) -> float:
        """For how many seconds of real time the log has refused; nothing while it is written."""
        return 0.0 if self._refused_at is None else time.monotonic() - self._refused_at

    @property
    def behind(self) -> timedelta:
        """How far the clock is behind receive time, in real time: nothing, unless somebody set it back."""
        return self._receipt.behind

    def write(self, entries: list[Entry], stop: threading.Event) -> bool:
        """Make entries durable that a crash had cut off. Whether they became so."""
        return self._insist(Batch(entries=entries), stop)

    def turn(
        self,
        stop: threading.Event,
        jobs: Job,
        *,
        refused: Sequence[Rejected] = (),
        patience: float | None = None,
    ) -> bool:
        """One turn: everything that waits, at most `batch` messages, in one commit.

        `refused` is what was turned away before it could be heard. False when it was told to stop while the
        log could not be written: then nothing more must be said, for the log does not hold this batch.
        It waits for a message for `patience` seconds of real time, by itself until something else is due.
        """
        self._rest(stop, jobs)
        patience = self._patience() if patience is None else patience
        messages = self._listener.take(self._limit, 0.0 if jobs.is_busy else patience)
        batch = Batch()
        received = self._received(batch)
        for message in messages:
            self._hear(message, received, batch)
        for rejected in refused:
            self._refuse(rejected, received, batch)
        batch.entries += self._logic.tick(received)
        jobs.step(self._logic, received, batch)
        if not self._insist(batch, stop):
            return False
        jobs.committed()
        return True

    def _patience(self) -> float:
        if not isinstance(self._clock, SystemClock):
            return PATIENCE_OF_A_FAST_CLOCK
        due = self._logic.due()
        if due is None:
            return PATIENCE
        return min(max(0.0, (due - self._clock.now() - self.behind).total_seconds()), PATIENCE)

    def _rest(self, stop: threading.Event, jobs: Job) -> None:
        """Wait until the next commit may begin: an SD card wears out with each."""
        if self._pause and not jobs.is_busy:
            stop.wait(max(0.0, self._rests_until - time.monotonic()))
            self._rests_until = time.monotonic() + self._pause

    def _hear(self, message: Message, received: datetime, batch: Batch) -> None:
        reading = self._parser.parse(message, received)
        for event in reading.events:
            batch.entries += self._logic.take(event, received, again=message.duplicate)
        for rejected in reading.refused:
            self._refuse(rejected, received, batch)
        batch.receipts.append(message.receipt)
        self.events_seen += len(reading.events)

    def _refuse(self, rejected: Rejected, received: datetime, batch: Batch) -> None:
        entries = self._logic.refuse(rejected, received)
        batch.entries += entries
        batch.refused.append(Refused(rejected, received, entries[-1].offset))

    def _insist(self, batch: Batch, stop: threading.Event) -> bool:
        begun, reason = time.monotonic(), HANGS
        while True:
            self.turned = time.monotonic()
            try:
                if batch:
                    self._writer.commit(batch)
            except HealthmonError as error:
                if error.reason is LogReason.OUT_OF_ORDER:
                    raise  # trying again cannot mend it; a new start rebuilds everything from the log
                self.problem, reason = str(error), error.reason.value
                self._refused_at = self.turned if self._refused_at is None else self._refused_at
                self.meanwhile()
                if stop.wait(self.retry):
                    return False
            else:
                self.problem, self._refused_at = "", None
                self._note(time.monotonic() - begun, reason)
                return True

    def _note(self, lasted: float, reason: str) -> None:
        """A commit lasted so many seconds: was that so long that it has to be told?"""
        since = self._logic.last_stamp
        if lasted > self.told_after and since is not None:
            self._unwritten = _Unwritten(since, reason, self.backlog(lasted))

    def _received(self, batch: Batch) -> datetime:
        """Receive time now. After a gap the batch first says so: of what was before nothing is concluded."""
        received = self._receipt.now(self._logic.last_stamp)
        slept, unwritten = self._receipt.gap(), self._unwritten
        told: dict[str, Json] = {}
        if unwritten is not None:
            self._unwritten = None  # and whatever was slept is within it
            told = NotRecorded(unwritten.since, received, unwritten.reason, unwritten.backlog).context()
        elif slept is not None:
            told = {"value": round(slept.total_seconds(), 1), "unit": "s"}
        if told:
            gap = monitor_says("REPORTS", Thing("GAP"), received, told)
            batch.entries += self._logic.start(gap, received)
        return received
