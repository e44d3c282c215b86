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
from healthmon.log.damage import Damage, OnDamage
from healthmon.log.disk import Disk
from healthmon.log.reasons import disk_trouble
from healthmon.log.record import is_entry, is_whole, read_header, stamp
from healthmon.log.segment import all_lines, first_line, log_folder

LASTING = frozenset(
    {"ASSIGNS", "SETS", "PAIRS", "REVOKES", "ACTIVATES", "HANDS_OVER", "NOTES", "RATES", "UNDOES", "ERASES"}
)
"""What still holds when it is old. Unknown verbs are not among them: the archive has them."""

KEPT = "kept.jsonl"
"""The file's name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """The first line: the log's mark where it begins since then, which nothing else can tell any more."""

    before: int
    edition: int
    mark: str


def kept_entries(folder: Path, on_damage: OnDamage) -> list[Entry]:
    """What was kept of pruned segments, in order; nothing while nothing was pruned. Raises LogError.

    `on_damage` is told each line that is not as it was written: who wears what may have stood there.
    """
    path = kept_path(folder)
    if not path.exists():
        return []
    found = []
    for number, (_, line) in enumerate(all_lines(path), start=1):
        if not is_whole(line):
            on_damage(Damage(path.name, number, "is not as it was written"))
        elif is_entry(line):
            found.append(wire.read_entry(line))
    return found


def spoilt_lines(folder: Path, damages: Iterable[Damage]) -> list[bytes]:
    """The damaged lines of the kept file but its first, with their newlines, as they are. Raises LogError."""
    numbers = {damage.line for damage in damages} - {1}
    rows = enumerate(all_lines(kept_path(folder)), start=1) if numbers else ()
    return [line + b"\n" for number, (_, line) in rows if number in numbers]


def beginning_of(path: Path) -> Beginning | None:
    """What the first line of a kept file says; None when it says nothing. Raises LogError."""
    line = first_line(path) if path.exists() else None
    try:
        return wire.read(line, Beginning) if line is not None and is_whole(line) else None
    except wire.WireError:
        return None


def kept_before(folder: Path, start: int, begins: int, on_damage: OnDamage) -> list[Entry] | None:
    """What was kept from offset `start` on of what stood before `begins`; None when nothing was pruned.

    Damage is told as by `kept_entries`. The file may hold more than that: what a crash left of a prune that
    had not yet come to its end.
    """
    if not kept_path(folder).exists():
        return None
    return [entry for entry in kept_entries(folder, on_damage) if start <= entry.offset < begins]


def kept_path(folder: Path) -> Path:
    """Where they are."""
    return log_folder(folder) / KEPT


def kept_digest(folder: Path) -> str | None:
    """SHA-256 of the file, as a header carries it; None when nothing was pruned. Raises OSError."""
    return digest_of(kept_path(folder))


def fresh_path(folder: Path) -> Path:
    """Where the next kept file is written, until the chain carries its digest."""
    return kept_path(folder).with_name(f"new-{KEPT}")


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


def write_kept(path: Path, beginning: Beginning, lines: Iterable[bytes], disk: Disk) -> str:
    """Write these lines to `path`, durable with its name when this returns; the digest. Raises LogError."""
    content = b"".join([stamp(wire.write(beginning)), *lines])
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
