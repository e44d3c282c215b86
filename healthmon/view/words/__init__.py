"""Every English word of the view, in one folder, so that a translation has one place to follow.

The log holds ids and numbers; here they become words. Nothing here decides anything. Text that somebody
else wrote is made plain and bounded before it goes out.
"""

from healthmon.view.words import (
    advice,
    alarms,
    answers,
    care,
    far,
    information,
    limits,
    messages,
    numbers,
    quiet,
    recorder,
    rows,
    signal,
    tiles,
)

__all__ = [
    "advice",
    "alarms",
    "answers",
    "care",
    "far",
    "information",
    "limits",
    "messages",
    "numbers",
    "quiet",
    "recorder",
    "rows",
    "signal",
    "tiles",
]
