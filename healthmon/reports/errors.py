"""This is the place for why a report could not be made, and what to do about it."""

from enum import StrEnum

from healthmon.errors import HealthmonError


class ReportReason(StrEnum):
    """Why there is no report."""

    EXISTS = "exists"
    NO_FOLDER = "no-folder"
    NO_FORMAT = "no-format"
    DISK = "disk"


class ReportError(HealthmonError):
    """A report that cannot be made as it was asked for. The reason is one of `ReportReason`."""
