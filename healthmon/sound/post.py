"""This is the place for how players of one home know of each other: small files in the runtime folder.

`player` names the one that is on duty: the newest, for each writes its mark there when it begins.
`alone.json` is there while one sounds without its recorder. `hushed` names the one that is to be quiet.
None is synced. All may vanish with a reboot, as the players do; or by a program that cleans up old files,
which tells nobody to be quiet: only what another wrote does.
"""

import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from healthmon.events import wire

ON_DUTY = "player"
ALONE = "alone.json"
HUSHED = "hushed"
NOBODY_KNOWN = b"any"  # in `hushed`, where no player is named: whichever is there


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
        self._mark = (mark or secrets.token_hex(8)).encode()
        self._is_taken = False
        self._alone: Alone | None = None

    def take(self) -> None:
        """On duty from now: an older player that is alone sees it, and ends."""
        self._is_taken = self._write(ON_DUTY, self._mark)
        if self._is_taken:
            _remove(self._folder, ALONE, HUSHED)

    def keep(self) -> None:
        """Stay on duty though somebody cleans up: call now and then. What another wrote is left as it is."""
        found = _read(self._folder / ON_DUTY)
        if found == self._mark:
            self._touch()
        elif not found and self._make():
            self._is_taken = True
        else:
            return
        is_lost = self._alone is not None and not (self._folder / ALONE).exists()
        if is_lost and not self.is_told_to_be_quiet:
            self._write(ALONE, wire.write(self._alone))

    @property
    def is_anothers(self) -> bool:
        """Whether a newer player is on duty."""
        return self._is_taken and _read(self._folder / ON_DUTY) not in {b"", self._mark}

    def tell_alone(self, lasted: float = 0.0) -> None:
        """Let others know that this one has been without its recorder for so many seconds."""
        self._alone = Alone(os.getpid(), datetime.now(UTC) - timedelta(seconds=lasted))
        self._write(ALONE, wire.write(self._alone))

    @property
    def is_told_to_be_quiet(self) -> bool:
        """Whether somebody said so, to this one."""
        return _read(self._folder / HUSHED) in {NOBODY_KNOWN, self._mark}

    def tell_over(self) -> None:
        """Not alone any more. What a newer player wrote is left as it is."""
        if self._alone is not None and not self.is_anothers:
            _remove(self._folder, ALONE, HUSHED)
        self._alone = None

    def _touch(self) -> None:
        for name in (ON_DUTY, ALONE):
            with suppress(OSError):
                os.utime(self._folder / name)

    def _prepare(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def _make(self) -> bool:
        """Put the mark where none is; False where another was faster, or nothing can be written."""
        try:
            self._prepare()
            with (self._folder / ON_DUTY).open("xb") as file:
                file.write(self._mark)
        except OSError:
            return False
        return True

    def _write(self, name: str, content: bytes) -> bool:
        fresh = self._folder / f"{name}.{self._mark.decode()}.new"
        try:
            self._prepare()
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
    if found is not None:
        hush(folder)
    return found


def hush(folder: Path) -> None:
    """Tell the player on duty to be quiet when its recorder is gone, or stands still, if it is not yet."""
    with suppress(OSError):
        (folder / HUSHED).write_bytes(_read(folder / ON_DUTY) or NOBODY_KNOWN)
    _remove(folder, ALONE)


def _read(file: Path) -> bytes:
    """What is in it; nothing where it cannot be read."""
    try:
        return file.read_bytes()
    except OSError:
        return b""


def _remove(folder: Path, *names: str) -> None:
    for name in names:
        with suppress(OSError):
            (folder / name).unlink(missing_ok=True)
