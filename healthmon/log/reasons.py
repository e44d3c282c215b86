"""This is the place for why the log could not do what was asked, and what to do about it."""

import errno
from enum import StrEnum
from pathlib import Path

from healthmon.errors import HealthmonError, cure_of


class LogReason(StrEnum):
    """Why the log refused."""

    NO_LOG = "no-log"
    LOCKED = "locked"
    NEWER_FORMAT = "newer-format"
    DAMAGED = "damaged"
    REPLACED = "replaced"  # cut or exchanged behind a reader's back
    BEFORE_START = "before-start"
    BEYOND_END = "beyond-end"
    OUT_OF_ORDER = "out-of-order"
    UNWRITABLE = "unwritable"  # an entry that has no JSON
    CLOSED = "closed"
    NO_OVERFLOW = "no-overflow"
    OVERFLOW_FULL = "overflow-full"
    OVERFLOWS = "overflows"
    NOT_A_BOUNDARY = "not-a-boundary"  # asked to begin the log where no segment begins
    NOBODY = "nobody"  # asked to erase somebody who has no name
    DISK_FULL = "disk-full"
    READ_ONLY = "read-only"
    NOT_PERMITTED = "not-permitted"
    IO_ERROR = "io-error"


DISK_TROUBLE = frozenset(
    {LogReason.DISK_FULL, LogReason.READ_ONLY, LogReason.NOT_PERMITTED, LogReason.IO_ERROR}
)
"""What may pass when somebody looks after the disk."""


class LogError(HealthmonError):
    """A promise of the log that cannot be kept. The reason is one of `LogReason`."""


_BY_NUMBER = {
    errno.ENOSPC: LogReason.DISK_FULL,
    errno.EDQUOT: LogReason.DISK_FULL,
    errno.EFBIG: LogReason.DISK_FULL,
    errno.EROFS: LogReason.READ_ONLY,
    errno.EACCES: LogReason.NOT_PERMITTED,
    errno.EPERM: LogReason.NOT_PERMITTED,
}


def disk_trouble(error: OSError, path: Path) -> LogError:
    """What the operating system refused, as one of our reasons, with the cure."""
    reason = _BY_NUMBER.get(error.errno or 0, LogReason.IO_ERROR)
    return LogError(reason, f"{path}: {cure_of(error)}")


def damaged(where: str) -> LogError:
    """A line that was once whole and no longer is."""
    return LogError(LogReason.DAMAGED, f"{where}; `healthmon log verify` lists all the damage")
