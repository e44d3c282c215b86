"""This is the place for the player as the recorder starts it: sound, and a note on the desktop if left alone.

`python -m healthmon.app.player PRIVACY DESKTOP OUTPUT VOLUME FOLDER HOME [NAME]`: two settings of messages,
DESKTOP as `on` or `off`, then the words of `healthmon.sound`. What it may need is told and loaded at its
start: when the recorder is gone, so may be the memory, the disk or the files before an update.
"""

import sys
import threading
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Final

from healthmon.errors import HealthmonError
from healthmon.notify.child import Flight
from healthmon.notify.desktop import DESKTOP, session_bus
from healthmon.notify.letter import Letter, Urgency
from healthmon.notify.notice import Notice
from healthmon.notify.words import Privacy, Words
from healthmon.settings import NotifySettings
from healthmon.sound.__main__ import main

ALARM: Final = "RECORDER_GONE"


def letter(settings: NotifySettings, at: datetime) -> Letter:
    """What the desktop is to show. It names nobody."""
    notice = Notice(
        cause=f"{ALARM}:{at.isoformat()}",
        contact="",
        at=at,
        why="raised",
        urgency=Urgency.MEDIUM,
        alarm=ALARM,
    )
    return Words(Privacy.of(settings.privacy)).letter(notice, (DESKTOP,), {})


def _show(settings: NotifySettings) -> None:
    """Show it, once. A desktop that is not there, or hangs, holds up no sound."""
    if not settings.desktop or not session_bus():
        return
    try:
        flight = Flight(letter(settings, datetime.now(UTC)))
    except HealthmonError:  # no room for a process
        return
    threading.Thread(target=flight.wait, daemon=True).start()


def settings_of(words: Sequence[str]) -> NotifySettings:
    """What the first words say: the settings that the recorder has in force, from whatever file."""
    privacy, desktop, *_ = words
    return NotifySettings(privacy=privacy, desktop=desktop == "on")


if __name__ == "__main__":
    sys.exit(main(sys.argv[3:], told_alone=partial(_show, settings_of(sys.argv[1:]))))
