"""This is the place for whether there is a screen, before Qt is asked and aborts."""

import os
import sys

NO_DISPLAY = 4  # the exit code
_NAMES = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def has_display() -> bool:
    """Whether a window could open here; also when Qt was told to draw elsewhere."""
    return sys.platform != "linux" or any(os.environ.get(name) for name in _NAMES)


def draw_offscreen() -> None:
    """Have this process and its children draw where nobody sees it: for pictures."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
