"""This is the place for the promise every error of ours makes: one line that says what to do next.

Expected trouble (a bad message, a silent device) is a returned value. An exception here is a broken
promise: a full disk, a damaged log, a wrong command. Each room has one class with an enum of reasons.
"""

import errno
from enum import StrEnum
from typing import Final


class HealthmonError(Exception):
    """A broken promise, told in one line a carer can act on.

    `reason` is for code and tests, the message for people. Every room derives one class from this.
    """

    def __init__(self, reason: StrEnum, message: str) -> None:
        super().__init__(message)
        self.reason = reason


_FULL: Final = "the disk is full: free some space"
_NOT_PERMITTED: Final = "not permitted: run as the owner of the folder, or choose another with --data"
_NO_FOLDER: Final = "a file is where a folder belongs: move it away, or choose another folder with --data"
_CURES: Final = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: _FULL,  # a limit on file sizes: to a writer it is a full disk
    errno.EROFS: "the disk is read-only: mount it writable, or choose another folder with --data",
    errno.EACCES: _NOT_PERMITTED,
    errno.EPERM: _NOT_PERMITTED,
    errno.ENOTDIR: _NO_FOLDER,
    errno.EEXIST: _NO_FOLDER,
    errno.ENOENT: "the folder is not there: make it first, or choose another with --data",
}
_FAILED: Final = "the disk failed: check it, or choose another with --data"


def cure_of(error: OSError) -> str:
    """What to do when a file or folder cannot be written, with what the system said."""
    return f"{_CURES.get(error.errno or 0, _FAILED)} ({error.strerror or error})"
