"""This is the place for whose turn it is with the checkpoints: one process at a time writes there."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def checkpoints_lock(data: Path, *, waits: bool) -> Iterator[bool]:
    """Hold it; whether it is held. One that `waits` blocks until an upkeep that is at work is done.

    A process that dies lets go of it. Raises OSError where the folder cannot be written.
    """
    folder = data / "checkpoints"
    folder.mkdir(mode=0o700, exist_ok=True)
    lock = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        yield _is_taken(lock, waits=waits)
    finally:
        os.close(lock)


def _is_taken(lock: int, *, waits: bool) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | (0 if waits else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    return True
