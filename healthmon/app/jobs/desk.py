"""This is the place for doing what was asked: one job at a time, a piece of it in every turn."""

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from healthmon.app.jobs.work import LOOK_AGAIN, Work
from healthmon.errors import HealthmonError
from healthmon.pipeline.backfill import Tally
from healthmon.pipeline.logic import Logic
from healthmon.pipeline.writer import Batch

LOOK_EVERY = 0.25  # seconds of real time between looks for a job, and between two answers


class Job(Protocol):
    """Work, and whom to tell of it."""

    @property
    def work(self) -> Work:
        """What is to be done."""

    def tell(self, tally: Tally) -> None:
        """How far it is, again and again; the last time it is done. Never raises."""


class Source(Protocol):
    """Where jobs come from."""

    def take(self) -> Job | None:
        """The next job, or None. Never blocks, never raises."""


class JobDesk:
    """Takes one job at a time and does a piece of it in every turn. One thread: the recorder's.

    The runner calls `step` and, once the batch is durable, `committed`. Trouble ends the job in hand only.
    A job whose asker has gone is done all the same.
    """

    def __init__(self, sources: Sequence[Source]) -> None:
        self._sources = tuple(sources)
        self._looked = 0.0
        self._told = 0.0
        self._rests_until = 0.0
        self._has_stepped = False
        self._job: Job | None = None

    @property
    def is_busy(self) -> bool:
        """Whether there is a piece to do at once: not while the job in hand only waits for others."""
        return self._job is not None and time.monotonic() >= self._rests_until

    def step(self, logic: Logic, received: datetime, batch: Batch) -> None:
        """The next piece of the job in hand, or of the oldest that waits."""
        self._job = self._job or self._found()
        self._has_stepped = self.is_busy
        if self._job is None or not self._has_stepped:
            return
        try:
            self._job.work.step(logic, received, batch)
        except HealthmonError as error:
            self._failed(error)

    def committed(self) -> None:
        """The piece is durable: let the job act on the log, and say how far it is."""
        if self._job is None or not self._has_stepped:
            return None
        try:
            self._job.work.committed()
        except HealthmonError as error:
            return self._failed(error)
        if self._job.work.is_waiting:
            self._rests_until = time.monotonic() + LOOK_AGAIN
        if self._job.work.tally.done or time.monotonic() - self._told > LOOK_EVERY:
            self._tell(self._job.work.tally)
        return None

    def _found(self) -> Job | None:
        if time.monotonic() - self._looked < LOOK_EVERY:
            return None
        self._looked = time.monotonic()
        jobs = (source.take() for source in self._sources)
        return next((job for job in jobs if job is not None), None)

    def _failed(self, error: HealthmonError) -> None:
        assert self._job is not None
        self._tell(replace(self._job.work.tally, done=True, problem=str(error)))

    def _tell(self, tally: Tally) -> None:
        assert self._job is not None
        self._told = time.monotonic()
        self._job.tell(tally)
        if tally.done:
            self._job, self._rests_until = None, 0.0
