"""This is the place for receive time: never back, never standing still.

A clock that is set back (summer time done wrongly, a correction, a battery that died) must not stop the delay
of an alarm. While it shows a time that was stamped before, receive time goes on from the last stamp by what
really passed, until the clock has caught up.
"""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from healthmon.clock import Clock, FastClock, passed

# Our choice, in real time: below it nobody is told, and receive time runs slower until the clock is right.
TOLD_BEHIND: Final = timedelta(seconds=5)
EASED: Final = 0.9
# Our choice, in real time: what passed without anybody recording, and is more than a hasty correction.
GAP: Final = timedelta(seconds=10)
_NONE: Final = timedelta()


class _Look(NamedTuple):
    """What a look at the clocks came to: the receive time, and the seconds of the two that nobody sets."""

    received: datetime
    passed: float
    awake: float


class Receipt:
    """Tells receive time. One thread; never blocks. A restart begins at what the log was last stamped with.

    `passed` counts seconds and nobody sets it, sleep of the machine included; `awake` leaves sleep out. Where
    a system has no such pair, only the clock tells that it slept.
    """

    def __init__(
        self,
        clock: Clock,
        *,
        passed: Callable[[], float] = passed,
        awake: Callable[[], float] = time.monotonic,
    ) -> None:
        self._clock = clock
        self._passed = passed
        self._awake = awake
        self._speed = clock.speed if isinstance(clock, FastClock) else 1.0
        self._last: _Look | None = None
        self._gap = _NONE
        self.behind = _NONE
        """How far the clock was behind receive time at the last look, in real time."""

    def now(self, stamped: datetime | None) -> datetime:
        """The receive time. `stamped` is the newest one that anything has: it never comes before that."""
        shown, passed, awake = self._clock.now(), self._passed(), self._awake()
        received = max(shown, self._gone_on(shown, stamped, passed))
        self.behind = (received - shown) / self._speed
        if self._last is not None:
            slept = (received - self._last.received) / self._speed - timedelta(
                seconds=awake - self._last.awake
            )
            self._gap = max(self._gap, slept)
        self._last = _Look(received, passed, awake)
        return received

    def gap(self) -> timedelta | None:
        """How long receive time went on while nobody recorded, in real time; told once, else None.

        The machine slept, or its clock was set forward. Ask after every `now`, before its stamp is used.
        """
        gap, self._gap = self._gap, _NONE
        return gap if gap > GAP else None

    def _gone_on(self, shown: datetime, stamped: datetime | None, passed: float) -> datetime:
        if self._last is None:
            return stamped or shown
        begun = max(self._last.received, stamped or self._last.received)
        if shown >= begun and not self.behind:
            return shown  # the two run at slightly different rates: only the clock counts while it may
        rate = self._speed if self.behind > TOLD_BEHIND else self._speed * EASED
        return begun + timedelta(seconds=max(0.0, passed - self._last.passed) * rate)
