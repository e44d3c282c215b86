"""This is the place for readings that are not believed at once: the device's own doubt, walking, a restless
signal.

A doubtful reading is no sign of anything: it neither begins nor ends an alarm, and holds the timers as a lost
signal does. A low that goes up and down from reading to reading is more often a cold hand than a body, whose
oxygen falls and rises on one way: it has to last longer. It is believed in the end.

The numbers are our choice, measured on simulated wear (docs/MEASURED.md): a real watch may sway otherwise.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from healthmon.events import Json

WALKING: Final = 25.0  # steps a minute that shake the light of a watch
# Steps are told of the minute that ended, so walking may have ended a minute before, or just now.
SHAKEN_FOR: Final = timedelta(seconds=75)

RESTLESS: Final = 1.0  # of the reading's unit, there and back, from one reading to the next
SURE_AFTER: Final = 18  # changes; of fewer less restlessness is forgiven, in proportion
_SELDOM: Final = timedelta(seconds=10)  # readings further apart say nothing about restlessness
_HALF: Final = 0.5


def is_doubted(context: Mapping[str, Json]) -> bool:
    """Whether the device marks its own reading as worse than good, in words or as a share of 1."""
    quality = context.get("quality")
    if quality is None:
        return False
    if isinstance(quality, str):
        return quality.lower() != "good"
    return not isinstance(quality, int | float) or quality < _HALF


class Restlessness:
    """How far readings went there and back again: a fall or a rise on one way is none of it."""

    __slots__ = ("_changes", "_first", "_last", "_way")

    def __init__(self, value: float) -> None:
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
        return sway > RESTLESS * min(1.0, changes / SURE_AFTER)
