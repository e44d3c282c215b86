"""This is the place for the work of erasing a person: out of the log, the dead letters and what is learnt.

The log is rewritten beside itself, a piece in every turn. Once all of that is there, every device of theirs
is taken back in the log, so that nobody who wore it before gets their readings; in the same turn the files
are exchanged, and ERASES says so without a name. A crash before the exchange leaves the log as it was, and
the question open. What fails before it leaves the devices with them: nobody goes unwatched for a full disk.
"""

import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from healthmon import log
from healthmon.app.jobs.asked import EraseAsked
from healthmon.app.jobs.work import Means
from healthmon.events import Event, Json, Thing, TimeSource
from healthmon.log import Concern, Disk, Erased, Erasure, LogError, LogReason
from healthmon.pipeline.backfill import Tally
from healthmon.pipeline.logic import Logic
from healthmon.pipeline.monitor import MONITOR
from healthmon.pipeline.writer import Batch

PATIENCE = 900.0  # seconds of real time that a backup or the archive may hold the sealed segments
ERASER = Thing("CAREGIVER", "healthmon-data-erase")  # who takes devices back: only carers can


class EraseWork:
    """One erasure. Says events in `step`, acts on the files in `committed`."""

    def __init__(self, asked: EraseAsked, means: Means) -> None:
        self.tally = Tally()
        self.is_waiting = False
        self._person = asked.person
        self._means = means
        self._disk = Disk()
        self._erasure = Erasure(means.data, asked.person)
        self._is_rewritten = False
        self._is_free = False  # nobody else is at work on the sealed segments
        self._devices: list[str] | None = None  # what was taken back
        self._problem: LogError | None = None  # why it fails, until they have their devices again
        self._done: Erased | None = None
        self._letters = self._all_letters()
        self._letters_gone = 0
        self._logic: Logic | None = None
        self._said = False
        self._patience_ends = time.monotonic() + PATIENCE

    def step(self, logic: Logic, received: datetime, batch: Batch) -> None:
        """Take their devices back, just before the exchange; say ERASES, after it."""
        self._logic = logic
        if self._problem is not None:
            for device in self._devices or []:
                batch.entries += logic.take(_assigned(device, received, self._person), received)
        elif self._is_free and self._devices is None:
            self._devices = logic.devices_of(self._person)
            for device in self._devices:
                batch.entries += logic.take(_assigned(device, received), received)
        unsaid = None if self._said else erases(self._means.data, received)
        if unsaid is not None:
            batch.entries += logic.take(unsaid, received)
            self._said = True

    def committed(self) -> None:
        """A piece of the rewriting, or the exchange, or a file of letters."""
        if self._problem is not None:
            raise self._problem
        self.is_waiting = False
        try:
            self._go_on()
        except LogError as error:
            self._wait_or_fail(error)

    def _go_on(self) -> None:
        if self._said:
            log.erasure_said(self._means.data, self._disk)
            self._said = False
        if self._done is not None:
            self._go_on_with_letters(self._done)
        elif not self._is_rewritten:
            self._is_rewritten = not self._erasure.step()
            self.tally.read = self._erasure.lines
        elif self._devices is None:
            with log.upkeep_lock(self._means.data, wait=False):
                self._is_free = True
        else:
            self._exchange()

    def _exchange(self) -> None:
        try:
            self._done = self._means.journal.erase(self._erasure)
        finally:
            if self._erasure.is_planned and self._logic is not None:
                self._logic.forget(self._person)

    def _wait_or_fail(self, error: LogError) -> None:
        """Once the exchange has begun it comes to its end: so what the disk refuses then is tried again."""
        is_passing = error.reason is LogReason.LOCKED or self._erasure.is_planned
        if is_passing and time.monotonic() < self._patience_ends:
            self.is_waiting = True
            self._letters = self._all_letters()
            return
        if self._erasure.is_planned:
            raise error
        self._erasure.discard()
        if not self._devices:
            raise error
        self._problem = error

    def _go_on_with_letters(self, done: Erased) -> None:
        gone = next(self._letters, None)
        if gone is None:
            self._finish(done)
        else:
            self._letters_gone += gone

    def _all_letters(self) -> Iterator[int]:
        return log.erase_letters(self._means.data, Concern(self._person).name())

    def _finish(self, done: Erased) -> None:
        self.tally.stored = done.lines
        self.tally.refused = self._letters_gone
        self.tally.result = f"{done.lines} lines of the log and {self._letters_gone} dead letters are erased"
        self.tally.done = True


def erases(data: Path, at: datetime) -> Event | None:
    """What the log does not yet tell of an erasure that was carried out; None when it tells all.

    The recorder says it when it starts; `log.erasure_said` then forgets it, once it is durable. A crash
    between the two says it twice.
    """
    done = log.unsaid_erasure(data)
    if done is None:
        return None
    heads: dict[str, Json] = {"lines": done.lines, "old_head": done.old_head, "new_head": done.new_head}
    return _event(MONITOR, "ERASES", Thing("LOG"), at, heads)


def _assigned(device: str, at: datetime, person: str | None = None) -> Event:
    context: dict[str, Json] = {} if person is None else {"person": person}
    return _event(ERASER, "ASSIGNS", Thing("DEVICE", device), at, context)


def _event(subject: Thing, verb: str, thing: Thing, at: datetime, context: dict[str, Json]) -> Event:
    return Event(
        id="",
        time=at,
        time_source=TimeSource.RECEIVE,
        subject=subject,
        verb=verb,
        object=thing,
        context=context,
    )
