"""This is the place for which log a folder holds, and for noticing that it was edited behind a reader's back.

`D/log/identity.json` names the log and counts its editions: erasing a person makes another. What was folded
from an earlier one holds no more, wherever in the log its reader stands.
"""

from dataclasses import dataclass
from pathlib import Path

from healthmon.events import wire
from healthmon.log.segment import log_folder

_NAME = "identity.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Which log this is. `edition` counts erasures; `copied_from` is the log this one was copied from.

    `inode`, `device` and `lock_born` (ns) say where it lives; earlier versions wrote the first alone.
    """

    log: str
    inode: int
    edition: int = 0
    copied_from: str | None = None
    device: int | None = None
    lock_born: int | None = None


def identity_path(folder: Path) -> Path:
    """Where a data folder says which log it holds."""
    return log_folder(folder) / _NAME


def identity_of(folder: Path) -> Identity | None:
    """Which log a data folder holds; None when it has not been said, or cannot be read."""
    try:
        return wire.read(identity_path(folder).read_bytes(), Identity)
    except (OSError, wire.WireError):
        return None


def edition_of(folder: Path) -> int:
    """How often the log of a data folder was edited."""
    known = identity_of(folder)
    return 0 if known is None else known.edition


class EditionWatch:
    """Remembers which edition of a log is being read. One look is one `stat`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = identity_path(folder)
        self._seen = self._look()  # first: a change between the two is then not missed
        self.edition = edition_of(folder)
        """What the reader reads, as of its beginning."""

    def has_changed(self) -> bool:
        """Whether the log was edited since the reader began."""
        seen = self._look()
        if seen == self._seen:
            return False
        self._seen = seen
        now = edition_of(self._folder)
        changed, self.edition = now != self.edition, now
        return changed

    def _look(self) -> tuple[int, int] | None:
        try:
            state = self._path.stat()
        except OSError:
            return None
        return state.st_ino, state.st_mtime_ns
