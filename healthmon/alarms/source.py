"""This is the place for a device that tells one quantity of one person: how often, and when it last did."""

from collections import deque
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from statistics import median_high

from healthmon.alarms.doubt import is_leap
from healthmon.alarms.spell import HOLD, NOTHING

PERIODS = 3  # our choice: as many usual intervals may pass without a word
LOST_AFTER = timedelta(
    seconds=30
)  # our choice, between GE's technical alarm delays (10-17 s) and OSD's 30 s fault
OFTEN = HOLD / PERIODS
REMEMBERED = 9  # our choice: of so many readings the median interval is what is usual
# Our choice: what was read longer ago tells nothing of now, however seldom a device tells. So long may pass
# between the first two readings of a device.
LONGEST = timedelta(hours=1)
REORDERED = timedelta(
    seconds=60
)  # a live reading is never older than that, so the device's clock was set back


# Our choice: what looks back takes one reading in so long, whatever the pace of a device.
SAMPLES_EVERY = timedelta(seconds=5)
_MOST_SAMPLES = 128  # a little more than ten minutes of them
_LONG_AGO = datetime.min.replace(tzinfo=UTC)
_NEVER = datetime.max.replace(tzinfo=UTC)


class Source:
    """One device, one quantity, one person. `why` is why it is not heard, or empty while it is.

    `samples` are readings with their times, 5 s apart, of the last ten minutes or more: kept only where an
    alarm looks back (`looks_back`). From `sample_at` on a reading is one of them.
    """

    __slots__ = (
        "device",
        "has_leapt",
        "is_off",
        "looks_back",
        "newest",
        "received",
        "sample_at",
        "sampled_at",
        "samples",
        "times",
        "value",
        "why",
    )

    def __init__(self, device: str, at: datetime, *, looks_back: bool = False) -> None:
        self.device = device
        self.has_leapt = False  # the reading shown to alarms last is about half or twice the one before
        self.is_off = False
        self.newest = self.received = at  # when its newest reading was taken, and when it came
        self.times: deque[datetime] = deque(maxlen=REMEMBERED)
        self.value = 0.0
        self.why = ""
        self.looks_back = looks_back
        self.samples: deque[tuple[datetime, float]] = deque(maxlen=_MOST_SAMPLES)
        self.sampled_at = at
        self.sample_at = _LONG_AGO if looks_back else _NEVER

    @property
    def lag(self) -> timedelta:
        """How long after being taken the newest reading was received."""
        return max(self.received - self.newest, NOTHING)

    def is_disordered(self, at: datetime) -> bool:
        """Whether a reading of that time only comes out of order, and can be left out."""
        return bool(self.times) and self.newest - REORDERED <= at <= self.newest

    def is_set_back(self, at: datetime) -> bool:
        """Whether a reading of that time means that the device's clock was set back."""
        return bool(self.times) and at < self.newest - REORDERED

    def forget(self) -> None:
        """Begin anew, as if it had never told anything."""
        self.times.clear()
        self.lose_sight()

    def lose_sight(self) -> None:
        """What was felt before has nothing to do with what comes: it was taken off, or its clock set back."""
        self.samples.clear()
        if self.looks_back:
            self.sample_at = _LONG_AGO

    def take(self, at: datetime, value: float, received: datetime) -> None:
        """Take in its newest reading."""
        self.has_leapt = is_leap(self.value, value, at - self.newest)
        self.times.append(at)
        self.newest, self.value, self.received, self.why = at, value, received, ""

    def sample(self, at: datetime, value: float) -> None:
        """Keep a reading to look back at."""
        self.samples.append((at, value))
        self.sampled_at, self.sample_at = at, at + SAMPLES_EVERY

    def patience(self) -> timedelta:
        """How long a silence may be without breaking a spell."""
        if len(self.times) < 2:
            return LONGEST
        return min(LONGEST, max(HOLD, PERIODS * self.period()))

    def is_heard(self, at: datetime) -> bool:
        """Whether it is worn and has told something lately."""
        return bool(self.times) and not self.is_off and at < self.lost_at()

    def lost_at(self) -> datetime:
        """When it counts as lost if it says nothing more."""
        return self.newest + min(LONGEST, max(LOST_AFTER, PERIODS * self.period()))

    def period(self) -> timedelta:
        """How often it usually tells: the median interval, or nothing when that is too short to matter."""
        gaps = len(self.times) - 1
        # No median is above twice the mean, and three times OFTEN is less than any limit here.
        if gaps < 1 or 2 * (self.times[-1] - self.times[0]) <= gaps * OFTEN:
            return NOTHING
        return median_high(later - earlier for earlier, later in pairwise(self.times))
