"""This is the place for reading the log forward while it is being written.

A follower holds no file between polls, only where it stands, so any number of them may follow, and the
writer may seal, move or cut what it likes: the bytes just before the next read are checked each time.
"""

from collections import deque
from pathlib import Path

from healthmon.events import Entry, wire
from healthmon.log.damage import Damage, OnDamage, damage_at, nothing_whole_from
from healthmon.log.edition import EditionWatch
from healthmon.log.kept import kept_before
from healthmon.log.reasons import LogError, LogReason, damaged
from healthmon.log.record import CRC_LENGTH, erased_offset, is_whole, read_header, read_seal
from healthmon.log.seek import after_erased, after_last, next_offset_in, offset_in
from healthmon.log.segment import (
    CHUNK,
    first_line,
    first_offset_of,
    holding,
    is_overflow,
    is_same,
    read_bytes,
    segments,
    stored_segments,
)

_BEHIND = CRC_LENGTH + 1


class Follower:
    """Hands out the entries of a log from `offset` on, each once, in order, as they appear.

    The log need not exist yet. Entries may be seen a moment before they are durable; they are never half
    written. One thread at a time. Needs no closing.

    Damage raises LogError (DAMAGED) at the place where it is, after all before it was handed out; with
    `on_damage` it is told instead and stepped over. REPLACED means that what was handed out may no longer
    be in the log: throw away what was folded and follow again from 0.
    """

    def __init__(self, folder: Path, offset: int = 0, *, on_damage: OnDamage | None = None) -> None:
        self.offset = offset
        """The offset of the next entry: where another follower would continue."""
        self._folder = folder
        self._edition = EditionWatch(folder)
        self._kept: deque[Entry] = deque()
        self._begins = 0  # where the log goes on after what was kept
        self._on_damage = on_damage
        self._segment: Path | None = None
        self._position = 0
        self._behind = b""
        self._stepped_over = False

    def poll(self, limit: int = 5000) -> list[Entry]:
        """What is there and was not handed out yet, at most `limit`. Never waits.

        Raises LogError; the next poll then tries again at the same place.
        """
        self._look_for_erasures()
        entries: list[Entry] = []
        while len(entries) < limit and self._is_placed():
            if self._kept:
                entries.append(self._next_kept())
                continue
            lines = self._lines(limit - len(entries))
            taken, seen = self._take(lines)
            entries += taken
            if seen < len(lines):
                go_on = self._pass(lines[seen], quiet=bool(entries))
            else:
                go_on = bool(lines) or self._pass_end(quiet=bool(entries))
            if not go_on:
                break
        return entries

    @property
    def edition(self) -> int:
        """Which edition of the log is read: `mark` wants to know."""
        return self._edition.edition

    def _look_for_erasures(self) -> None:
        if self._edition.has_changed() and self.offset > 0:
            self._segment = None
            raise LogError(
                LogReason.REPLACED,
                f"somebody was erased from {self._folder}: read the log again from its start",
            )

    def _next_kept(self) -> Entry:
        entry = self._kept.popleft()
        self.offset = entry.offset + 1 if self._kept else self._begins
        return entry

    def _is_placed(self) -> bool:
        if self._kept:
            return True
        if self._segment is not None and is_overflow(self._segment) and not self._segment.exists():
            self._segment = None  # the disk is well again, and what stood here stands there now
        if self._segment is None:
            return self._enter()
        if self._position == 0:  # its header was not whole when last seen
            self._stand(self._segment, _after_header(self._segment))
        return True

    def _enter(self) -> bool:
        """Stand where `offset` is, or will be; False while there is no log."""
        paths = segments(self._folder)
        if not paths:
            return False
        segment = holding(paths, self.offset)
        if segment is None:
            return self._enter_before(first_offset_of(paths[0]))
        position = _after_header(segment)
        first = first_offset_of(segment)
        if self.offset > first:
            position, last = after_last(segment, lambda entry: entry.offset < self.offset, position)
            self._expect(segment, position, first if last is None else last.offset + 1)
            position = after_erased(segment, position, self.offset)
        self._stand(segment, position)
        return True

    def _enter_before(self, begins: int) -> bool:
        """Stand where the log was pruned: before what is kept of that, or where the log begins now."""
        kept = kept_before(self._folder, self.offset, begins, self._tell_kept)
        if kept is None:
            raise LogError(
                LogReason.BEFORE_START,
                f"{self.offset} is before the log begins: read from offset {begins}",
            )
        self._kept.extend(kept)
        self._begins = begins
        if not kept:
            self.offset = begins
        return bool(kept) or self._enter()

    def _expect(self, segment: Path, position: int, end: int) -> None:
        if end < self.offset and nothing_whole_from(segment, position):
            raise LogError(
                LogReason.BEYOND_END,
                f"the log ends at {end}, before {self.offset}: read it from its start",
            )

    def _stand(self, segment: Path, position: int) -> None:
        self._behind = read_bytes(segment, max(0, position - _BEHIND), min(position, _BEHIND))
        self._segment, self._position = segment, position

    def _lines(self, limit: int) -> list[bytes]:
        """The next complete lines, at most `limit`, once it is sure that they continue what was read."""
        segment, size = self._here(), min(CHUNK, 512 * limit)
        while True:
            content = read_bytes(segment, self._position - len(self._behind), size)
            if not content.startswith(self._behind):
                raise LogError(
                    LogReason.REPLACED,
                    f"{segment} was cut or replaced meanwhile: read it from its start",
                )
            end = content.rfind(b"\n", len(self._behind))
            if end >= 0:
                return content[len(self._behind) : end].split(b"\n", limit)[:limit]
            if len(content) < size:
                return []
            size *= 4

    def _take(self, lines: list[bytes]) -> tuple[list[Entry], int]:
        """The entries that these lines begin with, and how many lines they took; stands after them."""
        taken: list[Entry] = []
        seen, expected, position = 0, self.offset, self._position
        for line in lines:
            if not is_whole(line):
                break
            try:
                entry: Entry | None = wire.read_entry(line)
            except wire.WireError:
                entry = None
            offset = erased_offset(line) if entry is None else entry.offset
            if offset is None:
                break  # whole, so it is a seal, or nothing of ours
            if offset != expected and (not self._stepped_over or offset < expected):
                break
            if entry is not None:
                taken.append(entry)
            self._stepped_over = False
            seen, expected = seen + 1, offset + 1
            position += len(line) + 1
        if seen:
            self._behind = lines[seen - 1][1 - _BEHIND :] + b"\n"
            self.offset, self._position = expected, position
        return taken, seen

    def _pass(self, line: bytes, *, quiet: bool) -> bool:
        """Get past a line that is not the next entry; False to hand out first, or to wait."""
        seal = read_seal(line)
        if seal is not None and (seal.next_offset == self.offset or self._stepped_over):
            return self._next_segment(quiet=quiet)
        if self._goes_on_in_overflow():
            return True
        segment = self._here()
        if self._is_newest() and nothing_whole_from(segment, self._position):
            return False
        return not quiet and self._step_over(line)

    def _step_over(self, line: bytes) -> bool:
        if self._lines(1)[:1] != [line]:  # a writer has just cut its torn tail
            return True
        detail = "is not as it was written"
        offset = offset_in(line)
        if offset is not None:
            detail = f"holds offset {offset} where {self.offset} belongs"
        elif is_whole(line):
            detail = f"is whole, but does not continue offset {self.offset}"
        self._tell(damage_at(self._here(), self._position, detail))
        if offset is None or offset < self.offset:
            self._stand(self._here(), self._position + len(line) + 1)
        return True

    def _pass_end(self, *, quiet: bool) -> bool:
        """All complete lines are read: wait, unless a later segment says that a seal should be here."""
        if self._goes_on_in_overflow():
            return True
        segment = self._here()
        if self._is_newest():
            return False
        if self._lines(1):  # written between the two looks
            return True
        if quiet:
            return False
        self._tell(damage_at(segment, self._position, "ends without its seal"))
        return self._next_segment(quiet=quiet)

    def _is_newest(self) -> bool:
        """Whether nothing is stored behind this segment. An overflow stands behind what belongs before it."""
        newest = stored_segments(self._folder)[-1:]
        return is_overflow(self._here()) or not newest or is_same(newest[0], self._here())

    def _goes_on_in_overflow(self) -> bool:
        """Stand in the overflow if the next entry belongs there: our own disk cannot be written."""
        newest = segments(self._folder)[-1:]
        if not newest or not is_overflow(newest[0]) or is_overflow(self._here()):
            return False
        if first_offset_of(newest[0]) > self.offset or next_offset_in(newest[0]) <= self.offset:
            return False
        self._segment = None
        return self._enter()

    def _next_segment(self, *, quiet: bool) -> bool:
        here = first_offset_of(self._here())
        later = [path for path in segments(self._folder) if first_offset_of(path) > here]
        if not later:
            return False
        begins = first_offset_of(later[0])
        if begins != self.offset:
            if quiet:
                return False
            if not self._stepped_over:
                self._tell(Damage(later[0].name, 0, f"begins at offset {begins} where {self.offset} belongs"))
            self.offset = max(begins, self.offset)
        self._stand(later[0], _after_header(later[0]))
        return True

    def _tell(self, damage: Damage) -> None:
        if self._on_damage is None:
            raise damaged(str(damage))
        self._stepped_over = True
        self._on_damage(damage)

    def _tell_kept(self, damage: Damage) -> None:
        if self._on_damage is None:
            raise damaged(str(damage))
        self._on_damage(damage)

    def _here(self) -> Path:
        if self._segment is None:
            raise LogError(LogReason.NO_LOG, f"{self._folder} holds no log")
        return self._segment


def _after_header(segment: Path) -> int:
    """The position after a segment's header; 0 when it is damaged or half written, for the reader to meet."""
    line = first_line(segment)
    if line is None or read_header(line) is None:
        return 0
    return len(line) + 1
