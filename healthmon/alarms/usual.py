"""This is the place for what is usual for somebody: the median of their days, of the last four weeks."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from statistics import median
from typing import Final

MEMORY: Final = 28  # days, as ADVICE has it
# Our choice: a week, so that each day of the week is in it; less is known of somebody after a cold, or a new
# watch on a bad wrist. The advice calls a baseline provisional until 14 days, and three are the fewest.
DAYS_NEEDED: Final = 7
ENOUGH: Final = 12  # our choice: samples that make a day count; an hour of a watch that tells every 5 minutes

_DAY: Final = timedelta(days=1)
_FIRST: Final = datetime.min.replace(tzinfo=UTC)


class Days:
    """Counts what was measured by day (UTC), live or from files, and tells what is usual once a day.

    `usual` is the median of the medians of the last 28 days, today's not among them: what is wrong today is
    not usual. So each day counts the same, however often a device told. None until 7 days are known.
    Stays small: a few numbers for each of the days.
    """

    __slots__ = ("_begins", "_counts", "_ends", "_today", "usual")

    def __init__(self) -> None:
        self._counts: dict[date, dict[int, int]] = {}
        self._today: dict[int, int] = {}  # the counts of the day that goes on
        self._begins = self._ends = _FIRST
        self.usual: float | None = None

    def learn(self, at: datetime, value: float) -> bool:
        """A live sample. True when another day has begun, and what is usual may be another."""
        begins = self.begins(at)
        if begins:
            self._begin(at.astimezone(UTC).date())
        whole = round(value)
        self._today[whole] = self._today.get(whole, 0) + 1
        return begins

    def begins(self, at: datetime) -> bool:
        """Whether a live sample of that time is the first of its day: what is usual may be another then."""
        return not self._begins <= at < self._ends

    def learn_old(self, at: datetime, value: float, now: datetime) -> None:
        """A reading from a file, or a late one. What is usual is told again when the next day begins."""
        day, today = at.astimezone(UTC).date(), now.astimezone(UTC).date()
        if timedelta() < today - day <= MEMORY * _DAY:
            self._count(day, value)

    def _count(self, day: date, value: float) -> None:
        counts = self._counts.setdefault(day, {})
        counts[round(value)] = counts.get(round(value), 0) + 1

    def _begin(self, today: date) -> None:
        self._begins = datetime.combine(today, time(), UTC)
        self._ends = self._begins + _DAY
        self._counts = {day: one for day, one in self._counts.items() if today - day <= MEMORY * _DAY}
        known = [_median(one) for day, one in self._counts.items() if day < today and _is_enough(one)]
        self.usual = median(known) if len(known) >= DAYS_NEEDED else None
        self._today = self._counts.setdefault(today, {})


def _is_enough(counts: Mapping[int, int]) -> bool:
    return sum(counts.values()) >= ENOUGH


def _median(counts: Mapping[int, int]) -> int:
    """The lower middle of all that was counted."""
    left = (sum(counts.values()) + 1) // 2
    for value in sorted(counts):
        left -= counts[value]
        if left <= 0:
            return value
    return 0
