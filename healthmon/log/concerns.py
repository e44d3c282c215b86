"""This is the place for which lines of the log concern a person, and how that is told without reading all.

A line is looked into only when it holds the person's id as JSON writes it, or as the id of an episode quotes
it: between colons.
"""

import contextlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from healthmon.events import Entry, Event, Thing, wire
from healthmon.log.kept import kept_entries
from healthmon.log.reasons import LogError, LogReason
from healthmon.log.seek import entry_in
from healthmon.log.segment import read_lines, segments

MOST_PEOPLE = 10_000  # a log can be odd; what is remembered of it stays bounded
_PERSON = re.compile(rb'"person":("(?:[^"\\]|\\.)*")')


@dataclass(frozen=True, slots=True)
class Concern:
    """Whether something is about one person. `who` is the person's id, as in `context.person`.

    Their own are readings, alarms and remarks about them, what was set for them, what a device claimed was
    theirs, and whatever quotes an episode of theirs. Not theirs: others' notes in which the
    name is a word among others (`mentions`), and what their devices said before they were theirs.
    """

    who: str

    def __post_init__(self) -> None:
        if not self.who.strip():
            raise LogError(LogReason.NOBODY, "nobody has an empty name: say whom to erase")

    def covers(self, event: Event | Entry) -> bool:
        """Whether this event is about them."""
        context = event.context
        thing = Thing("PERSON", self.who)
        return (
            self.who in (context.get("person"), context.get("person_as_sent"))
            or thing in (event.subject, event.object)
            or (event.object.type == "EPISODE" and self._is_episode(event.object.id))
            or self._is_episode(context.get("episode"))
        )

    def needles(self) -> tuple[bytes, ...]:
        """Bytes one of which is in every line about them, and in few others."""
        plain = wire.write(self.who)
        return plain, b":%b:" % plain[1:-1]

    def name(self) -> bytes:
        """The bytes that are in every line that mentions them in any way."""
        return wire.write(self.who)[1:-1]

    def _is_episode(self, word: object) -> bool:
        """Whether an id is of an episode of theirs, as in `SPO2_CRIT:maria:2026-11-22T04:00:00+00:00`."""
        return isinstance(word, str) and word.partition(":")[2].startswith(f"{self.who}:")


@dataclass(slots=True)
class Survey:
    """What a log holds about somebody. `mentions` are lines of others in which the id is a word of a text."""

    lines: int = 0
    mentions: int = 0
    kept: int = 0
    first: datetime | None = None
    last: datetime | None = None


def survey(folder: Path, concern: Concern, told: Callable[[int], None] = lambda _: None) -> Survey:
    """Count. `told` hears how many bytes were looked at. Memory: one chunk. Raises LogError."""
    found, seen = Survey(), 0
    for segment in segments(folder):
        position = 0
        while lines := read_lines(segment, position):
            size = sum(map(len, lines)) + len(lines)
            for line in lines:
                _count(line, concern, found)
            position, seen = position + size, seen + size
            told(seen)
    found.kept = sum(map(concern.covers, kept_entries(folder, on_damage=lambda _: None)))
    return found


def people(folder: Path) -> list[str]:
    """Everybody whom a line is about, `MOST_PEOPLE` at most. Reads all of the log; memory: one chunk."""
    found: set[bytes] = set()
    for segment in segments(folder):
        position = 0
        while (lines := read_lines(segment, position)) and len(found) < MOST_PEOPLE:
            found.update(_PERSON.findall(b"\n".join(lines)))
            position += sum(map(len, lines)) + len(lines)
    return sorted(_names(found))


def _names(found: set[bytes]) -> Iterator[str]:
    for name in found:
        with contextlib.suppress(wire.WireError):  # a damaged line
            yield wire.read(name, str)


def _count(line: bytes, concern: Concern, found: Survey) -> None:
    if concern.name() not in line:
        return
    entry = entry_in(line)
    if entry is None:
        return
    if not concern.covers(entry):
        found.mentions += 1
        return
    found.lines += 1
    found.first = found.first or entry.received
    found.last = entry.received
