"""This is the place for how restless a heart rate is: what is a leap for one is ordinary for another."""

from collections import deque
from datetime import UTC, datetime, timedelta
from math import sqrt

from healthmon.rules.medians import median

# Our choices, made on the wrist recordings of 17 people: see docs/decisions/0027-spike-marks.md.
EVERY = timedelta(seconds=30)
LONGEST = timedelta(seconds=45)  # a change over longer than this says little about half a minute
CHANGES = 60  # half an hour
USUAL = 3.0  # /min: what the rate of those people changed by in half a minute, half of the time
_UNTIL_KNOWN = 20  # changes for which somebody counts as usual in part
_LEAST, _MOST = 0.4, 2.5


class Restlessness:
    """How much more than usual a rate must rise to be worth a mark: 0.8 for the calmest, 1.3 at most.

    It is the fourth root of how much the rate changes in half a minute (the median of the last half hour)
    beside what is usual, and 1 for readings further apart than that: there it cannot be known.
    """

    __slots__ = ("_at", "_changes", "_value", "due", "factor")

    def __init__(self) -> None:
        self._changes: deque[float] = deque(maxlen=CHANGES)
        self._at = self.due = datetime.min.replace(tzinfo=UTC)
        self._value = 0.0
        self.factor = 1.0

    def look(self, at: datetime, value: float) -> None:
        """Take note of a reading. To be called for those at or after `due`; others say nothing."""
        if at - self._at <= LONGEST:
            self._changes.append(abs(value - self._value))
            self.factor = self._worked_out()
        self._at, self._value, self.due = at, value, at + EVERY

    def _worked_out(self) -> float:
        count = len(self._changes)
        change = median(sorted(self._changes))
        share = (count * change + _UNTIL_KNOWN * USUAL) / (count + _UNTIL_KNOWN) / USUAL
        return sqrt(sqrt(min(max(share, _LEAST), _MOST)))
