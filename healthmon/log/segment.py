"""This is the place for the files of a log: what they are called, and how lines are taken out of them.

Files are opened for each piece that is read and closed again, so a reader holds nothing that another
process might want to move, compress or prune.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from pathlib import Path

from healthmon.log.reasons import LogError, LogReason, disk_trouble

CHUNK = 1 << 20

_NAME = re.compile(r"segment-(\d{12,})\.jsonl")


def log_folder(folder: Path) -> Path:
    """Where the segments of a data folder are."""
    return folder / "log"


def path_of(folder: Path, first_offset: int) -> Path:
    """Where the segment that begins with this offset is."""
    return log_folder(folder) / f"segment-{first_offset:012d}.jsonl"


def first_offset_of(segment: Path) -> int:
    """The offset a segment is named by."""
    found = _NAME.fullmatch(segment.name)
    if found is None:
        raise ValueError(segment.name)
    return int(found[1])


def segments(folder: Path) -> list[Path]:
    """The segments of a data folder in their order; none when there is no log yet. Raises LogError."""
    home = log_folder(folder)
    try:
        names = [path.name for path in home.iterdir()]
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise disk_trouble(error, home) from error
    return sorted((home / name for name in names if _NAME.fullmatch(name)), key=first_offset_of)


def holding(paths: list[Path], offset: int) -> Path | None:
    """Which of these segments has the offset, or will have it; None when all begin later."""
    place = bisect_right(paths, offset, key=first_offset_of)
    return paths[place - 1] if place else None


def size_of(segment: Path) -> int:
    """How many bytes a segment has now. Raises LogError."""
    try:
        return segment.stat().st_size
    except OSError as error:
        raise disk_trouble(error, segment) from error


def read_bytes(segment: Path, position: int, size: int) -> bytes:
    """Up to `size` bytes from `position`; fewer at the end. Raises LogError, also when the file is gone."""
    try:
        with segment.open("rb") as file:
            file.seek(position)
            return file.read(size)
    except FileNotFoundError as error:
        raise LogError(LogReason.REPLACED, f"{segment} is gone: read the log again from its start") from error
    except OSError as error:
        raise disk_trouble(error, segment) from error


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
