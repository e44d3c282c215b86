"""This is the place for one kettle's mornings: when it usually boils, and when it should have by now."""

from collections import deque
from datetime import date, datetime, timedelta, tzinfo
from math import ceil
from typing import Final

from healthmon.events.zones import instant

# All numbers here but the first are our choice.
FEWEST: Final = 14  # mornings before anything is missed: issue 4
KEPT: Final = 28
MORNING: Final = (
    4 * 60,
    12 * 60,
)  # minutes after local midnight; what boils outside it is no morning's kettle
SHARE: Final = 0.9  # of the known mornings had boiled by the usual time
GRACE: Final = timedelta(hours=1)  # a long sleep is no emergency
GIVEN_UP: Final = timedelta(days=14)  # without it in so long: the kettle, or the person, is elsewhere


class Habit:
    """The mornings of one kettle, of one person or of a whole home, in days of the zone it is asked in.

    `settled` is the last day on which it boiled in the morning; `due` when to look at it again.
    """

    __slots__ = ("_mornings", "boiled_at", "due", "raised", "settled")

    def __init__(self) -> None:
        self._mornings: deque[tuple[int, int]] = deque(maxlen=KEPT)  # day, minutes after midnight
        self.settled = date.min
        self.due: datetime | None = None
        self.boiled_at: datetime | None = None
        self.raised: tuple[str, datetime] | None = None  # the episode of what is missed now, and since when

    def boil(self, at: datetime, zone: tzinfo, *, is_own: bool) -> None:
        """It boiled. The first time in a morning is learnt, if the cup is certainly of this habit."""
        there = at.astimezone(zone)
        day, minutes = there.date(), there.hour * 60 + there.minute
        self.boiled_at = max(at, self.boiled_at or at)
        if not MORNING[0] <= minutes < MORNING[1]:
            return
        self.settled = max(self.settled, day)
        if not is_own:
            return
        if not self._mornings or self._mornings[-1][0] < day.toordinal():
            self._mornings.append((day.toordinal(), minutes))

    def usual(self) -> int | None:
        """By when it mostly boils, in minutes after midnight; None while too few mornings are known."""
        if len(self._mornings) < FEWEST:
            return None
        in_order = sorted(minutes for _, minutes in self._mornings)
        return in_order[ceil(SHARE * len(in_order)) - 1]

    def look_ahead(self, now: datetime, zone: tzinfo) -> None:
        """Find the next moment after `now` by which it should have boiled, or is given up."""
        usual = self.usual()
        if usual is None or self.boiled_at is None:
            self.due = None
            return
        day = now.astimezone(zone).date()
        hours = (instant(one, usual, zone) + GRACE for one in (day, day + timedelta(days=1)))
        given_up = self.boiled_at + GIVEN_UP
        self.due = min(moment for moment in (*hours, given_up) if moment > now)

    def is_given_up(self, now: datetime) -> bool:
        """Whether it has not boiled for so long that nothing is usual any more."""
        return self.boiled_at is not None and now - self.boiled_at >= GIVEN_UP


def begins(day: date, zone: tzinfo) -> datetime:
    """When the morning of a day begins."""
    return instant(day, MORNING[0], zone)
