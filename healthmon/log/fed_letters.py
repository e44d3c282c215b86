"""This is the place for which refused messages became events since: marks beside the dead letters.

`D/refused/fed.jsonl` is written whole, after the events are durable. A crash in between leaves letters
without a mark whose events are in the log: fed once more, they are recognised there, and marked.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from healthmon.events import wire
from healthmon.log.dead_letters import DeadLetter
from healthmon.log.disk import Disk
from healthmon.log.reasons import disk_trouble
from healthmon.log.record import is_whole, stamp


@dataclass(frozen=True, slots=True, order=True)
class FedMark:
    """Says of one dead letter that all of it is in the log now."""

    offset: int
    sha256: str

    @classmethod
    def of(cls, letter: DeadLetter) -> "FedMark":
        """The mark of this letter. One that a crash has kept twice has one mark."""
        return cls(letter.offset, letter.sha256)


def fed_marks(folder: Path) -> frozenset[FedMark]:
    """The marks of a data folder. A damaged one is as good as none: its letter is fed again, to no effect."""
    try:
        lines = _path(folder).read_bytes().splitlines()
    except FileNotFoundError:
        return frozenset()
    except OSError as error:
        raise disk_trouble(error, _path(folder)) from error
    return frozenset(wire.read(line, FedMark) for line in lines if is_whole(line))


def keep_fed_marks(folder: Path, marks: Iterable[FedMark], *, disk: Disk | None = None) -> None:
    """Keep these marks and no others; durable when it returns. Raises LogError, then the old ones stand.

    By whoever holds the folder's lock.
    """
    disk, path = disk or Disk(), _path(folder)
    fresh = path.with_suffix(".new")
    try:
        disk.make_folder(path.parent)
        file = disk.create(fresh)
        try:
            disk.write(file, b"".join(stamp(wire.write(mark)) for mark in sorted(marks)))
            disk.sync(file)
        finally:
            disk.close(file)
        fresh.replace(path)
        disk.sync_folder(path.parent)
    except OSError as error:
        raise disk_trouble(error, path) from error


def _path(folder: Path) -> Path:
    return folder / "refused" / "fed.jsonl"
