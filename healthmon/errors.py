"""This is the place for the promise every error of ours makes: one line that says what to do next.

Expected trouble (a bad message, a silent device) is a returned value. An exception here is a broken
promise: a full disk, a damaged log, a wrong command. Each room has one class with an enum of reasons.
"""

from enum import StrEnum


class HealthmonError(Exception):
    """A broken promise, told in one line a carer can act on.

    `reason` is for code and tests, the message for people. Every room derives one class from this.
    """

    def __init__(self, reason: StrEnum, message: str) -> None:
        super().__init__(message)
        self.reason = reason
