"""This is the place for files that hold secrets: whole or not there, and only their owner's."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

from healthmon.broker.errors import BrokerError, BrokerReason
from healthmon.errors import cure_of

FILE_MODE = 0o600
FOLDER_MODE = 0o700

Alone: TypeAlias = contextlib.AbstractContextManager[None]


def make_folder(folder: Path) -> None:
    """The folder, private. Raises BrokerError (CANNOT_WRITE)."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=FOLDER_MODE)
        if folder.stat().st_mode & 0o077:
            folder.chmod(FOLDER_MODE)
    except OSError as error:
        raise cannot_write(folder, error) from error


def write(path: Path, content: bytes) -> None:
    """Replace the file in one step: after a crash it holds the old content or the new, never half.

    Durable when it returns. Raises BrokerError (CANNOT_WRITE).
    """
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        with open(fresh, "wb", opener=private) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise cannot_write(path, error) from error


@contextlib.contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold a lock file while a file beside it is read, changed and written. Blocks for milliseconds.

    Raises BrokerError (CANNOT_WRITE).
    """
    try:
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, FILE_MODE)
    except OSError as error:
        raise cannot_write(path, error) from error
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
    finally:
        os.close(file)


def cannot_write(path: Path, error: OSError) -> BrokerError:
    """What the system refused, with the cure."""
    return BrokerError(
        BrokerReason.CANNOT_WRITE,
        f"{path} cannot be written: {cure_of(error)}",
    )


def private(name: str, flags: int) -> int:
    """An opener for `open`: what it creates is only its owner's."""
    return os.open(name, flags, FILE_MODE)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
