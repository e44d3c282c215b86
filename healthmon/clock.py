"""This is the place for time: the only module that asks the machine what time it is.

Three clocks fit one hole: the system's, one that runs faster from an agreed origin (`--clock
ORIGIN@SPEED`, given to every process of a demo so that they agree), and one that a test turns by hand.
Heartbeats, sockets, acknowledgement timeouts and screen refresh are always real time and never ask here.
"""

import re
import time
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Protocol

from healthmon.errors import HealthmonError


class ClockReason(StrEnum):
    """Why a clock could not be made."""

    BAD_SPEC = "bad-clock"


class ClockError(HealthmonError):
    """The text given as --clock names no clock."""


class Clock(Protocol):
    """Tells the time. Never blocks; any thread may ask."""

    def now(self) -> datetime:
        """The time in UTC, always aware."""

    def spec(self) -> str:
        """The text that makes an equal clock in another process: `system` or `ORIGIN@SPEED`."""


class SystemClock:
    """The time of this machine."""

    def now(self) -> datetime:
        """The machine's time in UTC."""
        return datetime.now(UTC)

    def spec(self) -> str:
        """Always `system`."""
        return "system"


class FastClock:
    """A clock that agrees with the machine at `origin` and runs `speed` times as fast afterwards.

    Two processes given the same origin and speed tell the same time, whenever each of them started.

    >>> FastClock.parse("2026-11-22T04:00:00Z@60").spec()
    '2026-11-22T04:00:00Z@60'
    """

    def __init__(self, origin: datetime, speed: float) -> None:
        self.origin = origin.astimezone(UTC)
        self.speed = speed

    def now(self) -> datetime:
        """The origin plus the real time since it, times the speed."""
        return self.origin + (datetime.now(UTC) - self.origin) * self.speed

    def spec(self) -> str:
        """`ORIGIN@SPEED`, as accepted by `parse`."""
        return f"{self.origin.isoformat().replace('+00:00', 'Z')}@{self.speed:g}"

    @classmethod
    def parse(cls, text: str) -> "FastClock":
        """The clock that `ORIGIN@SPEED` names; raises ClockError with an example otherwise."""
        origin, mark, speed = text.partition("@")
        if not mark or not re.fullmatch(r"\d+(\.\d+)?", speed) or float(speed) <= 0:
            raise _bad(text)
        try:
            moment = datetime.fromisoformat(origin)
        except ValueError as error:
            raise _bad(text) from error
        if moment.tzinfo is None:
            raise _bad(text)
        return cls(moment, float(speed))


class TurnedClock:
    """A clock that stands still until it is turned: for tests, replay and time travel."""

    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(UTC)

    def now(self) -> datetime:
        """The moment it was last turned to."""
        return self._now

    def spec(self) -> str:
        """A standing clock cannot be shared; readers treat it as the system's."""
        return "system"

    def turn(self, by: timedelta) -> datetime:
        """Move on by `by` and tell the new time."""
        self._now += by
        return self._now

    def turn_to(self, moment: datetime) -> datetime:
        """Move to `moment` and tell it."""
        self._now = moment.astimezone(UTC)
        return self._now


def passed() -> float:
    """Seconds since some moment, on a clock that nobody sets. Sleep of the machine counts, save on macOS."""
    with_sleep: int | None = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if with_sleep is None else time.clock_gettime(with_sleep)


def clock_from(spec: str) -> Clock:
    """The clock that `system` or `ORIGIN@SPEED` names."""
    return SystemClock() if spec == "system" else FastClock.parse(spec)


def _bad(text: str) -> ClockError:
    return ClockError(
        ClockReason.BAD_SPEC,
        f"--clock {text!r} names no clock; write system, or ORIGIN@SPEED as in 2026-11-22T04:00:00Z@60",
    )
