"""This is the place for what cannot be evaluated, and why."""

from enum import StrEnum

from healthmon.errors import HealthmonError


class EvaluationReason(StrEnum):
    """Why there is nothing to judge."""

    NOT_THERE = "not-there"
    UNKNOWN_COLUMNS = "unknown-columns"
    EMPTY = "empty"
    NOT_A_NUMBER = "not-a-number"
    NOT_READABLE = "not-readable"


class EvaluationError(HealthmonError):
    """A file or folder that holds no recording. The message names it and says what is wanted."""
