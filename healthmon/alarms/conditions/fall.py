"""This is the place for a fall: far below what the same device told within the last minute."""

from datetime import datetime, timedelta
from typing import Final

from healthmon.alarms.limits import Terms
from healthmon.alarms.source import Source
from healthmon.alarms.states import Signal
from healthmon.events.plausible import GATES
from healthmon.events.vocabulary import SPO2

WITHIN: Final = timedelta(seconds=60)
LEVEL_OVER: Final = timedelta(minutes=2)
LEVEL_AT: Final = 0.9  # a percentile, so that a few high artefacts are no level to fall from
_FEWEST: Final = 2  # our choice: one reading is no level
# Our choice: so long is a fall measured from where it began. Then the alarms of low levels have spoken, or
# the new level is usual for this person.
LASTS: Final = timedelta(minutes=10)

_MOST: Final = GATES[SPO2][1]
_BEYOND, _BETWEEN, _CLEAR = Signal.BEYOND, Signal.BETWEEN, Signal.CLEAR


class Fall:
    """A reading lies so many points below the level: the 90th percentile of the two minutes before it.

    The level counts only as far as there was a reading as high within the last minute, so a slow decline is
    no fall. It stays what it was when the fall began, until the reading is back or ten minutes have passed.
    A device that tells less often than once a minute cannot tell a fall.
    """

    __slots__ = ("_fell",)

    def __init__(self) -> None:
        self._fell: dict[str, tuple[datetime, float]] = {}  # by device: when, and from which level

    def zone(self, source: Source, value: float, terms: Terms) -> Signal:
        """Where the reading lies below the level; BETWEEN while no level is known."""
        if value > _MOST - terms.limit + terms.hysteresis:  # nobody can have fallen to there
            self._fell.pop(source.device, None)
            return _CLEAR
        level = self._level(source)
        if level is None:
            return _BETWEEN
        fall = level - value
        if fall >= terms.limit:
            self._fell.setdefault(source.device, (source.newest, level))
            return _BEYOND
        if fall > terms.limit - terms.hysteresis:
            return _BETWEEN
        self._fell.pop(source.device, None)
        return _CLEAR

    def still_holds(self, source: Source, terms: Terms) -> bool:
        """Whether it fell as far as other terms ask."""
        fell = self._fell.get(source.device)
        return fell is not None and fell[1] - source.value >= terms.limit

    def edge(self, terms: Terms) -> float:
        """Nobody can have fallen so far to above this."""
        return _MOST - terms.limit

    def reference(self, source: Source) -> float | None:
        """The level it fell from."""
        fell = self._fell.get(source.device)
        return fell[1] if fell is not None else None

    def forget(self, device: str) -> None:
        """Where it fell from."""
        self._fell.pop(device, None)

    def _level(self, source: Source) -> float | None:
        fell = self._fell.get(source.device)
        if fell is not None and source.newest - fell[0] <= LASTS:
            return fell[1]
        self._fell.pop(source.device, None)
        now = source.newest
        values, lately = [], 0.0
        for at, value in reversed(source.samples):
            if now - at > LEVEL_OVER:
                break
            if at < now:
                values.append(value)
                lately = max(lately, value) if now - at <= WITHIN else lately
        values.sort()
        return min(lately, values[int(LEVEL_AT * (len(values) - 1))]) if len(values) >= _FEWEST else None
