"""This is the place for making it durable: one commit, then and only then the acknowledgements."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple, Protocol

from healthmon.events import Entry, Rejected


class Refused(NamedTuple):
    """A refusal, when it came, and where its REJECTS event stands."""

    rejected: Rejected
    received: datetime
    offset: int


class Journal(Protocol):
    """Where entries are kept: the event log, or a list in a test."""

    def append(self, entries: Sequence[Entry]) -> None:
        """Keep these; when it returns they survive a power cut."""


class Refuse(Protocol):
    """Where the bytes of refused messages are kept."""

    def keep_refused(self, refused: Iterable[Refused]) -> None:
        """Keep these; when it returns they survive a power cut."""


class Acknowledge(Protocol):
    """The listener's side of the promise."""

    def acknowledge(self, receipts: Sequence[int]) -> None:
        """These messages are safe; the broker may forget them."""


@dataclass(slots=True)
class Batch:
    """What one turn of the recorder has gathered. Not shared between threads."""

    entries: list[Entry] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    receipts: list[int] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.entries or self.receipts)


class Writer:
    """Group commit. One thread.

    `commit` returns when every entry of the batch and every refused message would survive a power cut, and
    has acknowledged them. If it raises, nothing of the batch was acknowledged: commit the same batch again.
    A crash in between means a redelivery, which the logic recognises; never a loss.
    """

    def __init__(self, journal: Journal, refuse: Refuse, listener: Acknowledge | None = None) -> None:
        self._journal = journal
        self._refuse = refuse
        self._listener = listener

    def commit(self, batch: Batch) -> None:
        """Make the batch durable, then acknowledge it."""
        if batch.refused:
            self._refuse.keep_refused(batch.refused)
            batch.refused.clear()  # kept: a second try of this batch need not keep them twice
        if batch.entries:
            self._journal.append(batch.entries)
        if batch.receipts and self._listener is not None:
            self._listener.acknowledge(batch.receipts)
