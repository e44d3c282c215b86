"""This is the place for the files of a log: what they are called, and how lines are taken out of them.

Files are opened for each piece that is read and closed again, so a reader holds nothing that another
process might want to move, compress or prune.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from pathlib import Path

from healthmon.log.compressed import SUFFIX, content_size, read_content
from healthmon.log.reasons import LogError, LogReason, disk_trouble

CHUNK = 1 << 20

_NAME = re.compile(r"segment-(\d{12,})\.jsonl(\.zst)?")
_OVERFLOW = "overflow"


def log_folder(folder: Path) -> Path:
    """Where the segments of a data folder are."""
    return folder / "log"


def overflow_folder(folder: Path) -> Path:
    """Where a segment is continued while the disk cannot be written: a link to somewhere else."""
    return folder / _OVERFLOW


def path_of(folder: Path, first_offset: int) -> Path:
    """Where the segment that begins with this offset is, as long as it is not compressed."""
    return log_folder(folder) / f"segment-{first_offset:012d}.jsonl"


def first_offset_of(segment: Path) -> int:
    """The offset a segment is named by."""
    found = _NAME.fullmatch(segment.name)
    if found is None:
        raise ValueError(segment.name)
    return int(found[1])


def is_overflow(segment: Path) -> bool:
    """Whether this is the continuation of a segment whose disk cannot be written."""
    return segment.parent.name == _OVERFLOW


def is_compressed(segment: Path) -> bool:
    """Whether a segment is kept compressed; sealed ones only."""
    return segment.suffix == SUFFIX


def other_form(segment: Path) -> Path:
    """Where a segment is in its other form: compressed, or plain again."""
    if is_compressed(segment):
        return segment.with_suffix("")
    return segment.with_name(segment.name + SUFFIX)


def is_same(one: Path, other: Path) -> bool:
    """Whether two paths are of one segment: it may have been compressed between two looks."""
    return _place(one) == _place(other)


def segments(folder: Path) -> list[Path]:
    """The segments of a data folder in their order, overflow last; none without a log. Raises LogError."""
    return stored_segments(folder) + _segments_in(overflow_folder(folder))


def stored_segments(folder: Path) -> list[Path]:
    """The segments that are in the log's own folder, in their order. Raises LogError."""
    return _segments_in(log_folder(folder))


def _segments_in(home: Path) -> list[Path]:
    try:
        names = sorted(path.name for path in home.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise disk_trouble(error, home) from error
    # Plain sorts before compressed: until the plain one is gone, a compressed one is not there yet.
    found = {int(match[1]): match[0] for name in reversed(names) if (match := _NAME.fullmatch(name))}
    return [home / found[offset] for offset in sorted(found)]


def holding(paths: list[Path], offset: int) -> Path | None:
    """Which of these segments has the offset, or will have it; None when all begin later."""
    place = bisect_right(paths, offset, key=first_offset_of)
    return paths[place - 1] if place else None


def size_of(segment: Path) -> int:
    """How many bytes of content a segment has now. Raises LogError."""
    try:
        try:
            return content_size(segment) if is_compressed(segment) else segment.stat().st_size
        except FileNotFoundError:
            return content_size(_compressed(segment))
    except OSError as error:
        raise disk_trouble(error, segment) from error


def read_bytes(segment: Path, position: int, size: int) -> bytes:
    """Up to `size` bytes from `position`; fewer at the end. Raises LogError, also when the file is gone."""
    try:
        try:
            return _read(segment, position, size)
        except FileNotFoundError:
            return _read(_compressed(segment), position, size)
    except FileNotFoundError as error:
        raise LogError(LogReason.REPLACED, f"{segment} is gone: read the log again from its start") from error
    except OSError as error:
        raise disk_trouble(error, segment) from error


def _read(segment: Path, position: int, size: int) -> bytes:
    if is_compressed(segment):
        return read_content(segment, position, size)
    with segment.open("rb") as file:
        file.seek(position)
        return file.read(size)


def _compressed(segment: Path) -> Path:
    """Where a segment is once it is compressed. Raises FileNotFoundError for one that is already."""
    if is_compressed(segment):
        raise FileNotFoundError(segment)
    return segment.with_name(segment.name + SUFFIX)


def _place(segment: Path) -> tuple[int, bool]:
    return first_offset_of(segment), is_overflow(segment)


def read_lines(segment: Path, position: int, size: int = CHUNK) -> list[bytes]:
    """The complete lines from `position`, about `size` bytes of them, without their newlines.

    Empty when no line is complete there yet. A line longer than `size` comes alone and whole.
    """
    while True:
        content = read_bytes(segment, position, size)
        end = content.rfind(b"\n")
        if end >= 0:
            return content[:end].split(b"\n")
        if len(content) < size:
            return []
        size *= 4


def all_lines(segment: Path, position: int = 0) -> Iterator[tuple[int, bytes]]:
    """Every complete line from `position` with the position it begins at. Memory: one chunk."""
    while lines := read_lines(segment, position):
        for line in lines:
            yield position, line
            position += len(line) + 1


def first_line(segment: Path) -> bytes | None:
    """The line the header should be in; None when it is not complete yet."""
    lines = read_lines(segment, 0, 1024)
    return lines[0] if lines else None
