"""This is the place for where everything is kept: one data folder, and one folder that a reboot may empty."""

import hashlib
import warnings
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import platformdirs

from healthmon.errors import HealthmonError


class PlacesReason(StrEnum):
    """Why a folder cannot be used."""

    NO_FOLDER = "no-folder"


class PlacesError(HealthmonError):
    """The data folder cannot be made or written."""


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
        mark = hashlib.blake2b(str(self.data.absolute()).encode(), digest_size=6).hexdigest()
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
        return self.runtime / "overflow"

    @property
    def refuge(self) -> Path:
        """Where the broker's store is meanwhile."""
        return self.runtime / "broker"

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
                    f"{folder} cannot be used ({error.strerror}); choose another folder with --data",
                ) from error
        return self
