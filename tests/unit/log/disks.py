"""This is the place for disks that count, fill up, fail, or do not bother to sync."""

import errno
import os
from pathlib import Path

from healthmon.log import Disk


class CountingDisk(Disk):
    """Says what was asked of it, in order."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def write(self, file: int, content: bytes) -> None:
        self.asked.append("write")
        super().write(file, content)

    def sync(self, file: int) -> None:
        self.asked.append("sync")
        super().sync(file)

    def sync_folder(self, folder: Path) -> None:
        self.asked.append(f"sync folder {folder.name}")
        super().sync_folder(folder)


class HurriedDisk(Disk):
    """Durable against nothing, for tests that open a thousand logs."""

    def sync(self, file: int) -> None:
        """No power is cut in that test."""

    def sync_folder(self, folder: Path) -> None:
        """As above."""


class SmallDisk(HurriedDisk):
    """Takes only so many more bytes, and half of a write that does not fit."""

    def __init__(self, room: int) -> None:
        self.room = room

    def write(self, file: int, content: bytes) -> None:
        super().write(file, content[: self.room])
        if len(content) > self.room:
            self.room = 0
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self.room -= len(content)


class FailingDisk(HurriedDisk):
    """Refuses what it is told to refuse, as often as it is told; 0 lets it pass once."""

    def __init__(self) -> None:
        self.refuses: dict[str, list[int]] = {}

    def create(self, path: Path) -> int:
        self._perhaps("create")
        return super().create(path)

    def sync(self, file: int) -> None:
        self._perhaps("sync")

    def cut(self, file: int, size: int) -> None:
        self._perhaps("cut")
        super().cut(file, size)

    def sync_folder(self, folder: Path) -> None:
        self._perhaps("sync folder")

    def _perhaps(self, what: str) -> None:
        if numbers := self.refuses.get(what):
            number = numbers.pop(0)
            if number:
                raise OSError(number, os.strerror(number))


class SickDisk(HurriedDisk):
    """Refuses to write while it is told to; half of each write gets through."""

    def __init__(self) -> None:
        self.trouble = 0
        """An errno; 0 while it is well."""
        self.mended_by: Path | None = None
        """It is well as soon as this file is gone."""

    def create(self, path: Path) -> int:
        self._perhaps()
        return super().create(path)

    def reopen(self, path: Path) -> int:
        self._perhaps()
        return super().reopen(path)

    def write(self, file: int, content: bytes) -> None:
        if self.trouble:
            super().write(file, content[: len(content) // 2])
        self._perhaps()
        super().write(file, content)

    def cut(self, file: int, size: int) -> None:
        self._perhaps()
        super().cut(file, size)

    def _perhaps(self) -> None:
        if self.mended_by is not None and not self.mended_by.exists():
            self.trouble = 0
        if self.trouble:
            raise OSError(self.trouble, os.strerror(self.trouble))


class Stopped(Exception):  # noqa: N818 - not an error: the end of a process
    """The process ended here."""


class StoppingDisk(HurriedDisk):
    """Plays the end of the process at some operation: a write is half done, anything else not at all."""

    def __init__(self) -> None:
        self.left = -1
        """How many operations are still done; negative: all."""

    def create(self, path: Path) -> int:
        self._count()
        return super().create(path)

    def write(self, file: int, content: bytes) -> None:
        try:
            self._count()
        except (Stopped, OSError):
            super().write(file, content[: len(content) // 2])
            raise
        super().write(file, content)

    def sync(self, file: int) -> None:
        self._count()

    def rename(self, path: Path, target: Path) -> None:
        self._count()
        super().rename(path, target)

    def remove(self, path: Path) -> None:
        self._count()
        super().remove(path)

    def cut(self, file: int, size: int) -> None:
        self._count()
        super().cut(file, size)

    def sync_folder(self, folder: Path) -> None:
        self._count()

    def _count(self) -> None:
        if self.left == 0:
            raise Stopped
        self.left -= 1


class SlippingDisk(StoppingDisk):
    """Fails once, at some operation, so many times in a row, and is well again."""

    def __init__(self, times: int = 1) -> None:
        super().__init__()
        self._times = times

    def _count(self) -> None:
        if self.left == 0 and self._times:
            self._times -= 1
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        self.left -= self.left > 0

    @property
    def has_slipped(self) -> bool:
        """Whether it has begun to."""
        return self.left == 0
