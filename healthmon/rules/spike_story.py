"""This is the place for one person's heart rate as spikes are judged: what it was a while ago, and what now.

All numbers are our choice, found on wrist recordings of 17 people (docs/decisions/0027-spike-marks.md).
"""

from collections import deque
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from math import inf
from typing import NamedTuple

from healthmon.events.plausible import GATES
from healthmon.events.vocabulary import HR
from healthmon.rules.medians import SlidingMedians, median
from healthmon.rules.restless import Restlessness

RECENT = timedelta(seconds=18)
GAP = timedelta(seconds=20)
MEMORY = timedelta(minutes=5)
KNOWN_FOR = timedelta(minutes=3)  # readings go back so far before anything is judged
QUICK = (timedelta(seconds=35), GAP)  # before a quick rise: 15 s that ended 20 s ago
SLOW = (timedelta(seconds=110), timedelta(seconds=50))  # before a slow one: the minute that ended 50 s ago
QUICK_SHARE = 0.68  # of the rise asked for is enough when it came quickly
LEAST_ABOVE = 5.0  # /min above the five minutes: the way back out of a dip is no spike
ENDS_BELOW = 0.95  # of all that makes a spike
FEWEST_IN_MEMORY = 3
FEWEST_BEFORE = 2
FEWEST_OF_ANY_AGE, MOST_OF_ANY_AGE = 3, 20
_NEVER = datetime.min.replace(tzinfo=UTC)
_WORTH_A_BAND = 1.0  # in /min, on both sides
_OF_WHAT_IS_LEFT = 0.45  # on both sides: not quite all, so that a band outlasts somewhat more restful minutes
_LOOKS_APART = 32  # readings after which it is seen whether the rate is within a band again


class Baseline(StrEnum):
    """What a rise was measured against. Stored in the log: never change a word."""

    FIVE_MINUTES = "5min"
    SPARSE = "sparse"  # too few readings in the five minutes: the last ones of any age


class Spike(NamedTuple):
    """How far the rate rose above its baseline, in /min."""

    rise: float
    above: float
    baseline: Baseline


class Story:
    """One person's heart rate in one stream, and whether a spike is going on.

    `low` to `high` is a band narrower than the least rise, with every reading that still counts in it, while
    there is one: a rate within it cannot be a spike, whatever the medians are.
    """

    __slots__ = (
        "_look_in",
        "_rise",
        "_sparse_rise",
        "high",
        "is_armed",
        "last",
        "low",
        "medians",
        "newest",
        "restless",
    )

    def __init__(self, rise: float, sparse_rise: float) -> None:
        self.medians = SlidingMedians(RECENT, GAP, MEMORY)
        self.restless = Restlessness()
        self.last: deque[float] = deque(maxlen=MOST_OF_ANY_AGE)
        self._rise, self._sparse_rise = rise, sparse_rise
        self.newest = _NEVER
        self.is_armed = True
        self.low, self.high, self._look_in = inf, -inf, 1

    def lay_by(self, at: datetime, value: float) -> bool:
        """Take in a reading that can be no spike, as nearly all; False: see `spike`, nothing was taken in."""
        if self.low <= value <= self.high and self.newest <= at < self.restless.due:
            self.newest = at
            self.last.append(value)
            self.medians.lay_by(at, value)
            return True
        return False

    def spike(self, at: datetime, value: float) -> Spike | None:
        """Take the reading in and tell of the spike that begins with it, if one does."""
        if at < self.newest:
            if self.medians.reaches(at):
                self._take_older(at, value)
                return None
            self._begin_anew()
        if at >= self.restless.due:
            self._look(at, value)
        if self._is_in_band(value):
            self.newest = at
            self.last.append(value)
            self.medians.lay_by(at, value)
            return None
        return self._judged(at, value)

    def _judged(self, at: datetime, value: float) -> Spike | None:
        medians = self.medians
        self.newest = at
        medians.add(at, value)
        if medians.count <= FEWEST_IN_MEMORY:
            return self._sparse_spike(value)
        self.last.append(value)
        if medians.oldest > at - KNOWN_FOR or len(medians.baseline) < FEWEST_IN_MEMORY:
            return None
        usual, now = median(medians.baseline), medians.now[(len(medians.now) - 1) // 10]
        if self.is_armed and now - usual < LEAST_ABOVE:
            return None  # nearly always
        share = self._share(now, usual)
        if not self.is_armed:
            self.is_armed = share < ENDS_BELOW
            return None
        self.is_armed = share < 1.0
        return None if self.is_armed else Spike(now - usual, usual, Baseline.FIVE_MINUTES)

    def _share(self, now: float, usual: float) -> float:
        """How much of a spike it is: 1 and more is one. It is as much as the weakest of its signs."""
        above = (now - usual) / LEAST_ABOVE
        if above < ENDS_BELOW:
            return above
        least = self._rise * self.restless.factor
        quick, slow = self.medians.between(*QUICK), self.medians.between(*SLOW)
        before = (median(slow) + usual) / 2 if len(slow) >= FEWEST_BEFORE else usual
        rise = (now - before) / least
        if len(quick) >= FEWEST_BEFORE:
            rise = max(rise, (now - median(quick)) / (QUICK_SHARE * least))
        return min(rise, above)

    def _sparse_spike(self, value: float) -> Spike | None:
        before = sorted(self.last)
        self.last.append(value)
        if len(before) < FEWEST_OF_ANY_AGE:
            return None
        usual = median(before)
        rise, least = value - usual, self._sparse_rise
        if not self.is_armed:
            # Half the rise: a rate that hovers at the line would otherwise be marked again and again.
            self.is_armed = rise < least / 2
            return None
        self.is_armed = rise < least
        return None if self.is_armed else Spike(rise, usual, Baseline.SPARSE)

    def _look(self, at: datetime, value: float) -> None:
        factor = self.restless.factor
        self.restless.look(at, value)
        if self.restless.factor < factor and self.high - self.low >= self._least_rise():
            # Less is a spike now than when the band was drawn: another is looked for with this reading.
            self.low, self.high, self._look_in = inf, -inf, 1

    def _least_rise(self) -> float:
        """No rise of less is a spike."""
        return min(max(LEAST_ABOVE, QUICK_SHARE * self._rise * self.restless.factor), self._sparse_rise)

    def _is_in_band(self, value: float) -> bool:
        """Whether the value is in the band, once that was drawn anew if it has to be."""
        if self.low <= value <= self.high:
            return True
        if self.low <= self.high:
            self.low, self.high = inf, -inf
        else:
            self._look_in -= 1
            if self._look_in > 0 or not self.is_armed:
                return False
        self._look_in = _LOOKS_APART
        self._draw_band(value)
        return self.low <= self.high

    def _draw_band(self, value: float) -> None:
        if not self.is_armed:
            return
        least, most = self.medians.span(value)
        least, most = min(least, value, *self.last), max(most, value, *self.last)
        slack = (self._least_rise() - (most - least)) * _OF_WHAT_IS_LEFT
        if slack >= _WORTH_A_BAND:
            self.low, self.high = max(GATES[HR][0], least - slack), min(GATES[HR][1], most + slack)

    def _take_older(self, at: datetime, value: float) -> None:
        if not self.low <= value <= self.high:
            self.low, self.high = inf, -inf
        self.medians.add_older(at, value)
        self.last.append(value)

    def _begin_anew(self) -> None:
        self.low, self.high, self._look_in = inf, -inf, 1
        self.medians.clear()
        self.last.clear()
        self.restless = Restlessness()
        self.is_armed = True
