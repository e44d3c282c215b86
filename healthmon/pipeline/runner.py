"""This is the place for turning the stages: take, parse, judge, commit, and again, until told to stop."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from healthmon.clock import Clock
from healthmon.errors import HealthmonError
from healthmon.events import Entry, Event, Message, Rejected
from healthmon.pipeline.logic import Logic
from healthmon.pipeline.parser import Parser
from healthmon.pipeline.writer import Acknowledge, Batch, Writer

# How long a turn waits for a message before it looks at its timers and jobs; real time.
PATIENCE = 0.05
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

    def step(self, logic: Logic, received: datetime) -> Sequence[Entry]:
        """The next piece's entries. Never blocks for long."""

    def committed(self) -> None:
        """What the last step gave, maybe nothing, is durable."""


@dataclass(frozen=True, slots=True)
class Stages:
    """The stages in their order."""

    listener: Listener
    parser: Parser
    logic: Logic
    writer: Writer


class Runner:
    """The recorder's one thread. It takes messages from the listener, and events handed in by `say`.

    When the log cannot be written it keeps the batch, says so in `problem`, and tries again every second:
    nothing is acknowledged meanwhile, so the broker keeps what comes.
    """

    def __init__(self, stages: Stages, clock: Clock, *, batch: int = 5_000) -> None:
        self._listener = stages.listener
        self._parser = stages.parser
        self._logic = stages.logic
        self._writer = stages.writer
        self._clock = clock
        self._limit = batch
        self.retry = RETRY
        self.problem = ""
        self.events_seen = 0

    def say(self, event: Event, *, starts: bool = False) -> None:
        """Record something of the recorder's own: STARTS, STOPS. Returns when it is durable."""
        received = self._now()
        place = self._logic.start if starts else self._logic.take
        self._writer.commit(Batch(entries=place(event, received)))

    def refuse(self, rejected: Rejected) -> None:
        """Record that something was turned away before it could be heard. Returns when it is durable."""
        received = self._now()
        entries = self._logic.refuse(rejected, received)
        self._writer.commit(Batch(entries=entries, refused=[(rejected, received, entries[-1].offset)]))

    def write(self, entries: list[Entry]) -> None:
        """Make entries durable that a crash had cut off."""
        if entries:
            self._writer.commit(Batch(entries=entries))

    def run(self, stop: threading.Event, jobs: Job) -> None:
        """Turn until `stop` is set; what was taken by then is committed before it returns."""
        while not stop.is_set():
            self.turn(stop, jobs)

    def turn(self, stop: threading.Event, jobs: Job, patience: float = PATIENCE) -> None:
        """One turn: everything that waits, at most `batch` messages, in one commit."""
        messages = self._listener.take(self._limit, 0.0 if jobs.is_busy else patience)
        received = self._now()
        batch = Batch()
        for message in messages:
            self._hear(message, received, batch)
        batch.entries += self._logic.tick(received)
        batch.entries += jobs.step(self._logic, received)
        if batch:
            self._insist(batch, stop)
        jobs.committed()

    def _hear(self, message: Message, received: datetime, batch: Batch) -> None:
        reading = self._parser.parse(message, received)
        for event in reading.events:
            batch.entries += self._logic.take(event, received)
        for rejected in reading.refused:
            entries = self._logic.refuse(rejected, received)
            batch.entries += entries
            batch.refused.append((rejected, received, entries[-1].offset))
        batch.receipts.append(message.receipt)
        self.events_seen += len(reading.events)

    def _insist(self, batch: Batch, stop: threading.Event) -> None:
        while True:
            try:
                self._writer.commit(batch)
            except HealthmonError as error:
                self.problem = str(error)
                if stop.wait(self.retry):
                    return
            else:
                self.problem = ""
                return

    def _now(self) -> datetime:
        return max(self._clock.now(), self._logic.last_stamp or self._clock.now())
