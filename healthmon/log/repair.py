"""This is the place for what a crash left at the end of the log.

Cut is only what nobody was promised: bytes behind the last data sync, from the first line there that is not
whole. The previous writer's note says where that sync was; without a note, what stands before the last whole
line counts as durable. A damaged line that was once durable stays: it is evidence, its offset stays taken,
and `healthmon log verify` shows it.
"""

from dataclasses import dataclass
from pathlib import Path

from healthmon.log.damage import Damage
from healthmon.log.disk import Disk
from healthmon.log.lock import Note
from healthmon.log.reasons import damaged
from healthmon.log.record import is_numbered, is_whole
from healthmon.log.seek import end_of_whole, offset_in
from healthmon.log.segment import all_lines, first_offset_of, size_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """What opening the log found wrong at its end, and did.

    `cut_bytes` behind `position` were removed: half a write that was never acknowledged. `missing_bytes`
    are gone although they were durable, and `damaged_lines` durable lines are not as they were written: both
    are losses that only a failing disk or another program's hand explains.
    """

    segment: str
    position: int
    cut_bytes: int = 0
    missing_bytes: int = 0
    damaged_lines: int = 0

    def __str__(self) -> str:
        parts = (
            (self.cut_bytes, f"cut {self.cut_bytes} bytes of an unfinished write after byte {self.position}"),
            (self.missing_bytes, f"{self.missing_bytes} durable bytes are missing"),
            (self.damaged_lines, f"{self.damaged_lines} durable lines are damaged"),
        )
        return f"{self.segment}: " + ", ".join(text for count, text in parts if count)


@dataclass(slots=True)
class Survey:
    """What is at the end of a segment. Positions are in bytes."""

    size: int
    durable: int
    whole_end: int = 0  # of the last whole line
    complete_end: int = 0  # of the last line with a newline
    torn: int | None = None  # where the first bad line behind the durable ones begins
    damaged: int = 0  # durable lines that are not whole
    damaged_behind: int = 0  # of these, how many follow the last whole line
    last: bytes = b""  # the last whole line that takes an offset

    @property
    def keep(self) -> int:
        """How much of the segment stays."""
        if self.torn is not None:
            return self.torn
        return max(self.complete_end, self.durable) if self.complete_end < self.size else self.size

    @property
    def is_unfinished(self) -> bool:
        """Whether a durable line has lost its newline."""
        return self.keep > self.complete_end


def survey(segment: Path, note: Note | None) -> Survey:
    """Look at every line of a segment. Memory: one chunk. Raises LogError."""
    size = size_of(segment)
    noted = note.durable if note is not None and note.segment == segment.name else None
    if noted is None or noted > size:
        noted = end_of_whole(segment)
    found = Survey(size=size, durable=noted)
    for position, line in all_lines(segment):
        found.complete_end = position + len(line) + 1
        if is_whole(line):
            found.whole_end, found.damaged_behind = found.complete_end, 0
            found.last = line if is_numbered(line) else found.last
        elif position >= noted:
            found.torn = position
            break
        else:
            found.damaged += 1
            found.damaged_behind += position > 0  # a header has no offset
    return found


def repair(segment: Path, note: Note | None, disk: Disk) -> tuple[Repair | None, int]:
    """Cut the torn tail, if any; what was done, and the next offset. Raises LogError, OSError."""
    found = survey(segment, note)
    missing = max(0, note.durable - found.size) if note is not None and note.segment == segment.name else 0
    if found.keep < found.size or found.is_unfinished:
        _cut(segment, found, disk)
    unfinished = int(found.is_unfinished)
    done = Repair(
        segment=segment.name,
        position=found.keep,
        cut_bytes=found.size - found.keep,
        missing_bytes=missing,
        damaged_lines=found.damaged + unfinished,
    )
    is_news = done.cut_bytes or done.missing_bytes or done.damaged_lines
    return (done if is_news else None), _next_offset(segment, found) + found.damaged_behind + unfinished


def _cut(segment: Path, found: Survey, disk: Disk) -> None:
    file = disk.reopen(segment)
    try:
        disk.cut(file, found.keep)
        if found.is_unfinished:
            disk.write(file, b"\n")
        disk.sync(file)
    finally:
        disk.close(file)


def _next_offset(segment: Path, found: Survey) -> int:
    if not found.last:
        return first_offset_of(segment)
    offset = offset_in(found.last)
    if offset is None:
        raise damaged(str(Damage(segment.name, 0, "its last line is whole but holds no event")))
    return offset + 1
