"""This is the place for finding a moment or an offset in a segment without reading all of it.

Both only grow along the log, so halving the file finds them in some twenty small reads. Damaged lines are
stepped over here; who then reads from the place that was found meets them.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from healthmon.events import Entry, wire
from healthmon.log.record import Seal, erased_offset, is_entry, is_whole, read_seal
from healthmon.log.segment import all_lines, first_offset_of, read_bytes, read_lines, size_of

_NEAR = 1 << 16

Earlier = Callable[[Entry], bool]


def entry_in(line: bytes) -> Entry | None:
    """The entry in a line; None when it is damaged, or a header or a seal."""
    if not (is_entry(line) and is_whole(line)):
        return None
    try:
        return wire.read_entry(line)
    except wire.WireError:
        return None


def after_last(segment: Path, earlier: Earlier, start: int = 0) -> tuple[int, Entry | None]:
    """The position after the last entry for which `earlier` holds, and that entry; `start` and None if none.

    `earlier` must hold for a first stretch of the entries and for none after it.
    """
    low, high, last = start, size_of(segment), None
    while high - low > _NEAR:
        middle = (low + high) // 2
        found = _first_entry(segment, middle, high)
        if found is not None and earlier(found[1]):
            low, last = found
        else:
            high = middle
    return _walk(segment, earlier, low, last)


def last_entry(segment: Path) -> Entry | None:
    """The last whole entry of a segment, read from its end; None when it has none yet."""
    return next((entry for _, line in _backwards(segment) if (entry := entry_in(line)) is not None), None)


def last_offset(segment: Path) -> int | None:
    """The last offset that a segment's whole lines take, erased ones too; None when it has none yet."""
    return next((offset for _, line in _backwards(segment) if (offset := offset_in(line)) is not None), None)


def next_offset_in(segment: Path) -> int:
    """The offset after the last that a segment's whole lines take."""
    last = last_offset(segment)
    return first_offset_of(segment) if last is None else last + 1


def offset_in(line: bytes) -> int | None:
    """The offset a whole line takes: an entry's, or an erased one's; None for any other line."""
    entry = entry_in(line)
    return erased_offset(line) if entry is None else entry.offset


def after_erased(segment: Path, position: int, offset: int) -> int:
    """The position after what is left, from `position` on, of erased entries before this offset."""
    for begin, line in all_lines(segment, position):
        erased = erased_offset(line)
        if erased is None or erased >= offset:
            return begin
        position = begin + len(line) + 1
    return position


def end_of_whole(segment: Path) -> int:
    """The position after the last whole line of a segment, read from its end; 0 when it has none."""
    return next((end for end, line in _backwards(segment) if is_whole(line)), 0)


def seal_of(segment: Path) -> Seal | None:
    """The seal at the end of a segment; None when it has none, or a damaged one."""
    end = size_of(segment)
    start = max(0, end - 1024)
    lines = read_bytes(segment, start, end - start).split(b"\n")
    return read_seal(lines[-2]) if len(lines) > 1 and not lines[-1] else None


def first_entry(segment: Path) -> Entry | None:
    """The first whole entry of a segment; None when it has none yet."""
    for _, line in all_lines(segment):
        entry = entry_in(line)
        if entry is not None:
            return entry
    return None


def _first_entry(segment: Path, position: int, end: int) -> tuple[int, Entry] | None:
    """The first entry whose line begins after `position` and before `end`, and where its line ends."""
    size = 4096
    while position < end:
        lines = read_lines(segment, position, size)
        if not lines:
            return None
        for line in lines:
            position += len(line) + 1
            entry = entry_in(line)  # the first is half a line, so it is not whole
            if entry is not None:
                return position, entry
            if position >= end:
                return None
        size = _NEAR
    return None


def _walk(segment: Path, earlier: Earlier, low: int, last: Entry | None) -> tuple[int, Entry | None]:
    for position, line in all_lines(segment, low):
        entry = entry_in(line)
        if entry is not None:
            if not earlier(entry):
                break
            low, last = position + len(line) + 1, entry
    return low, last


def _backwards(segment: Path) -> Iterator[tuple[int, bytes]]:
    """Complete lines from the last on, each with the position after it; some more than once."""
    size, reach = size_of(segment), _NEAR
    while True:
        start = max(0, size - reach)
        lines = read_bytes(segment, start, size - start).split(b"\n")
        end = size - len(lines.pop())
        for line in reversed(lines if start == 0 else lines[1:]):
            yield end, line
            end -= len(line) + 1
        if start == 0:
            return
        reach *= 4
