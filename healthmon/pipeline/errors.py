"""This is the place for the promises the pipeline itself can break."""

from enum import StrEnum

from healthmon.errors import HealthmonError


class PipelineReason(StrEnum):
    """What went wrong inside the recorder."""

    STUCK_TIMER = "stuck-timer"


class PipelineError(HealthmonError):
    """A rule or a stage that does not keep its word."""
