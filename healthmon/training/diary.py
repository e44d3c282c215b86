"""This is the place for reading what simulated people's devices said, and the truth beside it.

A diary is a file of native wire JSON, one event a line, each person's lines in the order of time:
readings as devices send them, and once a minute what only a simulator can know.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from healthmon.events import Context, Delivery, Entry, Event, Thing, wire
from healthmon.training.errors import TrainingError, TrainingReason

TRUTH = "TRUTH"


@dataclass(slots=True)
class Diary:
    """One file: its entries in order, live as the recorder would see them; its digest once all was read."""

    path: Path
    tell: Callable[[float], None] = lambda _: None
    digest: str = field(default="", init=False)

    def __iter__(self) -> Iterator[Entry]:
        """The entries. Raises TrainingError, naming the line, on anything that is no event."""
        seen, sha, size = 0, hashlib.sha256(), max(1, self._size())
        people: dict[str, str] = {}
        with self.path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                sha.update(line)
                seen += len(line)
                if line.strip():
                    yield _about(people, self._entry(line, number))
                if number % 20_000 == 0:
                    self.tell(seen / size)
        self.digest = sha.hexdigest()

    def _size(self) -> int:
        try:
            return self.path.stat().st_size
        except OSError as error:
            raise TrainingError(
                TrainingReason.UNREADABLE, f"{self.path}: {error.strerror}; name files of simulated people"
            ) from error

    def _entry(self, line: bytes, number: int) -> Entry:
        try:
            return _made(wire.read_said(line)[0], number)
        except (wire.WireError, ValueError) as error:
            message = (
                f"{self.path}, line {number}: {error}; make the file anew with `devices simulate --truth`"
            )
            raise TrainingError(TrainingReason.BAD_LINE, message) from error


def is_taught(entry: Entry) -> bool:
    """Whether a model may learn from it: nothing retained or late is anybody's present."""
    return entry.delivery in {Delivery.LIVE, Delivery.IMPORT}


def _made(said: wire.Said, number: int) -> Entry:
    if not isinstance(said.time, str):
        raise ValueError("no time")
    time = datetime.fromisoformat(said.time)
    if time.tzinfo is None:
        raise ValueError("a time without a zone")
    context: Context = said.context if isinstance(said.context, dict) else {}
    event = Event(
        id=said.id,
        time=time,
        subject=_thing(said.subject),
        verb=said.verb,
        object=_thing(said.object),
        context=context,
    )
    return Entry.of(event, offset=number, received=time)


def _about(people: dict[str, str], entry: Entry) -> Entry:
    """An assignment says whose a device is, and wins over what the device says."""
    if entry.verb == "ASSIGNS" and entry.person is not None:
        people[entry.object.id] = entry.person
    person = people.get(entry.subject.id)
    if person is None or entry.person == person or entry.verb not in {"MEASURES", "REPORTS"}:
        return entry
    return entry.with_context(person=person)


def _thing(said: Thing | str) -> Thing:
    return said if isinstance(said, Thing) else Thing(said)
