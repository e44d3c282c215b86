"""This is the place for the reserve: room on the disk that nobody else can take, given up when it is full."""

import contextlib
import os
import shutil
from pathlib import Path

from healthmon.log.disk import FILE_MODE

RESERVE_BYTES = 32 << 20  # our choice: hours of a home's readings, and room for the broker
_PART = 4  # of the free space, at most a quarter is set aside
TIGHT = 4 << 20  # bytes free; our choice
_LEAST = 1 << 20  # less than that is no comfort


def is_tight(folder: Path) -> bool:
    """Whether there is hardly any room."""
    try:
        return shutil.disk_usage(folder).free < TIGHT
    except OSError:
        return False


class Reserve:
    """`D/reserve`, a file of so many bytes that are really taken. One thread: the recorder's."""

    def __init__(self, folder: Path, size: int = RESERVE_BYTES) -> None:
        self._path = folder / "reserve"
        self._size = size
        self._made = 0  # once given up, it is not made again from scraps

    @property
    def is_there(self) -> bool:
        """Whether there is something left to give up."""
        return self._path.exists()

    def make(self) -> bool:
        """Set it aside if there is plenty of room; whether it is there now. Never raises: it is a comfort."""
        if self.is_there or not self._size:
            return self.is_there
        with contextlib.suppress(OSError):
            size = min(self._size, shutil.disk_usage(self._path.parent).free // _PART)
            if size < max(_LEAST, 3 * self._made // 4):
                return False
            file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, FILE_MODE)
            try:
                os.posix_fallocate(file, 0, size)
                self._made = size
            except OSError:
                self._path.unlink()
                raise
            finally:
                os.close(file)
        return self.is_there

    def release(self) -> bool:
        """Give it up; whether that made room."""
        try:
            self._path.unlink()
        except OSError:
            return False
        return True
