"""This is the place for taking old events in, a piece at a time, without holding the readings up."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import TypeAlias

from healthmon.events import Delivery, Entry, Event, Rejected
from healthmon.pipeline.logic import Logic
from healthmon.pipeline.writer import Batch, Refused

PIECE = 1_000  # events per step: about 20 ms of the recorder's thread
LOOKED_AT = 10_000  # logged entries per step while it learns what is there already

Line: TypeAlias = Event | Rejected | object


@dataclass(slots=True)
class Tally:
    """How far it is. `done` once every line was judged and committed."""

    read: int = 0
    total: int = 0  # of what there is to read; 0 where nobody knows
    stored: int = 0
    repeated: int = 0
    refused: int = 0
    left_out: int = 0
    derived: int = 0
    done: bool = False
    problem: str = ""
    result: str = ""  # what else there is to say at the end, in one line


class Backfill:
    """One import. First it looks through the log for what was imported before, then it reads the file.

    Memory grows with the number of imported events in the log (a 64-bit hash of each). One thread.
    """

    is_waiting = False  # for others: it never does

    def __init__(self, lines: Iterator[Line], logged: Iterator[Entry]) -> None:
        self._lines = lines
        self._logged: Iterator[Entry] | None = logged
        self._known: set[int] = set()
        self.tally = Tally()
        self._ended = False

    def step(self, logic: Logic, received: datetime, batch: Batch) -> None:
        """Put the next piece into the batch; nothing while it still looks.

        A file that cannot be read further raises before the logic has seen anything of the piece.
        """
        if self._logged is not None:
            self._look(self._logged)
            return
        piece = list(islice(self._lines, PIECE))
        self._ended = not piece
        for line in piece:
            self._take(line, logic, received, batch)

    def committed(self) -> None:
        """What `step` gave is durable."""
        self.tally.done = self._ended

    def _look(self, logged: Iterator[Entry]) -> None:
        seen = 0
        for entry in islice(logged, LOOKED_AT):
            seen += 1
            if entry.delivery is Delivery.IMPORT:
                self._known.add(_fingerprint(entry))
        if seen < LOOKED_AT:
            self._logged = None

    def _take(self, line: Line, logic: Logic, received: datetime, batch: Batch) -> None:
        self.tally.read += 1
        if isinstance(line, Rejected):
            self.tally.refused += 1
            entries = logic.refuse(line, received)
            batch.entries += entries
            batch.refused.append(Refused(line, received, entries[-1].offset))
        elif isinstance(line, Event):
            self._import(line, logic, received, batch)
        else:
            self.tally.left_out += 1

    def _import(self, event: Event, logic: Logic, received: datetime, batch: Batch) -> None:
        mark = _fingerprint(event)
        made = [] if mark in self._known else logic.take(event, received)
        self._known.add(mark)
        batch.entries += made
        stored = any(entry.id == event.id for entry in made)
        self.tally.stored += stored
        self.tally.repeated += not stored
        self.tally.derived += max(0, len(made) - 1)


def _fingerprint(event: Event) -> int:
    return hash((event.subject, event.id))
