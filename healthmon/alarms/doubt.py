"""This is the place for readings that are not believed at once: the device's own doubt, walking, a restless
signal.

A doubtful reading is no sign of anything: it neither begins nor ends an alarm, and holds the timers as a lost
signal does; one that is beyond itself holds them for as long as such readings come, for it speaks against
nothing. A low that goes up and down from reading to reading is more often a cold hand than a body, whose
oxygen falls and rises on one way: it has to last longer. So does a low while walking that is not steady: a
shaken light tells lows that come and go, and lungs that are ill do let oxygen fall while walking, steadily.
A rate that is half or twice what it was a reading before is more often a miscount (every second beat, each
beat twice, the steps) than a heart; one that leaps out of an alarm is no more believed than one that leaps
into it. All are believed in the end.

The numbers are our choice, measured on simulated wear (docs/MEASURED.md): a real watch may sway otherwise.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from healthmon.events import Json
from healthmon.events.plausible import is_good

WALKING: Final = 25.0  # steps a minute that shake the light of a watch
# Steps are told of the minute that ended, so walking may have ended a minute before, or just now.
SHAKEN_FOR: Final = timedelta(seconds=75)

SURE_AFTER: Final = 18  # changes; of fewer less restlessness is forgiven, in proportion
STEADY_WALK: Final = timedelta(minutes=2)  # what is shaken is believed when it was steady for so long,
STEADY_STEPS: Final = 24  # and told as often
SWAYING_WALK: Final = timedelta(minutes=5)  # or told so for so long without once coming back

_SELDOM: Final = timedelta(seconds=10)  # readings further apart say nothing about restlessness

NEARLY_HALF: Final = 0.6  # of what was told before, or the other way round: no heart does so in one step


@dataclass(frozen=True, slots=True)
class Steadiness:
    """How much a signal may sway to be believed at once, in its unit; and how long another has to last.

    `after_leap`: how long one has to last that began with a leap (`is_leap`), however steady it is.
    """

    sway: float
    believed_after: timedelta
    after_leap: timedelta = timedelta()


def is_doubted(context: Mapping[str, Json]) -> bool:
    """Whether the device marks its own reading as worse than good, in words or as a share of 1."""
    return not is_good(context.get("quality"))


def is_leap(before: float, value: float, over: timedelta) -> bool:
    """Whether a rate is about half or twice what the same device told so long before."""
    return over <= _SELDOM and before > 0 and not NEARLY_HALF < value / before < 1 / NEARLY_HALF


class Restlessness:
    """How far readings went there and back again: a fall or a rise on one way is none of it."""

    __slots__ = ("_changes", "_first", "_last", "_most", "_way")

    def __init__(self, value: float, most: float) -> None:
        """`most`: there and back, from one reading to the next, in their unit, of a steady signal."""
        self._most = most
        self._first = self._last = value
        self._way = 0.0
        self._changes = 0

    def add(self, value: float) -> None:
        """The next reading."""
        self._way += abs(value - self._last)
        self._last = value
        self._changes += 1

    def is_restless(self, over: timedelta) -> bool:
        """Whether these readings, which took so long, sway more than so few of a steady signal do."""
        changes = self._changes
        if changes < 2 or over > changes * _SELDOM:
            return False
        sway = (self._way - abs(self._last - self._first)) / changes
        return sway > self._most * min(1.0, changes / SURE_AFTER)
