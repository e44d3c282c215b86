"""This is the place for why the archive could not do what was asked, and what to do about it."""

from enum import StrEnum
from pathlib import Path

from healthmon.errors import HealthmonError
from healthmon.log.reasons import disk_trouble


class ArchiveReason(StrEnum):
    """Why the archive refused."""

    DISK = "disk"
    BUSY = "busy"
    NOT_THE_SAME = "not-the-same"  # what was read back is not what was written
    UNREADABLE = "unreadable"
    NO_LAKE = "no-lake"
    OTHER_LOG = "other-log"  # the lake holds the events of another log


class ArchiveError(HealthmonError):
    """A promise of the archive that cannot be kept. The reason is one of `ArchiveReason`."""


def trouble(error: OSError, path: Path) -> ArchiveError:
    """What the operating system refused, with the cure."""
    return ArchiveError(ArchiveReason.DISK, str(disk_trouble(error, path)))
