"""This is the place for writing a sealed segment anew without some of its lines, and chaining what follows.

Headers and seals are made anew; every other line that stays, stays to the byte. Evidence stays too: a segment
that was not as it was sealed keeps its old seal, so that `verify` finds it afterwards as it did before.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from healthmon.events import wire
from healthmon.log.compressed import Packer
from healthmon.log.disk import Disk
from healthmon.log.record import FORMAT, erased_line, is_seal, read_header, read_seal, stamp
from healthmon.log.seek import offset_in
from healthmon.log.segment import is_compressed

IsAbout = Callable[[bytes], bool]


@dataclass(slots=True)
class Chained:
    """What the next header has to say otherwise than before: of the segment before it, of the kept file."""

    previous: str | None = None
    """The digest of the segment before, once that was written anew."""
    kept: tuple[str, str] | None = None
    """The digests of the kept file, as it was and as it is, once that was written anew."""

    def changes(self, line: bytes) -> bool:
        """Whether the header in this line is to be another."""
        return self.header(line) != line

    def header(self, line: bytes) -> bytes:
        """The header line as it is to be; a damaged one stays."""
        header = read_header(line)
        if header is None:
            return line
        checkpoint = header.checkpoint
        if self.kept is not None and checkpoint == self.kept[0]:
            checkpoint = self.kept[1]
        previous = header.previous_digest if self.previous is None else self.previous
        if (checkpoint, previous) == (header.checkpoint, header.previous_digest):
            return line
        return _header_line(replace(header, format=FORMAT, previous_digest=previous, checkpoint=checkpoint))


class Rewritten:
    """A segment that is being written anew. One thread. Raises OSError, LogError."""

    def __init__(self, path: Path, first_offset: int, disk: Disk) -> None:
        self.path = path
        self.erased = 0
        self.digest = ""
        """What its seal says; empty before that."""
        self.whole = hashlib.sha256()
        """Of everything written."""
        self._first_offset = first_offset
        self._file = Packer(path, disk) if is_compressed(path) else _Plain(path, disk)
        self._was, self._is = hashlib.sha256(), hashlib.sha256()
        self._last = b""

    def begin(self, line: bytes, chained: Chained) -> None:
        """Its header. The format is ours: erased lines need it."""
        header = read_header(line)
        made = line
        if header is not None:
            told = read_header(chained.header(line)) or header
            made = _header_line(replace(told, format=FORMAT))
        self._add(line + b"\n", made + b"\n")

    def take(self, lines: Sequence[bytes], is_about: IsAbout) -> None:
        """More of its lines."""
        was: list[bytes] = []
        now: list[bytes] = []
        for line in lines:
            if is_seal(line):
                self._add(_joined(was), _joined(now))
                was, now = [], []
                self._seal(line)
                continue
            was.append(line)
            self._last = self._without(line) if is_about(line) else line
            now.append(self._last)
        self._add(_joined(was), _joined(now))

    def finish(self) -> None:
        """That was all: durable when this returns."""
        self._file.finish()

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def _without(self, line: bytes) -> bytes:
        offset = offset_in(line)
        if offset is None:  # a damaged line that names them: it goes too, and keeps the offset it had
            before = offset_in(self._last)
            offset = self._first_offset if before is None else before + 1
        self.erased += 1
        return erased_line(offset)[:-1]

    def _seal(self, line: bytes) -> None:
        seal = read_seal(line)
        if seal is not None and seal.digest == self._was.hexdigest():
            seal = replace(seal, digest=self._is.hexdigest())
            line = stamp(wire.write(seal))[:-1]
        self.digest = "" if seal is None else seal.digest
        self._write(line + b"\n")

    def _add(self, was: bytes, now: bytes) -> None:
        self._was.update(was)
        self._is.update(now)
        self._write(now)

    def _write(self, content: bytes) -> None:
        self.whole.update(content)
        self._file.add(content)


def write_whole(path: Path, content: bytes, disk: Disk) -> None:
    """A small file, durable when this returns, but for its name. Raises OSError."""
    file = _Plain(path, disk)
    try:
        file.add(content)
        file.finish()
    finally:
        file.close()


class _Plain:
    """A file that is not compressed."""

    def __init__(self, path: Path, disk: Disk) -> None:
        self._disk = disk
        self._file = disk.create(path)

    def add(self, content: bytes) -> None:
        self._disk.write(self._file, content)

    def finish(self) -> None:
        self._disk.sync(self._file)

    def close(self) -> None:
        self._disk.close(self._file)


def _joined(lines: Sequence[bytes]) -> bytes:
    return b"".join(line + b"\n" for line in lines)


def _header_line(header: object) -> bytes:
    return stamp(wire.write(header))[:-1]
