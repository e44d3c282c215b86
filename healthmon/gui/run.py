"""This is the place for a window's whole life: from the check for a display to its last picture.

Qt is imported inside `run`, so that a machine without a display or without Qt's libraries gets one line
with the cure instead of an abort.
"""

from typing import TYPE_CHECKING

from healthmon.gui.display import check_display
from healthmon.gui.errors import GuiError, GuiReason
from healthmon.gui.options import Options

if TYPE_CHECKING:
    from healthmon.gui.carer import Say
    from healthmon.view.desk import Desk


def run(desk: "Desk", say: "Say", options: Options | None = None) -> int:
    """Show the window until it is closed, its time is up, or SIGINT or SIGTERM asks it to go; returns 0.

    Main thread only; blocks. Raises GuiError when no window can open or the screenshot cannot be written.
    Whatever the window's code raises while it runs is told in it and on standard error, and it goes on.
    """
    check_display()
    try:
        from healthmon.gui.session import show
    except ImportError as error:
        raise GuiError(
            GuiReason.MISSING_LIBRARY,
            f"{error}; on Debian: apt install libgl1 libegl1 libxkbcommon0 libfontconfig1 libdbus-1-3 "
            "libglib2.0-0",
        ) from error
    return show(desk, say, options or Options())
