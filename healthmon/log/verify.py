"""This is the place for proving that a log is whole, and for saying where it is not.

Found are: a flipped bit, a line that is missing, added or out of order, a missing segment, a cut tail (as
far as the writer's note tells), a changed digest. An edit by somebody who rewrote the whole later chain is
found with the head noted earlier. The torn tail of a log that is being written is not damage.
"""

import hashlib
from collections.abc import Set
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from healthmon.log.damage import Damage
from healthmon.log.edition import edition_of
from healthmon.log.kept import KEPT, digest_of, fresh_path, kept_digest, kept_entries
from healthmon.log.lock import Note, read_note
from healthmon.log.reasons import LogError, LogReason
from healthmon.log.record import erased_offset, is_whole, read_header, read_seal
from healthmon.log.seek import end_of_whole, entry_in
from healthmon.log.segment import all_lines, first_offset_of, is_overflow, segments, size_of, stored_segments

MOST = 100
"""How many places of damage are told one by one."""

_CHANGED = "is not as it was written"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What was found. `head` is the digest to note down: every later log that grew from this one contains it.

    `damages` are the first `MOST` places; `more_damage` counts the rest. `torn_bytes` stand behind the last
    durable line: a write in progress, or what a crash left of one. `head_found` is None if none was asked.
    `begins_at` is more than 0 once segments were pruned; `edition` counts how often somebody was erased.
    """

    segments: int
    entries: int
    next_offset: int
    damages: tuple[Damage, ...]
    more_damage: int
    torn_bytes: int
    head: str
    head_found: bool | None
    begins_at: int = 0
    edition: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether every line is as it was written, and the head that was asked for is in the chain."""
        return not self.damages and self.head_found is not False

    def __str__(self) -> str:
        size = f"{self.entries} events in {self.segments} segments"
        if self.is_whole:
            return f"whole: {size}, head {self.head}"
        if not self.damages:
            return f"rewritten: {size}, each line whole, but the noted head is no more{self._why_no_head()}"
        places = [
            f"damaged in {len(self.damages) + self.more_damage} places: {size}",
            *map(str, self.damages),
        ]
        return "\n".join([*places, f"and {self.more_damage} more"] if self.more_damage else places)

    def _why_no_head(self) -> str:
        reasons = (
            (
                self.edition,
                "somebody was erased from this log (MONITOR ERASES LOG says when)",
            ),
            (self.begins_at, f"it begins at offset {self.begins_at}, what stood before was pruned"),
        )
        told = " and ".join(reason for holds, reason in reasons if holds)
        return f": {told}" if told else ""


def verify(folder: Path, head: str | None = None) -> Verdict:
    """Judge every byte of the log. Memory: one chunk. A writer may be at work meanwhile.

    `head` is the digest an earlier verdict gave. Raises LogError: NO_LOG, NEWER_FORMAT, disk trouble.
    """
    note = read_note(folder)  # before the segments: what it promises must then be there
    paths = segments(folder)
    if not paths:
        raise LogError(LogReason.NO_LOG, f"{folder} holds no log: is --data right?")
    stored = stored_segments(folder)
    walk = _Walk(first_offset_of(paths[0]), head, edition_of(folder))
    for segment in paths:
        if is_overflow(segment):
            walk.overflow(segment)
        else:
            walk.segment(segment, _durable_end(segment, stored, note))
    if note is not None and stored and note.segment > stored[-1].name:
        walk.tell(note.segment, 0, "was written and is missing")
    kept_entries(folder, lambda damage: walk.tell(damage.segment, damage.line, damage.detail))
    walk.beginning({kept_digest(folder), digest_of(fresh_path(folder))} - {None})
    return walk.verdict(len(paths))


def _durable_end(segment: Path, paths: list[Path], note: Note | None) -> int:
    """Before this byte a bad line is damage, behind it a torn tail."""
    if paths and segment != paths[-1]:
        return size_of(segment)
    noted = note.durable if note is not None and note.segment == segment.name else 0
    return max(noted, end_of_whole(segment))


