"""This is the place for whose turn it is with the checkpoints: one process at a time writes there."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from healthmon.log.reasons import disk_trouble


@contextmanager
def checkpoints_lock(
    data: Path, *, waits: bool, waiting: Callable[[], None] = lambda: None
) -> Iterator[bool]:
    """Hold it; whether it is held. One that `waits` blocks until an upkeep that is at work is done.

    `waiting` is called once when it has to: minutes may pass, and somebody may look on.
    A process that dies lets go of it. Raises LogError, with the cure, where the folder cannot be written.
    """
    lock = _opened(data / "checkpoints" / "lock")
    try:
        is_ours = _is_taken(lock, fcntl.LOCK_NB)
        if waits and not is_ours:
            waiting()
            is_ours = _is_taken(lock)
        yield is_ours
    finally:
        os.close(lock)


def _opened(path: Path) -> int:
    try:
        path.parent.mkdir(mode=0o700, exist_ok=True)
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise disk_trouble(error, path) from error


def _is_taken(lock: int, how: int = 0) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | how)
    except BlockingIOError:
        return False
    return True
