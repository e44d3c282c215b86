"""This is the place for what alarms know of a body besides its readings: rest, day, usual, episodes."""

from datetime import datetime

from healthmon.alarms.classes import AlarmClass
from healthmon.alarms.doubt import SHAKEN_FOR, WALKING
from healthmon.alarms.episode import Course, Who
from healthmon.alarms.limits import Limits
from healthmon.alarms.usual import Days
from healthmon.alarms.zones import is_day


class Body:
    """One person, or whoever wears a device that nobody was given. `name` stands for them in ids."""

    __slots__ = ("_days", "_limits", "_moved_at", "_walked_at", "course", "name", "who")

    def __init__(self, who: Who, limits: Limits) -> None:
        self.who, self.name = who, str(who)
        self.course = Course(who)
        self._days: dict[str, Days] = {}
        self._limits = limits
        self._moved_at: datetime | None = None
        self._walked_at: datetime | None = None

    def days(self, quantity: str) -> Days:
        """What is usual of this quantity."""
        return self._days.setdefault(quantity, Days())

    def moved(self, at: datetime, steps: float) -> None:
        """There were so many steps a minute."""
        self._moved_at = max(at, self._moved_at or at)
        if steps >= WALKING:
            self._walked_at = self._moved_at

    def is_shaken(self, at: datetime) -> bool:
        """Whether they walked just now: what light tells is worth little then."""
        return self._walked_at is not None and at - self._walked_at <= SHAKEN_FOR

    def lets_begin(self, row: AlarmClass, at: datetime, *, is_critical: bool = False) -> bool:
        """Whether this alarm may begin now: no steps for as long as it asks, and by day if it asks.

        A reading beyond the floor waits for who walked only: a step now and then excuses no such heart.
        """
        moved_at = self._walked_at if is_critical else self._moved_at
        if row.rest and moved_at is not None and at - moved_at < row.rest:
            return False
        return not row.by_day or is_day(at, self._limits.zone(self.name))
