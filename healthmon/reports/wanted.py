"""This is the place for choosing entries of a log: by person, verb, object and time."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from healthmon import log
from healthmon.events import Entry
from healthmon.log import OnDamage

AHEAD = timedelta(hours=1)
"""How far before its own time an entry may have been received and is still found. Our choice: the recorder
times what is more than seconds ahead by receipt, so only an import can tell of the future."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is asked for; None asks for nothing in particular.

    `since` (included) and `until` (not included) are about when things happened, not when they were received:
    an import of last year is found by last year's dates. `object` is the type or the id of an object.
    """

    person: str | None = None
    verb: str | None = None
    object: str | None = None
    since: datetime | None = None
    until: datetime | None = None

    def has(self, entry: Entry) -> bool:
        """Whether this entry is asked for."""
        if self.person is not None and entry.person != self.person:
            return False
        if self.verb is not None and entry.verb.upper() != self.verb.upper():
            return False
        if self.since is not None and entry.time < self.since:
            return False
        if self.until is not None and entry.time >= self.until:
            return False
        return self.object is None or self.object.upper() in {
            entry.object.type.upper(),
            entry.object.id.upper(),
        }

    def start(self, folder: Path) -> int:
        """Where in the log to begin reading: what is asked for was received no earlier. Raises LogError."""
        return 0 if self.since is None else log.offset_at(folder, self.since - AHEAD)


def chosen(entries: Iterable[Entry], wanted: Wanted) -> Iterator[Entry]:
    """Those that are asked for, in their order."""
    return (entry for entry in entries if wanted.has(entry))


def newest(folder: Path, wanted: Wanted, count: int, on_damage: OnDamage | None = None) -> list[Entry]:
    """The last `count` entries of those that are asked for, in their order.

    Looks at the end of the log first and further back only as long as some are missing. Memory: the answer.
    """
    begins, end = wanted.start(folder), log.next_offset(folder)
    reach = max(count, 1)
    while True:
        start = max(begins, end - reach)
        found = deque(chosen(log.read(folder, start, on_damage=on_damage), wanted), maxlen=max(count, 0))
        if len(found) >= count or start == begins:
            return list(found)
        reach *= 8
