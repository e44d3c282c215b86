"""This is the place for a small file of secrets that people may write too: whole, and only its owner's."""

import os
from contextlib import suppress
from pathlib import Path
from typing import Final

from healthmon.errors import cure_of
from healthmon.notify.errors import NotifyError, NotifyReason

MODE: Final = 0o600
_OTHERS: Final = 0o077


class PrivateFile:
    """A file that need not be there. Each call blocks for milliseconds; any process may have changed it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def mark(self) -> tuple[int, ...]:
        """Something that is another when the file has changed, or who may read it; empty without a file."""
        try:
            state = self.path.stat()
        except OSError:
            return ()
        return (state.st_mtime_ns, state.st_ctime_ns, state.st_size, state.st_ino, state.st_mode)

    def read(self, most: int) -> bytes | None:
        """At most so many bytes and one; None without a file. Raises NotifyError: NOT_PRIVATE, BAD_FILE."""
        try:
            with self.path.open("rb") as file:
                self._judge(os.fstat(file.fileno()))
                return file.read(most + 1)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise self.bad(f"cannot be read ({error.strerror})") from error

    def write(self, content: bytes) -> None:
        """Replace it in one step, private from its first byte. Raises NotifyError; then it is as it was."""
        fresh = self.path.with_name(f"{self.path.name}.{os.getpid()}.new")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with open(fresh, "wb", opener=lambda path, flags: os.open(path, flags, MODE)) as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(self.path)
        except OSError as error:
            with suppress(OSError):
                fresh.unlink(missing_ok=True)
            raise self.cannot_write(error) from error

    def remove(self) -> bool:
        """Whether there was one. Raises NotifyError (CANNOT_WRITE)."""
        try:
            self.path.unlink()
        except FileNotFoundError:
            return False
        except OSError as error:
            raise self.cannot_write(error) from error
        return True

    def bad(self, what: str) -> NotifyError:
        """Nothing of it can be used."""
        return NotifyError(NotifyReason.BAD_FILE, f"{self.path} {what}; nobody is called until it is mended")

    def cannot_write(self, error: OSError) -> NotifyError:
        """What the system refused, with the cure."""
        return NotifyError(NotifyReason.CANNOT_WRITE, f"{self.path} cannot be written: {cure_of(error)}")

    def _judge(self, state: os.stat_result) -> None:
        path = self.path
        if state.st_mode & _OTHERS:
            raise NotifyError(NotifyReason.NOT_PRIVATE, f"{path} can be read by others: chmod 600 {path}")
        if state.st_uid not in {os.getuid(), 0}:
            raise NotifyError(NotifyReason.NOT_PRIVATE, f"{path} is not yours: chown it, then chmod 600")
