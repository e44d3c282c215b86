"""This is the place for why a model could not be trained."""

from enum import StrEnum

from healthmon.errors import HealthmonError


class TrainingReason(StrEnum):
    """What is wrong with what was given."""

    UNREADABLE = "unreadable"
    BAD_LINE = "bad-line"
    NO_TRUTH = "no-truth"
    FEW_PEOPLE = "few-people"
    NOT_COMPILED = "not-compiled"
    NOT_WRITTEN = "not-written"


class TrainingError(HealthmonError):
    """Training cannot go on; the message says what to do next."""
