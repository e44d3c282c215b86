"""This is the place for the one-writer lock of a data folder, and for what differs in it between systems.

`D/lock` is locked with flock while a writer lives: the system releases it however that process ends. Its
one line says who holds it and how much of the newest segment is known to be durable. That line is written
after each data sync and not synced itself, so it may be old but never says too much.
"""

import contextlib
import fcntl
import os
import time
from dataclasses import dataclass
from pathlib import Path

from healthmon.events import wire
from healthmon.log.disk import FILE_MODE, Disk
from healthmon.log.reasons import LogError, LogReason, disk_trouble

_WIDTH = 200  # of the one line, so that it is always overwritten in place
_TRIES = 5
_PAUSE = 0.02  # s, real time: outlasts another process that only looks whether we are locked


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What a writer says about itself: its process, and how many bytes of which segment are durable."""

    pid: int
    segment: str
    durable: int


class FolderLock:
    """The right to write a data folder. Held from `take` to `release`, or until this process ends.

    Not to be forked over: a child that inherits it keeps it.
    """

    def __init__(self, path: Path, file: int, previous: Note | None) -> None:
        self.previous = previous
        """What the writer before us noted."""
        self._path = path
        self._file = file

    @classmethod
    def take(cls, folder: Path) -> "FolderLock":
        """The lock of this folder. Raises LogError (LOCKED), naming who has it, within 0.1 s."""
        path = lock_path(folder)
        try:
            file = _opened(path)
        except OSError as error:
            raise disk_trouble(error, path) from error
        try:
            is_ours = _lock(file)
        except OSError as error:
            os.close(file)
            raise disk_trouble(error, path) from error
        if not is_ours:
            os.close(file)
            raise _locked(folder)
        lock = cls(path, file, read_note(folder))
        # At once, with what the last writer noted: whoever asks who records must not be told of the dead.
        lock.note(*((lock.previous.segment, lock.previous.durable) if lock.previous else ("", 0)))
        return lock

    def note(self, segment: str, durable: int) -> None:
        """Say how much is durable. Never raises: an old note is a true note."""
        line = wire.write(Note(pid=os.getpid(), segment=segment, durable=durable))
        with contextlib.suppress(OSError):
            os.pwrite(self._file, line.ljust(_WIDTH) + b"\n", 0)

    def keep_note(self, disk: Disk) -> None:
        """Make the note itself durable. Needed once per segment, whose name it says. Raises LogError."""
        try:
            disk.sync(self._file)
        except OSError as error:
            raise disk_trouble(error, self._path) from error

    def release(self) -> None:
        """Let others write. May be called twice."""
        file, self._file = self._file, -1
        if file >= 0:
            os.close(file)


def lock_path(folder: Path) -> Path:
    """Where a data folder's lock is."""
    return folder / "lock"


def read_note(folder: Path) -> Note | None:
    """What the last or present writer noted; None when there was none, or nothing can be made of it."""
    try:
        return wire.read(lock_path(folder).read_bytes(), Note)
    except (OSError, wire.WireError):
        return None


def is_locked(folder: Path) -> bool:
    """Whether a writer is at work in this folder now. Does not block it."""
    try:
        file = os.open(lock_path(folder), os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:  # a file system without locks: nobody could have taken one
        return False
    finally:
        os.close(file)
    return False


def holder(folder: Path) -> int | None:
    """The process that writes this folder now; None when nobody does, or it has not said so yet."""
    if not is_locked(folder):
        return None
    note = read_note(folder)
    return None if note is None else note.pid


def _opened(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, FILE_MODE)
    except OSError as error:
        if not path.exists():
            raise
        try:
            return os.open(path, os.O_RDONLY | os.O_CLOEXEC)  # locked all the same; only the note is not kept
        except OSError:
            raise error from None


def _lock(file: int) -> bool:
    for left in reversed(range(_TRIES)):
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if left:
                time.sleep(_PAUSE)
        else:
            return True
    return False


def _locked(folder: Path) -> LogError:
    note = read_note(folder)
    who = f"process {note.pid}" if note else "another process"
    return LogError(
        LogReason.LOCKED,
        f"{folder} is being recorded by {who}: `healthmon stop` ends it, --data names another folder",
    )
