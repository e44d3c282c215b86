"""This is the place for the data folder whose recorder a player outlives: while it is there, somebody is."""

from pathlib import Path
from typing import Final

NO_HOME: Final = "-"  # in a player's words, where only simulated people live


class Home:
    """One data folder. One thread; a file call or two each. Never raises."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._disk = _disk(folder)

    @property
    def is_deleted(self) -> bool:
        """Whether somebody deleted it: then nobody waits for its recorder.

        A disk that was pulled out, or fails, took it away and deleted nothing: a recorder dies of that, too.
        """
        try:
            self._folder.stat()
        except (FileNotFoundError, NotADirectoryError):
            return _disk(self._folder) == self._disk
        except OSError:
            return False
        return False


def _disk(folder: Path) -> int | None:
    """The disk that a folder is on, or was: that of the nearest folder above it which is there."""
    for one in (folder, *folder.parents):
        try:
            return one.stat().st_dev
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError:
            return None
    return None
