"""This is the place for the small figures beside the big ones: coffee today, resting heart rate."""

from collections import deque
from datetime import date, datetime, timedelta
from typing import Final

import numpy as np

from healthmon.events import Delivery, Entry
from healthmon.view import words
from healthmon.view.numeral import NOTHING
from healthmon.view.present import Present
from healthmon.view.screen import Floats, Tile
from healthmon.view.trend import TrendRing

_MOST_CUPS: Final = 2000
_BLOCK: Final = 300  # seconds: blocks of 5 min, six to a half hour
_BLOCKS: Final = 6
_NEEDED: Final = 48  # blocks with readings: 4 h
_REFRESHED: Final = timedelta(minutes=1)


class CoffeeBook:
    """What the kettle made, for whom if anybody said so. One thread."""

    def __init__(self) -> None:
        self._cups: deque[tuple[datetime, str | None, float]] = deque(maxlen=_MOST_CUPS)
        self._made: tuple[tuple[int, str, date], Tile] | None = None
        self._count = 0

    def fold(self, entry: Entry) -> None:
        """One PERCOLATES COFFEE. The broker's copy of an old one is no coffee."""
        if entry.delivery is not Delivery.RETAINED:
            self._cups.append((entry.time, entry.person, entry.amount or 0.0))
            self._count += 1

    def tile(self, person: str, present: Present) -> Tile:
        """Coffee of this person and of nobody in particular, since midnight of the reader's day."""
        key = (self._count, person, present.local(present.now).date())
        if self._made is None or self._made[0] != key:
            self._made = (key, self._counted(person, present))
        return self._made[1]

    def _counted(self, person: str, present: Present) -> Tile:
        today = present.local(present.now).date()
        cups = [
            (whose, amount)
            for at, whose, amount in self._cups
            if whose in {person, None} and present.local(at).date() == today and at <= present.now
        ]
        shared = any(whose is None for whose, _ in cups)
        note = words.tiles.cups(sum(amount for _, amount in cups), is_shared=shared)
        return Tile(
            "coffee", words.tiles.COFFEE_TODAY, str(len(cups)), note if cups else words.tiles.NONE_YET
        )


class RestingRate:
    """The lowest half hour of the last 24 h, looked for once a minute. Not the resting rate of the advice,
    which knows about steps and nights; so the tile says what it is.
    """

    def __init__(self) -> None:
        self._made: tuple[str, datetime, Tile] | None = None

    def tile(self, person: str, ring: TrendRing, present: Present) -> Tile:
        """The tile for this person's heart rate."""
        made = self._made
        if made is None or made[0] != person or abs(present.now - made[1]) >= _REFRESHED:
            made = self._made = (person, present.now, _resting(ring, present.seconds))
        return made[2]


def _resting(ring: TrendRing, now: float) -> Tile:
    lowest = _lowest_half_hour(*ring.readings(now - 86_400, now))
    if lowest is None:
        return Tile("resting", words.tiles.RESTING, NOTHING, words.tiles.TOO_FEW)
    return Tile("resting", words.tiles.RESTING, words.numbers.whole(lowest), words.tiles.LOWEST)


def _lowest_half_hour(at: Floats, value: Floats) -> float | None:
    """The lowest mean of six neighbouring five-minute means, all of them measured."""
    if not len(at):
        return None
    place = ((at - at[0]) // _BLOCK).astype(np.int64)
    count = np.bincount(place)
    if np.count_nonzero(count) < _NEEDED:
        return None
    mean = np.divide(
        np.bincount(place, weights=value), count, out=np.full(len(count), np.nan), where=count > 0
    )
    halves = np.convolve(mean, np.full(_BLOCKS, 1 / _BLOCKS), mode="valid")
    return float(np.nanmin(halves)) if not np.isnan(halves).all() else None
