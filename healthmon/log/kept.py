"""This is the place for what stays of pruned segments: the sentences that still hold.

Readings of years ago may leave for the archive; who somebody is, who wears what and which limits a carer set
may not. Before segments are pruned such entries are copied, as they are, to `log/kept.jsonl`. A reader from
the log's beginning is given them first. The digest of that file stands in the header of the segment that was
begun then: so it belongs to the chain, and `verify` finds a changed one.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from healthmon.events import Entry, wire
from healthmon.log.disk import Disk
from healthmon.log.reasons import disk_trouble
from healthmon.log.record import is_entry, is_whole, line_of, read_header, stamp
from healthmon.log.segment import all_lines, first_line, log_folder

LASTING = frozenset(
    {"ASSIGNS", "SETS", "PAIRS", "REVOKES", "ACTIVATES", "HANDS_OVER", "NOTES", "RATES", "UNDOES", "ERASES"}
)
"""What still holds when it is old. Unknown verbs are not among them: the archive has them."""

_NAME = "kept.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """The first line: the log's mark where it begins since then, which nothing else can tell any more."""

    before: int
    edition: int
    mark: str


def kept_entries(folder: Path) -> list[Entry]:
    """What was kept of pruned segments, in order; nothing while nothing was pruned. Raises LogError."""
    path = kept_path(folder)
    if not path.exists():
        return []
    return [wire.read_entry(line) for _, line in all_lines(path) if is_entry(line) and is_whole(line)]


def beginning_of(path: Path) -> Beginning | None:
    """What the first line of a kept file says; None when it says nothing. Raises LogError."""
    line = first_line(path) if path.exists() else None
    try:
        return wire.read(line, Beginning) if line is not None and is_whole(line) else None
    except wire.WireError:
        return None


def kept_before(folder: Path, start: int, begins: int) -> list[Entry] | None:
    """What was kept from offset `start` on of what stood before `begins`; None when nothing was pruned.

    The file may hold more than that: what a crash left of a prune that had not yet come to its end.
    """
    if not kept_path(folder).exists():
        return None
    return [entry for entry in kept_entries(folder) if start <= entry.offset < begins]


def kept_path(folder: Path) -> Path:
    """Where they are."""
    return log_folder(folder) / _NAME


def kept_digest(folder: Path) -> str | None:
    """SHA-256 of the file, as a header carries it; None when nothing was pruned. Raises OSError."""
    return digest_of(kept_path(folder))


def fresh_path(folder: Path) -> Path:
    """Where the next kept file is written, until the chain carries its digest."""
    return kept_path(folder).with_name(f"new-{_NAME}")


def digest_of(path: Path) -> str | None:
    """SHA-256 of a kept file; None when it is not there. Raises OSError."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else None


def carried_digest(paths: Iterable[Path]) -> str | None:
    """The newest digest of a kept file that the headers of these segments carry. Raises LogError."""
    found = None
    for segment in paths:
        line = first_line(segment)
        header = None if line is None else read_header(line)
        if header is not None and header.checkpoint is not None:
            found = header.checkpoint
    return found


def write_kept(path: Path, beginning: Beginning, entries: Iterable[Entry], disk: Disk) -> str:
    """Write them to `path`, durable with its name when this returns; the digest. Raises LogError."""
    content = b"".join([stamp(wire.write(beginning)), *map(line_of, entries)])
    try:
        file = disk.create(path)
        try:
            disk.write(file, content)
            disk.sync(file)
        finally:
            disk.close(file)
        disk.sync_folder(path.parent)  # before a header tells of it
    except OSError as error:
        raise disk_trouble(error, path) from error
    return hashlib.sha256(content).hexdigest()
