"""This is the place for putting refused messages through the parser of today, a piece at a time.

What it now understands becomes events at their own time, delivered like an import: never raised, notified or
sounded, and changing nothing of the present. Whom a device was on is taken from its day, not from today.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from fnmatch import fnmatchcase
from itertools import islice
from pathlib import Path

from healthmon import log
from healthmon.events import Delivery, Entry, Event, Message, TimeSource
from healthmon.log import DeadLetter, FedMark
from healthmon.pipeline.backfill import LOOKED_AT, Tally
from healthmon.pipeline.lateness import AHEAD
from healthmon.pipeline.logic import Logic
from healthmon.pipeline.parser import Parser
from healthmon.pipeline.people import Assignments
from healthmon.pipeline.writer import Batch

LETTERS = 50  # a piece: each has at most 64 KiB


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which letters: of this reason, on topics like this one (`*` and `?` as in a shell), from then on."""

    reason: str | None = None
    topic: str | None = None
    since: datetime | None = None

    def takes(self, letter: DeadLetter) -> bool:
        """Whether this letter is one of them."""
        is_named = self.reason in {None, letter.reason.value}
        is_there = self.topic is None or fnmatchcase(letter.topic, self.topic)
        return is_named and is_there and (self.since is None or letter.received >= self.since)


@dataclass(slots=True)
class _Turn:
    logic: Logic
    received: datetime
    batch: Batch


class Refeed:
    """One re-feeding. One thread: whoever holds the folder's lock. May be killed and repeated at any point.

    First it reads what the letters come to and looks through the log for it; then it gives the rest to the
    logic; at last it marks the letters of which nothing is left to say. `dry` only counts.
    """

    is_waiting = False  # for others: it never does

    def __init__(self, folder: Path, parser: Parser, chosen: Chosen, *, dry: bool = False) -> None:
        self._folder = folder
        self._parser = parser
        self._chosen = chosen
        self._dry = dry
        self._known: dict[int, bool] = {}  # what letters come to, by fingerprint: whether the log has it
        self._assigned: list[Entry] = []
        self._fed_before: frozenset[FedMark] = frozenset()
        self._fed: set[FedMark] = set()
        self._present: set[FedMark] = set()
        self._pieces = self._all_pieces()
        self._turn: _Turn | None = None
        self._ended = False
        self.tally = Tally()

    def step(self, logic: Logic, received: datetime, batch: Batch) -> None:
        """The next piece. Raises LogError when letters or log cannot be read."""
        self._turn = _Turn(logic, received, batch)
        self._ended = next(self._pieces, False) is False

    def committed(self) -> None:
        """What `step` gave is durable. At the end: mark the letters. Raises LogError when that fails."""
        if not self._ended or self.tally.done:
            return
        if not self._dry:
            log.keep_fed_marks(self._folder, self._present & (self._fed | self._fed_before))
        self.tally.done = True

    def _all_pieces(self) -> Iterator[bool]:
        yield from self._read()
        yield from self._look()
        yield from self._feed()

    def _read(self) -> Iterator[bool]:
        """What the letters come to: that much is to be looked for."""
        self._fed_before = log.fed_marks(self._folder)
        for piece in self._letters():
            self._present.update(map(FedMark.of, piece))
            for letter in filter(self._is_meant, piece):
                self.tally.total += letter.is_complete
                self._known.update((_fingerprint(event), False) for event in self._events(letter, None)[0])
            yield True

    def _look(self) -> Iterator[bool]:
        """Through the log: what of it is there already, and who wore what."""
        logged = iter(log.read(self._folder, on_damage=_step_over))
        while piece := list(islice(logged, LOOKED_AT)):
            for entry in piece:
                if entry.verb == "ASSIGNS":
                    self._assigned.append(entry)
                if (mark := _fingerprint(entry)) in self._known:
                    self._known[mark] = True
            yield True

    def _feed(self) -> Iterator[bool]:
        worn, following = Assignments(), iter(self._assigned)
        coming = next(following, None)
        for piece in self._letters():
            for letter in filter(self._is_meant, piece):
                if FedMark.of(letter) not in self._present:
                    continue  # it came meanwhile: the parser of today has just refused it
                while coming is not None and coming.offset < letter.offset:
                    worn.observe(coming)
                    coming = next(following, None)
                self._feed_one(letter, worn)
            yield True

    def _feed_one(self, letter: DeadLetter, worn: Assignments) -> None:
        if not letter.is_complete:
            self.tally.left_out += 1
            return
        events, is_all = self._events(letter, worn)
        self.tally.read += 1
        self.tally.refused += not is_all
        for event in events:
            is_known = self._known[_fingerprint(event)]
            self._known[_fingerprint(event)] = True
            is_new = not is_known and (self._dry or self._gave(event))
            self.tally.stored += is_new
            self.tally.repeated += not is_new
        if is_all:
            self._fed.add(FedMark.of(letter))

    def _gave(self, event: Event) -> bool:
        """Give it to the logic; False when that has heard it meanwhile."""
        turn = self._turn
        assert turn is not None
        made = turn.logic.take(event, turn.received)
        turn.batch.entries += made
        is_new = any(entry.id == event.id for entry in made)
        self.tally.derived += len(made) - is_new
        return is_new

    def _letters(self) -> Iterator[list[DeadLetter]]:
        """All that are kept, oldest first, a piece at a time."""
        letters = log.read_dead_letters(self._folder)
        while piece := list(islice(letters, LETTERS)):
            yield piece

    def _is_meant(self, letter: DeadLetter) -> bool:
        return self._chosen.takes(letter) and FedMark.of(letter) not in self._fed_before

    def _events(self, letter: DeadLetter, worn: Assignments | None) -> tuple[list[Event], bool]:
        """What the letter comes to today, and whether that is all of it."""
        if not letter.is_complete:
            return [], False
        message = Message(letter.topic, letter.payload, retained=letter.retained)
        reading = self._parser.parse(message, letter.received)
        said = [
            _settled(event if worn is None else worn.about(event), letter, number)
            for number, event in enumerate(reading.events)
        ]
        return said, bool(said) and not reading.refused


def _settled(event: Event, letter: DeadLetter, number: int) -> Event:
    """The event as the log shall have it: the same each time, whoever feeds the letter and how often."""
    if event.time > letter.received + AHEAD:  # no clock is ahead of its own message
        event = event.with_context(device_time=event.time.isoformat())
        event = event.timed(letter.received, TimeSource.RECEIVE)
    if event.delivery is Delivery.LIVE:
        event = event.with_context(delivery=Delivery.IMPORT.value)
    event = event.with_context(refed=letter.offset)
    return event if event.id else event.called(f"d{letter.offset}.{letter.sha256[:12]}.{number}")


def _fingerprint(event: Event) -> int:
    return hash((event.subject, event.id))


def _step_over(_damage: log.Damage) -> None:
    """Damage is the recorder's to tell, once; what is whole is read."""
