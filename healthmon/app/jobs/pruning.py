"""This is the place for the work of taking old segments out of the log; the asker has proven the archive."""

import time
from datetime import datetime

from healthmon.app.jobs.asked import PruneAsked
from healthmon.app.jobs.work import Means
from healthmon.log import LogError, LogReason, Pruning
from healthmon.pipeline.backfill import Tally
from healthmon.pipeline.logic import Logic
from healthmon.pipeline.writer import Batch

PIECES = 3  # of some 5 ms in each step
PATIENCE = 300.0  # seconds of real time that others may look after the sealed segments


class PruneWork:
    """One pruning: looks for what still holds a piece in every turn, then takes the segments away at once."""

    def __init__(self, asked: PruneAsked, means: Means) -> None:
        self.tally = Tally()
        self._before = asked.before
        self._means = means
        self._pruning: Pruning | None = None
        self._patience_ends = time.monotonic() + PATIENCE

    def step(self, logic: Logic, received: datetime, batch: Batch) -> None:  # noqa: ARG002  # work's common shape
        """Look a little further. Says nothing into the log."""
        if self._pruning is None:
            self._pruning = Pruning(self._means.data, self._before)
        for _ in range(PIECES):
            if not self._pruning.step():
                break
        self.tally.read = self._pruning.events

    def committed(self) -> None:
        """Take them away once all is looked through; later, while others look after the sealed segments."""
        if self._pruning is None or not self._pruning.is_ready:
            return
        try:
            went = self._means.journal.prune(self._pruning)
        except LogError as error:
            if error.reason is not LogReason.LOCKED or time.monotonic() > self._patience_ends:
                raise
            return
        self.tally.result = f"{went} segments left the log, which begins at offset {self._before} now"
        self.tally.done = True
