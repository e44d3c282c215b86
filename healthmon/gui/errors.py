"""This is the place for what keeps a window from opening, with the cure."""

from enum import StrEnum

from healthmon.errors import HealthmonError


class GuiReason(StrEnum):
    """Why there is no window."""

    NO_DISPLAY = "no-display"
    MISSING_LIBRARY = "missing-library"
    NO_SCREENSHOT = "no-screenshot"


class GuiError(HealthmonError):
    """The window cannot be shown, or its picture cannot be written."""
