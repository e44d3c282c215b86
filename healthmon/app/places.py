"""This is the place for where everything is kept: one data folder, and one folder that a reboot may empty."""

import hashlib
import os
import stat
import warnings
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import platformdirs

from healthmon.errors import HealthmonError, cure_of


class PlacesReason(StrEnum):
    """Why a folder cannot be used."""

    NO_FOLDER = "no-folder"


class PlacesError(HealthmonError):
    """The data folder cannot be made or written."""


SHARED_MEMORY = Path("/dev/shm")  # Linux; elsewhere it is not there


@dataclass(frozen=True, slots=True)
class Places:
    """The folders of one monitor. Making them is `prepared`; naming them touches nothing."""

    data: Path

    @property
    def outbox(self) -> Path:
        """What carers did here and nobody has confirmed yet."""
        return self.data / "outbox"

    @property
    def jobs(self) -> Path:
        """Work that shell commands hand to the recorder."""
        return self.data / "jobs"

    @property
    def runtime(self) -> Path:
        """Heartbeats: outside the data folder, lost on reboot, one folder for each data folder."""
        mark = hashlib.blake2b(os.path.realpath(self.data).encode(), digest_size=6).hexdigest()
        with warnings.catch_warnings():
            # Without a login session it falls back to a private folder among the temporary ones, and says so.
            warnings.simplefilter("ignore")
            return Path(platformdirs.user_runtime_dir("healthmon", appauthor=False)) / mark

    @property
    def heartbeat(self) -> Path:
        """Written every second by the recorder."""
        return self.runtime / "heartbeat.json"

    @property
    def overflow(self) -> Path:
        """Where the log goes on while the disk of the data folder cannot be written."""
        return self.memory / "overflow"

    @property
    def refuge(self) -> Path:
        """Where the broker's store is meanwhile."""
        return self.memory / "broker"

    @property
    def memory(self) -> Path:
        """A folder on another medium than the data, where there is one: what is kept there when a disk fails.

        The runtime folder, unless that is on the same disk, as without a login session; then shared memory.
        """
        if _device(self.runtime) != _device(self.data):
            return self.runtime
        shared = SHARED_MEMORY / f"healthmon-{os.getuid()}" / self.runtime.name
        return shared if _is_private(SHARED_MEMORY, shared.parent) else self.runtime

    @property
    def recorder_notes(self) -> Path:
        """What a recorder started by a window has to say: its standard error."""
        return self.data / "recorder.txt"

    def prepared(self) -> "Places":
        """The same places, each folder there and private to this user. Raises PlacesError with the cure."""
        for folder in (self.data, self.jobs, self.outbox, self.runtime):
            try:
                folder.mkdir(parents=True, exist_ok=True, mode=0o700)
                if folder.stat().st_mode & 0o077:
                    folder.chmod(0o700)
            except OSError as error:
                raise PlacesError(
                    PlacesReason.NO_FOLDER,
                    f"{folder} cannot be used: {cure_of(error)}",
                ) from error
        return self


def _device(folder: Path) -> int | None:
    """The disk that a folder is on, or will be."""
    there = next((one for one in (folder, *folder.parents) if one.exists()), None)
    return None if there is None else there.stat().st_dev


def _is_private(base: Path, ours: Path) -> bool:
    """Whether nobody but this user can look into `ours`, or put something there: made if it is absent."""
    if not base.is_dir() or not os.access(base, os.W_OK):
        return False
    try:
        ours.mkdir(mode=0o700, exist_ok=True)
        state = ours.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(state.st_mode) and state.st_uid == os.getuid() and not state.st_mode & 0o077
