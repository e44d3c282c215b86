"""This is the place for what is heard when the recorder itself dies, or stands still: nobody is watched then.

A player whose recorder goes without a goodbye (kill -9, out of memory, an error) sounds by itself, if
somebody was monitored or something rang. So does one whose recorder has not said for a minute that it is
there. It is medium, as a log that cannot be written is, and has the tune of failing equipment.

How long is our choice, but for the least of 120 s, which is what the standard's rationale asks of monitors
whose alarm system failed (standards.har-el.com, A.2 on 6.3.3.1): every 25 s for an hour, in which whoever
sleeps near it wakes; then every five minutes, for whoever comes home; twelve hours in all, a night and its
morning, so that a neighbour does not hear it for a week.
"""

from dataclasses import replace
from typing import Final

from healthmon.sound.bursts import BURSTS, Burst, Family, Urgency
from healthmon.sound.home import Home
from healthmon.sound.post import Post
from healthmon.sound.talk import Said

GONE: Final = BURSTS[Urgency.MEDIUM, Family.EQUIPMENT]
# Seconds of real time; our choices. A service manager starts it again after 2, a window after 3, and both are
# mostly recording within ten: so long nobody is woken. As long as a log may refuse (app/cares/unrecorded.py).
PATIENCE: Final = 30.0
STANDS_STILL: Final = 60.0  # without a word: a card that hangs in a write is mostly back by then
OFTEN_FOR: Final = 3600.0
SELDOM: Final = replace(GONE, again_after=300.0)
ENDS_AFTER: Final = 12 * 3600.0
LOOKS_EVERY: Final = 1.0  # at the files of the post, while it is alone
KEEPS_EVERY: Final = 60.0  # else: far more often than anything cleans up temporary files


class Guard:
    """What one player sounds: what its recorder asks for, or its own when it is left alone. One thread.

    `home` is the folder that recorder kept; None where only simulated people live: then it is never alone.
    """

    def __init__(self, post: Post, now: float, home: Home | None) -> None:
        self._post = post
        self._home = home
        self._asked: Burst | None = None
        self._is_monitored = False
        self._heard_at = now
        self._gone_at: float | None = None
        self._looked_at = now
        self._is_told = False
        self._is_quiet = False

    def hear(self, said: Said, burst: Burst | None, now: float) -> None:
        """A word of the recorder: it lives."""
        self._heard_at = now
        if said is Said.MONITORED:
            self._is_monitored = True
        elif said is Said.UNMONITORED:
            self._is_monitored = False
        elif said is not Said.TEST:
            self._asked = burst
        if self._is_told:
            self._post.tell_over()
        self._is_told = self._is_quiet = False

    def lose(self, now: float) -> None:
        """The recorder's end of the line is closed, and it said no goodbye.

        One that stood still before (a hung recorder that is killed) is gone since its last word: the warning
        goes on, and the hour and the twelve hours do not begin anew.
        """
        since = self._alone_since(now)
        self._gone_at = now if since is None else since

    def is_over(self, now: float) -> bool:
        """Whether there is nothing left to do for a player without a recorder."""
        if self._gone_at is None:
            return False
        if self._home is None or (not self._is_monitored and self._asked is None):
            return True
        self._look(now, self._gone_at)
        return self._is_quiet or now - self._gone_at >= ENDS_AFTER

    def wanted(self, now: float) -> Burst | None:
        """What is to be heard now. What was urgent when the recorder died goes on for an hour."""
        since = self._alone_since(now)
        if since is None:
            self._keep(now, every=KEEPS_EVERY)
            return self._asked
        self._look(now, since)
        lasted = now - since
        if self._is_quiet or lasted >= ENDS_AFTER:
            return None
        is_urgent = self._asked is not None and self._asked.urgency is Urgency.HIGH
        if lasted < PATIENCE or (is_urgent and lasted < OFTEN_FOR):
            return self._asked
        return GONE if lasted < OFTEN_FOR else SELDOM

    def end(self) -> None:
        """Take back what was told."""
        self._post.tell_over()

    def _alone_since(self, now: float) -> float | None:
        """From when on nobody is there; None while the recorder lives, or has nobody to watch."""
        if self._gone_at is not None:
            return self._gone_at
        is_awaited = self._home is not None and self._is_monitored
        return self._heard_at if is_awaited and now - self._heard_at >= STANDS_STILL else None

    def _look(self, now: float, since: float) -> None:
        """Tell once that this player is alone; then see whether that is to end."""
        if not self._is_told:
            self._is_told = True
            self._post.tell_alone(now - since)
        elif self._keep(now, every=LOOKS_EVERY):
            is_nobodys = self._home is not None and self._home.is_deleted
            self._is_quiet |= is_nobodys or self._post.is_anothers or self._post.is_told_to_be_quiet

    def _keep(self, now: float, *, every: float) -> bool:
        """See that the files of the post are there, when it is time for it; whether it was."""
        if now - self._looked_at < every:
            return False
        self._looked_at = now
        self._post.keep()
        return True
