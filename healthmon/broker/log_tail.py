"""This is the place for reading the broker's log as it grows: each line once, across its rotation."""

from pathlib import Path

_MOST = 1 << 20


class LogTail:
    """New whole lines of a file at each call. Never raises; a file that is not there has none."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._inode = -1
        self._position = 0

    def skip(self) -> None:
        """Forget what is there now: earlier runs wrote it."""
        while self.lines():
            pass

    def lines(self) -> list[str]:
        """What was written since the last call, at most a megabyte of it.

        Of a file that was rotated away in between, the unread end is lost.
        """
        try:
            with self._path.open("rb") as file:
                inode = file.seek(0, 2) and self._path.stat().st_ino
                if inode != self._inode or file.tell() < self._position:
                    self._inode, self._position = inode, 0
                file.seek(self._position)
                fresh = file.read(_MOST)
        except OSError:
            return []
        whole = fresh[: fresh.rfind(b"\n") + 1] or (fresh if len(fresh) == _MOST else b"")
        self._position += len(whole)
        return whole.decode(errors="replace").splitlines()
