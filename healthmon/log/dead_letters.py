"""This is the place for what was refused: the raw bytes as they came, kept until somebody has looked.

JSON lines like the log's own, in numbered files under `D/refused/`. The oldest file goes when there are too
many, so a device that talks nonsense all night cannot fill the disk. While the disk cannot be written they
stand where the log's overflow stands.
"""

import contextlib
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from healthmon.events import Refusal, Rejected, wire
from healthmon.log.disk import Disk
from healthmon.log.reasons import LogError, LogReason, disk_trouble
from healthmon.log.record import is_whole, stamp
from healthmon.log.segment import all_lines, overflow_folder

KEPT_BYTES = 64 << 10
"""How much of one message is kept; its full size and SHA-256 always are."""

FILE_BYTES = 8 << 20
FILES = 8

_NAME = re.compile(r"refused-(\d{6,})\.jsonl")


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadLetter:
    """A refused message. `offset` is where the log's REJECTS event about it stands.

    `payload` holds its first bytes (base64 in the file), `size` says how many it had, `sha256` is of all.
    """

    offset: int
    received: datetime
    topic: str
    reason: Refusal
    detail: str
    retained: bool
    size: int
    sha256: str
    payload: bytes

    @classmethod
    def of(cls, rejected: Rejected, received: datetime, offset: int) -> "DeadLetter":
        """The letter that keeps this refusal."""
        message = rejected.message
        return cls(
            offset=offset,
            received=received,
            topic=message.topic.encode(errors="replace").decode(),  # half a surrogate pair has no JSON
            reason=rejected.reason,
            detail=rejected.detail,
            retained=message.retained,
            size=len(message.payload),
            sha256=sha256(message.payload).hexdigest(),
            payload=message.payload[:KEPT_BYTES],
        )

    @property
    def is_complete(self) -> bool:
        """Whether all of the message was kept, so that it can be fed again."""
        return len(self.payload) == self.size


class DeadLetters:
    """Keeps refused messages of a data folder. One writer: whoever holds the folder's lock. One thread.

    Bounded: about `files` times `file_bytes`; then the oldest file goes.
    """

    def __init__(
        self, folder: Path, *, file_bytes: int = FILE_BYTES, files: int = FILES, disk: Disk | None = None
    ) -> None:
        self._home = _home(folder)
        self._elsewhere = _elsewhere(folder)
        self._file_bytes = file_bytes
        self._files = files
        self._disk = disk or Disk()

    def keep(self, rejected: Rejected, received: datetime, offset: int) -> None:
        """Keep one refusal: durable when this returns, so the message may be acknowledged. Raises LogError.

        A crash between this and the acknowledgement brings the message again: it may be kept twice.
        """
        self.keep_all([DeadLetter.of(rejected, received, offset)])

    def keep_refused(self, refused: Iterable[tuple[Rejected, datetime, int]]) -> None:
        """Keep these refusals, each with its time and the offset of its REJECTS event, with one data sync."""
        self.keep_all(DeadLetter.of(rejected, received, offset) for rejected, received, offset in refused)

    def keep_all(self, letters: Iterable[DeadLetter]) -> None:
        """Keep many with one data sync. Raises LogError, then all of them are to be kept again."""
        content = b"".join(stamp(wire.write(letter)) for letter in letters)
        if not content:
            return
        try:
            self._append(self._home, content, self._disk)
        except OSError as error:
            if not self._kept_elsewhere(content):
                raise disk_trouble(error, self._home) from error

    def recover(self) -> None:
        """The disk is well again: copy back what was kept elsewhere. Does nothing if it is not; never raises.

        A crash in the middle may keep a letter twice.
        """
        with contextlib.suppress(OSError):
            for path in _files(self._elsewhere):
                self._append(self._home, path.read_bytes(), self._disk)
                path.unlink()

    def _kept_elsewhere(self, content: bytes) -> bool:
        link = self._elsewhere.parent
        if not link.is_symlink():
            return False
        try:
            self._append(link.readlink() / self._elsewhere.name, content, Disk())
        except OSError:
            return False
        return True

    def _append(self, home: Path, content: bytes, disk: Disk) -> None:
        disk.make_folder(home)
        paths = _files(home)
        is_full = not paths or paths[-1].stat().st_size + len(content) > self._file_bytes
        path = _next(home, paths) if is_full else paths[-1]
        file = disk.create(path) if is_full else disk.reopen(path)
        try:
            if not is_full and not _ends_a_line(path):
                content = b"\n" + content  # a crash left half a letter: it stays half, this one begins anew
            disk.write(file, content)
            disk.sync(file)
        finally:
            disk.close(file)
        if is_full:
            disk.sync_folder(home)
            for oldest in paths[: len(paths) + 1 - self._files]:
                oldest.unlink()


def read_dead_letters(folder: Path) -> Iterator[DeadLetter]:
    """What was refused and is still kept, oldest first. Half letters, never acknowledged, are left out."""
    for path in _files(_home(folder)) + _files(_elsewhere(folder)):
        for _, line in all_lines(path):
            if is_whole(line):
                yield _letter(path, line)


def letter_files(folder: Path) -> list[Path]:
    """The files in which refused messages are, oldest first."""
    return _files(_home(folder)) + _files(_elsewhere(folder))


def _letter(path: Path, line: bytes) -> DeadLetter:
    try:
        return wire.read(line, DeadLetter)
    except wire.WireError as error:
        raise LogError(
            LogReason.NEWER_FORMAT,
            f"{path} has a letter no version up to this wrote: update healthmon",
        ) from error


def _next(home: Path, paths: list[Path]) -> Path:
    return home / f"refused-{_number(paths[-1]) + 1 if paths else 1:06d}.jsonl"


def _home(folder: Path) -> Path:
    return folder / "refused"


def _elsewhere(folder: Path) -> Path:
    return overflow_folder(folder) / "refused"


def _files(home: Path) -> list[Path]:
    paths = home.iterdir() if home.is_dir() else iter(())
    return sorted((path for path in paths if _NAME.fullmatch(path.name)), key=_number)


def _number(path: Path) -> int:
    return int(path.stem.partition("-")[2])


def _ends_a_line(path: Path) -> bool:
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - 1))
        return size == 0 or file.read(1) == b"\n"
