"""This is the place for what every kind of work promises, and for what it may use."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from healthmon.log import EventLog
from healthmon.pipeline.backfill import Tally
from healthmon.pipeline.logic import Logic
from healthmon.pipeline.parser import Parser
from healthmon.pipeline.writer import Batch


@dataclass(frozen=True, slots=True)
class Means:
    """What work may use beside the logic: the recorder's own, and only in the recorder's one thread."""

    data: Path
    journal: EventLog
    parser: Parser


LOOK_AGAIN = 1.0
"""Seconds of real time after which waiting work is taken up again."""


class Work(Protocol):
    """One job in hand. It gives events to the logic in `step`, or acts on the log's files in `committed`.

    Both may raise HealthmonError: that ends this job, and nothing else, with the error as its problem.
    """

    @property
    def tally(self) -> Tally:
        """How far it is; `done` once everything it did is durable."""

    @property
    def is_waiting(self) -> bool:
        """Whether it can only wait for others, such as a backup: then it is left alone for `LOOK_AGAIN`."""

    def step(self, logic: Logic, received: datetime, batch: Batch) -> None:
        """Put the next piece into the batch, maybe nothing. About 20 ms at most: readings wait meanwhile."""

    def committed(self) -> None:
        """What `step` gave is durable, and nothing is on its way into the log until this returns.

        So this is where work acts on the open log itself. Long work here shows as a recorder that hangs.
        """
