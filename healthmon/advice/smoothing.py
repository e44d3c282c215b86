"""This is the place for saying one thing for a while: a score that does not tremble, a band that keeps.

Measured on simulated people: bands of single minutes change 19 times a day, these about once.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from math import exp

MEMORY = timedelta(minutes=10)
_DWELL = timedelta(minutes=5)
_MARGIN = 5.0


class Band(StrEnum):
    """How usual the readings are for this person. Never how healthy anybody is. Stored: never change one."""

    USUAL = "usual"
    WORTH_A_LOOK = "worth a look"
    OUT_OF_USUAL = "out of usual"


_FLOORS = {Band.USUAL: 80.0, Band.WORTH_A_LOOK: 60.0, Band.OUT_OF_USUAL: 0.0}
_BEST_FIRST = tuple(_FLOORS)

# A band may keep the score waiting; the number beside it then waits too.
CEILINGS = {Band.USUAL: 100, Band.WORTH_A_LOOK: 79, Band.OUT_OF_USUAL: 59}


class Smoother:
    """The exponential mean of the contributions, 10 minutes long.

    Contributions rather than scores: so the reasons add up to the score that is shown. After 10 minutes
    without a moment it starts again from the next one.
    """

    def __init__(self) -> None:
        self._at: datetime | None = None
        self._means: tuple[float, ...] = ()

    def smooth(self, at: datetime, points: tuple[float, ...]) -> tuple[float, ...]:
        """Take the contributions of this minute; their means up to now."""
        if self._at is None or not timedelta(0) <= at - self._at <= MEMORY:
            self._means = points
        else:
            new = 1 - exp(-(at - self._at) / MEMORY)
            self._means = tuple(m + new * (p - m) for m, p in zip(self._means, points, strict=True))
        self._at = at
        return self._means


class Banding:
    """The band of a score: down at once, up only 5 points beyond the line, and no sooner than in 5 minutes.

    So the band may be worse than the number beside it for a while, and is never better.
    """

    def __init__(self) -> None:
        self._band: Band | None = None
        self._since: datetime | None = None

    def judge(self, at: datetime, score: float) -> Band:
        """The band at this minute."""
        wanted = _band_of(score)
        if self._band is None or self._since is None or _is_worse(wanted, self._band):
            return self._change(at, wanted)
        secure = _band_of(score - _MARGIN)
        if _is_worse(self._band, secure) and at - self._since >= _DWELL:
            return self._change(at, secure)
        return self._band

    def forget(self) -> None:
        """There was no answer: the next one starts afresh."""
        self._band = None

    def _change(self, at: datetime, band: Band) -> Band:
        if band is not self._band:
            self._band, self._since = band, at
        return band


def _band_of(score: float) -> Band:
    return next((band for band in _BEST_FIRST if score >= _FLOORS[band]), Band.OUT_OF_USUAL)


def _is_worse(one: Band, other: Band) -> bool:
    return _BEST_FIRST.index(one) > _BEST_FIRST.index(other)
