"""This is the place for the last 24 hours of one quantity of one person, kept small and looked up fast.

A sorted stretch of times and values with room to grow. Readings may come in any order and are placed by
their time. Above 86,400 readings only the lowest and the highest of every two seconds are kept, so that
two devices, or a fast one, still have their 24 hours, and the envelope drawn from them stays true.
"""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pickle import PickleBuffer
from statistics import median
from typing import Final

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from healthmon.view.buckets import Bools, joined, plain_line
from healthmon.view.screen import Curve, Floats

KEPT: Final = timedelta(hours=24)
MOST_READINGS: Final = 86_400  # 24 h at 1 Hz
SHORTEST_GAP: Final = 30.0  # seconds without a reading before a line may break
PERIODS_IN_A_GAP: Final = 3
_LEARNED_FROM: Final = 9  # the expected period is the median of so many steps before
_CROWDED: Final = MOST_READINGS + 4
_CELL: Final = 2 * KEPT.total_seconds() / MOST_READINGS  # seconds that share two readings when it is crowded
_ROOM: Final = int(MOST_READINGS * 1.2)
_WAITING: Final = 8192
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)

_Values = NDArray[np.float32]


class TrendRing:
    """Keeps 24 hours of readings and draws any stretch of them in so many columns. One thread; never blocks.

    A line breaks where the step to the next reading is longer than three expected periods, at least 30 s.
    The expected period is learned from the nine steps before, so a minute-by-minute history and a live
    reading per second stand side by side and both hold together.
    """

    def __init__(self) -> None:
        self._at: Floats = np.empty(256)
        self._value: _Values = np.empty(256, np.float32)
        self._cut: Bools = np.zeros(256, np.bool_)  # whether the line breaks before this reading
        self._count = 0
        self._begin = 0  # what stands before it is older than 24 hours, and goes when room is needed
        self._waiting: tuple[list[float], list[float]] = ([], [])
        self._version = 0
        self._period: tuple[int, float | None] = (0, None)
        self._drawn: tuple[tuple[int, int, int, int], Curve] | None = None

    def __reduce__(self) -> tuple[type["TrendRing"], tuple[()], tuple[int, PickleBuffer, PickleBuffer]]:
        """Kept as its two arrays, apart from whatever else is kept: they are most of it."""
        self._settle()
        at, value = self._at[: self._count].copy(), self._value[: self._count].copy()
        return TrendRing, (), (self._version, PickleBuffer(at.data), PickleBuffer(value.data))

    def __setstate__(self, state: tuple[int, bytearray, bytearray]) -> None:
        self._version, at, value = state
        self._write(0, np.frombuffer(at, np.float64), np.frombuffer(value, np.float32))

    def take(self, at: float, value: float) -> None:
        """A reading at `at` seconds since the epoch. It is sorted in when somebody next looks."""
        times, values = self._waiting
        times.append(at)
        values.append(value)
        if len(times) >= _WAITING:
            self._settle()

    def __len__(self) -> int:
        """How many readings are kept."""
        self._settle()
        return self._count - self._begin

    @property
    def version(self) -> int:
        """Changes whenever a reading was added."""
        self._settle()
        return self._version

    @property
    def nbytes(self) -> int:
        """How much memory the readings take."""
        return int(self._at.nbytes + self._value.nbytes + self._cut.nbytes)

    def period(self) -> float | None:
        """Seconds between readings, as the newest nine steps tell; None for fewer than two readings."""
        self._settle()
        if self._period[0] != self._version:
            newest = self._at[max(self._begin, self._count - _LEARNED_FROM - 1) : self._count].tolist()
            steps = [later - earlier for earlier, later in pairwise(newest)]
            self._period = (self._version, median(steps) if steps else None)
        return self._period[1]

    def mean(self, start: float, end: float) -> float | None:
        """The mean of the readings with start <= time < end; None when there are none."""
        self._settle()
        first, last = self._places((start, end)).tolist()
        return float(self._value[first:last].sum(dtype=np.float64)) / (last - first) if last > first else None

    def means(self, edges: Floats) -> Floats:
        """The mean between each two neighbouring edges, NaN where there are no readings."""
        self._settle()
        places = self._places(edges)
        sums = np.concatenate(([0.0], np.cumsum(self._value[places[0] : places[-1]], dtype=np.float64)))
        counts, totals = np.diff(places), np.diff(sums[places - places[0]])
        means: Floats = np.divide(totals, counts, out=np.full(len(counts), np.nan), where=counts > 0)
        return means

    def readings(self, start: float, end: float) -> tuple[Floats, Floats]:
        """Times and values with start <= time < end."""
        self._settle()
        first, last = self._places((start, end))
        return self._at[first:last].copy(), self._value[first:last].astype(np.float64)

    def window(self, start: datetime, end: datetime, columns: int) -> Curve:
        """What to draw from `start` to `end` in at most about `columns` points, and one bucket either side.

        Buckets are aligned to the epoch, so the same readings fall into the same bucket however the window
        scrolls. With fewer readings than columns every reading is drawn. The newest reading of all is always
        the last point. The same Curve object comes back as long as nothing in it changed.
        """
        self._settle()
        width = max(1, -(-_microseconds(end - start) // max(1, columns)))
        first = _microseconds(start - _EPOCH) // width - 1
        last = _microseconds(end - _EPOCH) // width + 1
        key = (self._version, first, last, width)
        if self._drawn is None or self._drawn[0] != key:
            self._drawn = (key, self._draw(first, last, width, columns))
        return self._drawn[1]

    def _draw(self, first: int, last: int, width: int, columns: int) -> Curve:
        edges = np.arange(first, last + 2, dtype=np.int64) * width / 1e6
        starts = self._places(edges)
        low, high = self._reached(int(starts[0]), int(starts[-1]))
        at, value, cut = self._at[low:high], self._value[low:high].astype(np.float64), self._cut[low:high]
        if high - low <= columns:
            return plain_line(at, value, cut)
        return joined(at, value, cut, np.append(low, starts) - low, ends_now=high == self._count)

    def _reached(self, low: int, high: int) -> tuple[int, int]:
        """One reading more on either side, if the line goes on to it: it crosses the edge of the plot."""
        if self._begin < low < self._count and not self._cut[low]:
            low -= 1
        if self._begin < high < self._count and not self._cut[high]:
            high += 1
        return low, high

    def _settle(self) -> None:
        """Put what waits in its place: at the end, nearly always."""
        times, values = self._waiting
        if not times:
            return
        self._waiting = ([], [])
        at, value = self._recent(np.array(times), np.array(values, np.float32))
        if not len(at):
            return
        order = np.argsort(at, kind="stable")
        at, value = at[order], value[order]
        place = int(np.searchsorted(self._at[: self._count], at[0], side="right"))
        if place < self._count:
            at, value = self._merged(place, at, value)
        self._version += 1
        self._write(place, at, value)

    def _recent(self, at: Floats, value: _Values) -> tuple[Floats, _Values]:
        """Without those that came when they were older than 24 hours: whenever somebody looks, the same."""
        newest = np.maximum.accumulate(at)
        if self._count:
            newest = np.maximum(newest, self._at[self._count - 1])
        recent = at >= newest - KEPT.total_seconds()
        return at[recent], value[recent]

    def _places(self, edges: Floats | tuple[float, float]) -> NDArray[np.intp]:
        """Where these times are among the readings of the last 24 hours."""
        found: NDArray[np.intp] = self._at[self._begin : self._count].searchsorted(edges) + self._begin
        return found

    def _merged(self, place: int, at: Floats, value: _Values) -> tuple[Floats, _Values]:
        at = np.concatenate((self._at[place : self._count], at))
        value = np.concatenate((self._value[place : self._count], value))
        order = np.argsort(at, kind="stable")
        return at[order], value[order]

    def _write(self, place: int, at: Floats, value: _Values) -> None:
        count = place + len(at)
        if count > _ROOM:
            self._shrink(np.concatenate((self._at[:place], at)), np.concatenate((self._value[:place], value)))
            return
        if count > len(self._at):
            self._grow(count)
        self._at[place:count] = at
        self._value[place:count] = value
        self._count = count
        self._begin = (
            int(self._at[:count].searchsorted(self._at[count - 1] - KEPT.total_seconds())) if count else 0
        )
        self._break_lines(place)

    def _grow(self, count: int) -> None:
        room = min(_ROOM, max(count, 2 * len(self._at)))
        for name in ("_at", "_value", "_cut"):
            old = getattr(self, name)
            new = np.zeros(room, old.dtype)
            new[: self._count] = old[: self._count]
            setattr(self, name, new)

    def _shrink(self, at: Floats, value: _Values) -> None:
        first = int(np.searchsorted(at, at[-1] - KEPT.total_seconds()))
        at, value = at[first:], value[first:]
        if len(at) > _CROWDED:
            at, value = _thinned(at, value)
        self._at, self._value = np.empty(_ROOM), np.empty(_ROOM, np.float32)
        self._cut = np.zeros(_ROOM, np.bool_)
        self._count = 0
        self._write(0, at, value)

    def _break_lines(self, place: int) -> None:
        """Decide again, from `place` on, where the line breaks."""
        if place <= 2 * _LEARNED_FROM:
            place = 0
        first = max(0, place - _LEARNED_FROM - 1)
        steps = np.diff(self._at[first : self._count])
        if not (steps > SHORTEST_GAP).any():
            self._cut[place : self._count] = False
            return
        longest = np.maximum(SHORTEST_GAP, PERIODS_IN_A_GAP * _expected(steps))
        breaks = np.concatenate(([False], steps > longest))
        self._cut[place : self._count] = breaks[place - first :]


def _expected(steps: Floats) -> Floats:
    """For each step, the median of the nine before it; the first nine share what they tell together."""
    if len(steps) <= _LEARNED_FROM:
        return np.full(len(steps), np.median(steps)) if len(steps) else steps
    middle = _LEARNED_FROM // 2
    medians = np.partition(sliding_window_view(steps, _LEARNED_FROM), middle, axis=1)[:, middle]
    return np.concatenate((np.full(_LEARNED_FROM, medians[0]), medians[:-1]))


def _thinned(at: Floats, value: _Values) -> tuple[Floats, _Values]:
    """Of every two seconds the lowest and the highest reading. Thinning again changes nothing."""
    cell = np.floor(at / _CELL)
    order = np.lexsort((value, cell))
    first = np.flatnonzero(np.concatenate(([True], np.diff(cell) > 0)))
    last = np.append(first[1:], len(at)) - 1
    kept = np.unique(order[np.concatenate((first, last))])
    return at[kept], value[kept]


def _microseconds(span: timedelta) -> int:
    return span // _MICROSECOND
