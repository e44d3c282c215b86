"""This is the place for reading a log that is there: all of it, its last entries, or from a moment on.

Everything here reads with constant memory, from any process, whether or not a writer is at work.
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from healthmon.events import Entry
from healthmon.log.damage import OnDamage
from healthmon.log.follow import Follower
from healthmon.log.reasons import LogError, LogReason
from healthmon.log.record import read_header
from healthmon.log.seek import after_last, first_entry, last_offset
from healthmon.log.segment import first_line, first_offset_of, segments


def read(folder: Path, start: int = 0, *, on_damage: OnDamage | None = None) -> Iterator[Entry]:
    """Every entry from offset `start` to the end as it is when reached, in order.

    A torn tail is not read. Damage raises LogError (DAMAGED) where it is; with `on_damage` it is told and
    stepped over. Other reasons: NO_LOG, BEFORE_START, BEYOND_END, NEWER_FORMAT, and what the disk refuses.
    """
    _existing(folder)
    follower = Follower(folder, start, on_damage=on_damage)
    while entries := follower.poll():
        yield from entries


def tail(folder: Path, count: int, *, on_damage: OnDamage | None = None) -> list[Entry]:
    """The last `count` entries in their order, or all if there are fewer; the log's length costs nothing."""
    begins = first_offset_of(_existing(folder)[0])
    if count <= 0:
        return []
    return list(read(folder, max(begins, next_offset(folder) - count), on_damage=on_damage))[-count:]


def next_offset(folder: Path) -> int:
    """The offset the next entry will get, as far as whole lines can tell."""
    for segment in reversed(_existing(folder)):
        last = last_offset(segment)
        if last is not None:
            return last + 1
    return first_offset_of(_existing(folder)[-1])


def begins_at(folder: Path) -> int:
    """The first offset that is still in the log: 0, unless what stood before it was pruned."""
    return first_offset_of(_existing(folder)[0])


def offset_at(folder: Path, moment: datetime) -> int:
    """The offset of the first entry received at `moment` or later; the next offset when there is none yet.

    The time an entry was received only grows along the log; the time it happened does not (an import tells
    of the past), so places in the log are found by the first.
    """
    paths = _existing(folder)
    low, high = 0, len(paths)
    while high - low > 1:
        middle = (low + high) // 2
        first = first_entry(paths[middle])
        low, high = (middle, high) if first is not None and first.received < moment else (low, middle)
    _, last = after_last(paths[low], lambda entry: entry.received < moment)
    return first_offset_of(paths[low]) if last is None else last.offset + 1


def recorded_clock(folder: Path) -> str | None:
    """The clock of the newest segment, as `clock_from` takes it; None when there is no log yet."""
    for segment in reversed(segments(folder)):
        line = first_line(segment)
        header = None if line is None else read_header(line)
        if header is not None:
            return header.clock
    return None


def _existing(folder: Path) -> list[Path]:
    paths = segments(folder)
    if not paths:
        raise LogError(LogReason.NO_LOG, f"{folder} holds no log: is --data right?")
    return paths
