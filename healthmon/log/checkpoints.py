"""This is the place for checkpoints: states folded from the log, kept beside it, so that it is folded once.

`D/checkpoints/KIND-VERSION-OFFSET.ckpt` holds one stretch of records, the first at OFFSET, each where the one
before it ended: a line of JSON with its checksum (where in the log, of which log, how long its parts are),
then the parts, whatever they mean to who wrote them. A record that was cut short ends the file. Any file may
be deleted; a checkpoint of other code, of another log, or beyond the log's end is as good as none.
"""

import hashlib
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from healthmon.events import Entry, wire
from healthmon.log.disk import FILE_MODE
from healthmon.log.identity import mark
from healthmon.log.reasons import disk_trouble
from healthmon.log.record import is_whole, line_of, stamp

_NAME = re.compile(r"(?P<kind>[a-z]+)-(?P<version>[0-9a-f]+)-(?P<offset>\d{12,})\.ckpt")
_LONGEST_NOTE = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What a record says of itself.

    Every entry before `offset` is folded in, the last of them received at `moment`; `mark` is the log's there
    (`log.mark`).
    """

    offset: int
    mark: str
    moment: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    note: Note
    parts: tuple[int, ...]


class Record(NamedTuple):
    """A record and where it is: which file, where its parts begin, how long each is."""

    note: Note
    path: Path
    position: int
    lengths: tuple[int, ...]

    @property
    def end(self) -> int:
        """Where the next record of the file begins."""
        return self.position + sum(self.lengths)


class Shelf:
    """The checkpoints of one kind that one version of the code made, in one data folder.

    Reading: any process, any time; no lock. Writing: one process at a time, which the caller sees to. Raises
    LogError for what the disk refuses. Nothing here is synced: what a power cut takes is folded again.
    """

    def __init__(self, data: Path, kind: str, version: str) -> None:
        self._data = data
        self._folder = data / "checkpoints"
        self._kind = kind
        self._version = version

    def stretches(self) -> list[Path]:
        """The files, the earliest first."""
        return [path for path, found in self._named() if found["version"] == self._version]

    def of_other_versions(self) -> list[Path]:
        """The files of this kind that other code wrote."""
        return [path for path, found in self._named() if found["version"] != self._version]

    def records(self, stretch: Path) -> list[Record]:
        """The whole records of a file, in their order. What is gone or cut short has none."""
        try:
            with stretch.open("rb") as file:
                return list(_whole_records(stretch, file.fileno()))
        except OSError:
            return []

    def usable(self, *, at_most: int | None = None) -> Iterator[Record]:
        """The records of this log, the newest first, that end at an offset or before; parts are not read."""
        for stretch in reversed(self.stretches()):
            if at_most is not None and first_offset(stretch) > at_most:
                continue
            for record in reversed(self.records(stretch)):
                if (at_most is None or record.note.offset <= at_most) and self.is_of_this_log(record):
                    yield record

    def is_of_this_log(self, record: Record) -> bool:
        """Whether the log up to there is the one it was folded from."""
        return mark(self._data, record.note.offset) == record.note.mark

    def strangers(self) -> list[Path]:
        """The files of another log, or of what was pruned or edited since.

        Looks at the earliest and the newest, and at all of them if one of these is a stranger.
        """
        paths = self.stretches()
        edges = [path for path in {*paths[:1], *paths[-1:]} if self._is_strange(path)]
        return [path for path in paths if self._is_strange(path)] if edges else []

    def _is_strange(self, stretch: Path) -> bool:
        records = self.records(stretch)  # of one that a prune cut through, the last is still good
        return not any(self.is_of_this_log(record) for record in (*records[-1:], *records[:1]))

    def parts(self, record: Record) -> list[bytes]:
        """What a record holds; fewer or shorter parts when the file is not what it was."""
        try:
            with record.path.open("rb") as file:
                file.seek(record.position)
                return [file.read(length) for length in record.lengths]
        except OSError:
            return []

    def begin(self, note: Note, parts: Sequence[bytes]) -> Record:
        """Write the first record of a new file, whole or not at all."""
        path = self._folder / f"{self._kind}-{self._version}-{note.offset:012d}.ckpt"
        fresh = path.with_suffix(".new")
        line = _line(note, parts)
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with open(fresh, "wb", opener=_private) as file:
                file.writelines([line, *parts])
            fresh.replace(path)
        except OSError as error:
            fresh.unlink(missing_ok=True)
            raise disk_trouble(error, path) from error
        return Record(note, path, len(line), tuple(map(len, parts)))

    def go_on(self, last: Record, note: Note, parts: Sequence[bytes]) -> Record:
        """Write one more record after the last whole one of its file."""
        line = _line(note, parts)
        try:
            with last.path.open("r+b") as file:
                file.truncate(last.end)
                file.seek(last.end)
                file.writelines([line, *parts])
        except OSError as error:
            raise disk_trouble(error, last.path) from error
        return Record(note, last.path, last.end + len(line), tuple(map(len, parts)))

    def digest(self, record: Record) -> str:
        """SHA-256 of everything a record holds."""
        return hashlib.sha256(b"".join(self.parts(record))).hexdigest()

    def _named(self) -> list[tuple[Path, dict[str, str]]]:
        try:
            paths = sorted(self._folder.iterdir())
        except OSError:
            return []
        found = ((path, _NAME.fullmatch(path.name)) for path in paths)
        known = [(path, match.groupdict()) for path, match in found if match is not None]
        return [(path, words) for path, words in known if words["kind"] == self._kind]


def mark_after(entry: Entry, edition: int) -> str:
    """What `log.mark` says right after this entry, for who has just read it: nothing is looked up."""
    return hashlib.sha256(b"%d " % edition + line_of(entry)).hexdigest()


def first_offset(stretch: Path) -> int:
    """The offset of a file's first record, as its name says."""
    return int(stretch.stem.rpartition("-")[2])


def _whole_records(path: Path, file: int) -> Iterator[Record]:
    position, size = 0, os.fstat(file).st_size
    while position < size:
        line = os.pread(file, _LONGEST_NOTE, position).partition(b"\n")[0]
        try:
            told = wire.read(line, _Line) if is_whole(line) else None
        except wire.WireError:
            return
        if told is None:
            return
        record = Record(told.note, path, position + len(line) + 1, told.parts)
        if record.end > size:
            return
        yield record
        position = record.end


def _line(note: Note, parts: Sequence[bytes]) -> bytes:
    return stamp(wire.write(_Line(note=note, parts=tuple(map(len, parts)))))


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, FILE_MODE)
