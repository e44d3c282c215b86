"""This is the place for a device that tells one quantity of one person: how often, and when it last did."""

from collections import deque
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median_high

from healthmon.alarms.spell import HOLD, NOTHING

PERIODS = 3  # our choice: as many usual intervals may pass without a word
LOST_AFTER = timedelta(
    seconds=30
)  # our choice, between GE's technical alarm delays (10-17 s) and OSD's 30 s fault
OFTEN = HOLD / PERIODS
REMEMBERED = 9  # our choice: of so many readings the median interval is what is usual
UNKNOWN_PERIOD = timedelta(hours=1)  # our choice: allowed between the first two readings of a device
REORDERED = timedelta(
    seconds=60
)  # a live reading is never older than that, so the device's clock was set back


class Source:
    """One device, one quantity, one person. `why` is why it is not heard, or empty while it is."""

    __slots__ = ("device", "is_off", "lag", "newest", "times", "value", "why")

    def __init__(self, device: str, at: datetime) -> None:
        self.device = device
        self.is_off = False
        self.lag = NOTHING  # how long after being taken the newest reading was received
        self.newest = at
        self.times: deque[datetime] = deque(maxlen=REMEMBERED)
        self.value = 0.0
        self.why = ""

    def is_disordered(self, at: datetime) -> bool:
        """Whether a reading of that time only comes out of order, and can be left out."""
        return bool(self.times) and self.newest - REORDERED <= at <= self.newest

    def is_set_back(self, at: datetime) -> bool:
        """Whether a reading of that time means that the device's clock was set back."""
        return bool(self.times) and at < self.newest - REORDERED

    def forget(self) -> None:
        """Begin anew, as if it had never told anything."""
        self.times.clear()

    def take(self, at: datetime, value: float, received: datetime) -> None:
        """Take in its newest reading."""
        self.times.append(at)
        self.newest, self.value, self.lag, self.why = at, value, max(received - at, NOTHING), ""

    def patience(self) -> timedelta:
        """How long a silence may be without breaking a spell."""
        if len(self.times) < 2:
            return UNKNOWN_PERIOD
        return max(HOLD, PERIODS * self._period())

    def is_heard(self, at: datetime) -> bool:
        """Whether it is worn and has told something lately."""
        return bool(self.times) and not self.is_off and at < self.lost_at()

    def lost_at(self) -> datetime:
        """When it counts as lost if it says nothing more."""
        return self.newest + max(LOST_AFTER, PERIODS * self._period())

    def _period(self) -> timedelta:
        """How often it usually tells: the median interval, or nothing when that is too short to matter."""
        gaps = len(self.times) - 1
        # No median is above twice the mean, and three times OFTEN is less than any limit here.
        if gaps < 1 or 2 * (self.times[-1] - self.times[0]) <= gaps * OFTEN:
            return NOTHING
        return median_high(later - earlier for earlier, later in pairwise(self.times))
