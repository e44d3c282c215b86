"""This is the place for the work of taking old segments out of the log; the asker has proven the archive.

Afterwards the log says so itself: `MONITOR REPORTS SEGMENTS "pruned"`, with the offset it begins at now.
"""

import time
from datetime import datetime

from healthmon.app.jobs.asked import PruneAsked
from healthmon.app.jobs.work import Means
from healthmon.events import Event, Json, Thing
from healthmon.log import LogError, LogReason, Pruning
from healthmon.pipeline.backfill import Tally
from healthmon.pipeline.logic import Logic
from healthmon.pipeline.monitor import monitor_says
from healthmon.pipeline.writer import Batch

PIECES = 3  # of some 5 ms in each step
PATIENCE = 300.0  # seconds of real time that others may look after the sealed segments


class PruneWork:
    """One pruning: looks for what still holds a piece in every turn, then takes the segments away at once."""

    def __init__(self, asked: PruneAsked, means: Means) -> None:
        self.tally = Tally()
        self.is_waiting = False
        self._before = asked.before
        self._means = means
        self._pruning: Pruning | None = None
        self._went: int | None = None
        self._patience_ends = time.monotonic() + PATIENCE

    def step(self, logic: Logic, received: datetime, batch: Batch) -> None:
        """Look a little further; say what was done, at the end."""
        if self._went is not None:
            batch.entries += logic.take(_pruned(self._before, self._went, received), received)
            return
        if self._pruning is None:
            self._pruning = Pruning(self._means.data, self._before)
        for _ in range(PIECES):
            if not self._pruning.step():
                break
        self.tally.read = self._pruning.events

    def committed(self) -> None:
        """Take them away once all is looked through; later, while others look after the sealed segments."""
        if self._went is not None:
            self.tally.result = (
                f"{self._went} segments left the log, which begins at offset {self._before} now"
            )
            self.tally.done = True
            return
        if self._pruning is None or not self._pruning.is_ready:
            return
        self.is_waiting = False
        try:
            self._went = self._means.journal.prune(self._pruning)
        except LogError as error:
            if error.reason is not LogReason.LOCKED or time.monotonic() > self._patience_ends:
                raise
            self.is_waiting = True


def _pruned(before: int, segments: int, at: datetime) -> Event:
    context: dict[str, Json] = {"value": "pruned", "begins_at": before, "segments": segments}
    return monitor_says("REPORTS", Thing("SEGMENTS"), at, context)
