"""This is the place for the work of erasing a person: out of the log, the dead letters and what is learnt.

First every device of theirs is taken back, in the log: nobody who wore it before gets their readings. Then
the log is rewritten beside itself, a piece in every turn, exchanged, and ERASES says so without a name. A
crash before the exchange leaves everything as it was, and the question open.
"""

import time
from collections.abc import Iterator
from datetime import datetime

from healthmon import log
from healthmon.app.jobs.asked import EraseAsked
from healthmon.app.jobs.work import Means
from healthmon.events import Event, Json, Thing, TimeSource
from healthmon.log import Concern, Disk, Erased, Erasure, LogError, LogReason
from healthmon.pipeline.backfill import Tally
from healthmon.pipeline.logic import MONITOR, Logic
from healthmon.pipeline.writer import Batch

PATIENCE = 900.0  # seconds of real time that a backup or the archive may hold the sealed segments
ERASER = Thing("CAREGIVER", "healthmon-data-erase")  # who takes devices back: only carers can


class EraseWork:
    """One erasure. Says events in `step`, acts on the files in `committed`."""

    def __init__(self, asked: EraseAsked, means: Means) -> None:
        self.tally = Tally()
        self._person = asked.person
        self._means = means
        self._disk = Disk()
        self._erasure = Erasure(means.data, asked.person)
        self._letters: Iterator[int] = log.erase_letters(means.data, Concern(asked.person).name())
        self._letters_gone = 0
        self._logic: Logic | None = None
        self._done: Erased | None = None
        self._said = False
        self._patience_ends = time.monotonic() + PATIENCE

    def step(self, logic: Logic, received: datetime, batch: Batch) -> None:
        """Take their devices back, at first; say ERASES, at the end."""
        if self._logic is None:
            self._logic = logic
            for device in logic.devices_of(self._person):
                batch.entries += logic.take(_taken_back(device, received), received)
        unsaid = log.unsaid_erasure(self._means.data)
        if unsaid is not None:
            batch.entries += logic.take(_erases(unsaid, received), received)
            self._said = True

    def committed(self) -> None:
        """A piece of the rewriting, or the exchange."""
        if self._said:
            log.erasure_said(self._means.data, self._disk)
            self._said = False
        if self._done is not None:
            self._finish(self._done)
            return
        gone = next(self._letters, None)
        if gone is not None:
            self._letters_gone += gone
            return
        try:
            self._go_on()
        except LogError as error:
            if error.reason is LogReason.LOCKED and time.monotonic() < self._patience_ends:
                return
            if not self._erasure.is_planned:
                self._erasure.discard()
            raise

    def _go_on(self) -> None:
        if self._erasure.step():
            self.tally.read = self._erasure.lines
            return
        self._done = self._means.journal.erase(self._erasure)
        if self._logic is not None:
            self._logic.forget(self._person)

    def _finish(self, done: Erased) -> None:
        self.tally.stored = done.lines
        self.tally.refused = self._letters_gone
        self.tally.result = f"{done.lines} lines of the log and {self._letters_gone} dead letters are erased"
        self.tally.done = True


def _taken_back(device: str, at: datetime) -> Event:
    return _event(ERASER, "ASSIGNS", Thing("DEVICE", device), at, {})


def _erases(done: Erased, at: datetime) -> Event:
    heads: dict[str, Json] = {"lines": done.lines, "old_head": done.old_head, "new_head": done.new_head}
    return _event(MONITOR, "ERASES", Thing("LOG"), at, heads)


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