class _Walk:
    """One pass over the log, remembering only what the next line is judged by."""

    def __init__(self, first_offset: int, head: str | None, edition: int) -> None:
        self._begins = self._expected = first_offset
        self._edition = edition
        self._first = ""
        self._checkpoint: str | None = None  # the newest digest of what was kept of pruned segments
        self._head = head
        self._head_found = False
        self._entries = 0
        self._received: datetime | None = None
        self._previous: str | None = None  # the digest of the segment before
        self._is_chained = True  # whether that is known
        self._damages: list[Damage] = []
        self._more = 0
        self._torn = 0
        self._digest = hashlib.sha256()
        self._name = ""
        self._is_sealed = False

    def segment(self, path: Path, durable_end: int) -> None:
        """Judge one segment against all before it."""
        if self._name and not self._is_sealed:
            self.tell(self._name, 0, "ends without its seal")
        self._first = self._first or path.name
        self._name, self._is_sealed, self._digest = path.name, False, hashlib.sha256()
        end = number = 0
        for position, line in all_lines(path):
            if position >= durable_end and not is_whole(line):
                break
            number, end = number + 1, position + len(line) + 1
            fault = self._header_fault(path, line) if number == 1 else self._fault(number, line)
            if fault:
                self.tell(path.name, number, fault)
            self._hash(line)
        if end < durable_end:
            self.tell(path.name, number + 1, f"is cut: {durable_end - end} durable bytes are not whole lines")
        self._torn = max(0, size_of(path) - max(end, durable_end))

    def overflow(self, path: Path) -> None:
        """Judge the lines that will be copied behind the last segment; some may be there already."""
        self._name = path.name
        for number, (_, line) in enumerate(all_lines(path), start=1):
            entry = entry_in(line)
            if number == 1 or (entry is not None and entry.offset < self._expected):
                continue
            fault = _CHANGED if entry is None else self._misplaced(entry.offset)
            self._entries += entry is not None
            if fault:
                self.tell(f"overflow {path.name}", number, fault)

    def beginning(self, kept: Set[str | None]) -> None:
        """Judge where the log begins, knowing what digests the kept files have; after all segments."""
        is_told = any((damage.segment, damage.line) == (self._first, 1) for damage in self._damages)
        is_spoilt = any(damage.segment == KEPT for damage in self._damages)
        if self._checkpoint is None and self._begins and not is_told:
            self.tell(self._first, 1, f"begins at offset {self._begins} and nothing says why")
        elif self._checkpoint is not None and self._checkpoint not in kept and not is_spoilt:
            self.tell(KEPT, 0, "what was kept of pruned segments is missing or not as it was written")

    def tell(self, segment: str, line: int, detail: str) -> None:
        """Remember damage, the first of it in detail."""
        if len(self._damages) < MOST:
            self._damages.append(Damage(segment, line, detail))
        else:
            self._more += 1

    def verdict(self, count: int) -> Verdict:
        """What it comes to."""
        return Verdict(
            segments=count,
            entries=self._entries,
            next_offset=self._expected,
            damages=tuple(self._damages),
            more_damage=self._more,
            torn_bytes=self._torn,
            head=self._digest.hexdigest(),
            head_found=None if self._head is None else self._head_found,
            begins_at=self._begins,
            edition=self._edition,
        )

    def _hash(self, line: bytes) -> None:
        if self._is_sealed:
            return
        self._digest.update(line + b"\n")
        if self._head is not None and self._digest.hexdigest() == self._head:
            self._head_found = True

    def _header_fault(self, path: Path, line: bytes) -> str | None:
        header = read_header(line)
        begins = first_offset_of(path)
        missing, self._expected = begins - self._expected, begins
        chained, self._is_chained = self._is_chained, False
        if header is None:
            return _CHANGED
        self._checkpoint = header.checkpoint or self._checkpoint
        if header.first_offset != begins:
            return f"says that the segment begins at offset {header.first_offset}: it was renamed"
        if missing:
            return f"begins at offset {begins}: {missing} events before it are missing"
        if begins == self._begins > 0:  # what it continued was pruned
            self._head_found |= self._head is not None and header.previous_digest == self._head
        elif chained and header.previous_digest != self._previous:
            return "does not continue the chain: what stood before it is not what stands there now"
        return None

    def _fault(self, number: int, line: bytes) -> str | None:
        if self._is_sealed:
            return "follows the seal"
        if not is_whole(line):
            self._expected += 1
            return _CHANGED
        entry = entry_in(line)
        if entry is None:
            erased = erased_offset(line)
            return self._seal_fault(number, line) if erased is None else self._misplaced(erased)
        self._entries += 1
        if fault := self._misplaced(entry.offset):
            return fault
        earlier, self._received = self._received, entry.received
        if earlier is not None and entry.received < earlier:
            return "was received before the line above it"
        return None

    def _misplaced(self, offset: int) -> str | None:
        expected, self._expected = self._expected, max(self._expected, offset + 1)
        return None if offset == expected else f"holds offset {offset} where {expected} belongs"

    def _seal_fault(self, number: int, line: bytes) -> str | None:
        seal = read_seal(line)
        if seal is None:
            return "is whole, but holds neither event nor seal"
        self._is_sealed = self._is_chained = True
        self._previous = seal.digest
        if seal.digest != self._digest.hexdigest():
            return "the digest of its segment has changed"
        if (seal.lines, seal.next_offset) != (number - 1, self._expected):
            return "its counts do not fit its segment"
        return None
