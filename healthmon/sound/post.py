"""This is the place for how players of one home know of each other: two small files in the runtime folder.

`player` names the one that is on duty: the newest, for each writes its mark there when it begins.
`alone.json` is there while one sounds without its recorder; taking it away is how somebody tells it to be
quiet. Neither is synced, and both may vanish with a reboot, as the players do.
"""

import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from healthmon.events import wire

ON_DUTY = "player"
ALONE = "alone.json"


@dataclass(frozen=True, slots=True)
class Alone:
    """A player whose recorder is gone, or stands still: its process, and since when (real time)."""

    pid: int
    since: datetime


class Post:
    """One player's place among the others. One thread; a few file calls each. Never raises.

    A folder that cannot be written makes nobody silent: then only time ends a player that is alone.
    """

    def __init__(self, folder: Path, mark: str | None = None) -> None:
        self._folder = folder
        self._mark = mark or secrets.token_hex(8)
        self._is_taken = False
        self._has_told = False

    def take(self) -> None:
        """On duty from now: an older player that is alone sees it, and ends."""
        self._is_taken = self._write(ON_DUTY, self._mark.encode())
        if self._is_taken:
            quiet(self._folder)

    @property
    def is_anothers(self) -> bool:
        """Whether a newer player is on duty, or a reboot has emptied the folder."""
        if not self._is_taken:
            return False
        try:
            return (self._folder / ON_DUTY).read_bytes() != self._mark.encode()
        except OSError:
            return True

    def tell_alone(self, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        """Let others know that this one sounds by itself."""
        self._has_told = self._write(ALONE, wire.write(Alone(os.getpid(), now())))

    @property
    def is_told_to_be_quiet(self) -> bool:
        """Whether somebody took the note away."""
        return self._has_told and not (self._folder / ALONE).exists()

    def tell_over(self) -> None:
        """Not alone any more. What a newer player wrote is left as it is."""
        if self._has_told and not self.is_anothers:
            quiet(self._folder)
        self._has_told = False

    def _write(self, name: str, content: bytes) -> bool:
        fresh = self._folder / f"{name}.{self._mark}.new"
        try:
            fresh.write_bytes(content)
            fresh.replace(self._folder / name)
        except OSError:
            with suppress(OSError):
                fresh.unlink(missing_ok=True)
            return False
        return True


def alone(folder: Path) -> Alone | None:
    """The player that sounds without its recorder, if one said so; it may have been killed since."""
    try:
        return wire.read((folder / ALONE).read_bytes(), Alone)
    except (OSError, wire.WireError):
        return None


def quiet(folder: Path) -> Alone | None:
    """Tell the player that is alone to be quiet: it is within a second or two. Which one it was."""
    found = alone(folder)
    with suppress(OSError):
        (folder / ALONE).unlink(missing_ok=True)
    return found
