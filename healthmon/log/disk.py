"""This is the place for making bytes durable, and for what differs in that between operating systems."""

import os
import sys
from pathlib import Path

FILE_MODE = 0o600
FOLDER_MODE = 0o700


class Disk:
    """Files as the log needs them. Blocks as long as the disk does; raises OSError as it comes.

    Tests derive disks from it that fill up, fail or forget what was not synced.
    """

    def create(self, path: Path) -> int:
        """A new empty file, only its owner's; whatever was left there by a failed attempt is gone."""
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND | os.O_CLOEXEC, FILE_MODE)

    def reopen(self, path: Path) -> int:
        """An existing file, to be appended to."""
        return os.open(path, os.O_RDWR | os.O_APPEND | os.O_CLOEXEC)

    def write(self, file: int, content: bytes) -> None:
        """Append all of it: one call to the system unless it takes only part."""
        written = os.write(file, content)
        while written < len(content):
            content = content[written:]
            written = os.write(file, content)

    def sync(self, file: int) -> None:
        """Return when what was written would survive a power cut."""
        if sys.platform == "darwin":
            import fcntl  # there, only this reaches the medium

            fcntl.fcntl(file, fcntl.F_FULLFSYNC)
        else:
            os.fdatasync(file)

    def cut(self, file: int, size: int) -> None:
        """Forget everything after the first `size` bytes."""
        os.ftruncate(file, size)

    def close(self, file: int) -> None:
        """Let go of a file."""
        os.close(file)

    def rename(self, path: Path, target: Path) -> None:
        """Give a file another name, in place of what had it; durable after `sync_folder`."""
        path.replace(target)

    def remove(self, path: Path) -> None:
        """Take a file away, if it is there; durable after `sync_folder`."""
        path.unlink(missing_ok=True)

    def sync_folder(self, folder: Path) -> None:
        """Return when the names in a folder would survive a power cut."""
        descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def make_folder(self, folder: Path) -> None:
        """The folder, only its owner's, durable; nothing happens if it is there."""
        if folder.is_dir():
            return
        self.make_folder(folder.parent)
        folder.mkdir(mode=FOLDER_MODE, exist_ok=True)
        self.sync_folder(folder.parent)
