"""This is the place for the medians of a heart rate over the last seconds and the minutes before them."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Sequence
from datetime import datetime, timedelta


def median(in_order: Sequence[float]) -> float:
    """The middle of sorted values; of an even number of them, the mean of the two in the middle."""
    count = len(in_order)
    return (in_order[(count - 1) // 2] + in_order[count // 2]) / 2


_FEWEST_TIDIED = 512


class SlidingMedians:
    """Readings in the order of their times, and the sorted values of two windows over them.

    `now` holds the last `recent`; `baseline` holds the `memory` that ended `gap` before the newest reading,
    both ends included. Times are those of the readings: nothing here knows a clock. The sorted values are
    kept up by bisection, so a reading costs O(log n) comparisons however long the memory is. While nobody
    needs them, readings can be laid by: that costs next to nothing, and the next `add` sorts once for all.
    """

    __slots__ = (
        "_baseline_from",
        "_baseline_to",
        "_edges",
        "_laid_by",
        "_most",
        "_now_from",
        "_roomy",
        "_times",
        "_values",
        "baseline",
        "now",
    )

    # Our choice: 30 readings a second. A device that floods shortens its own baseline and nothing else.
    MOST = 10_000

    def __init__(self, recent: timedelta, gap: timedelta, memory: timedelta, most: int = MOST) -> None:
        self._edges = (recent, gap, gap + memory)
        self._most = most
        self.clear()

    def reaches(self, at: datetime) -> bool:
        """Whether a reading taken at `at`, before the newest one, still has a place in the windows."""
        return bool(self._times) and self._times[-1] - at <= self._edges[2]

    @property
    def count(self) -> int:
        """How many readings count: those of the memory and those after it. To be asked after `add`."""
        return len(self._times) - self._baseline_from

    @property
    def oldest(self) -> datetime:
        """When the oldest reading that counts was taken. There has to be one: call it after `add`."""
        return self._times[self._baseline_from]

    def between(self, oldest: timedelta, youngest: timedelta) -> list[float]:
        """The sorted readings that are `youngest` or more older than the newest, and less than `oldest`."""
        times, newest = self._times, self._times[-1]
        begins = bisect_right(times, newest - oldest, lo=self._baseline_from)
        return sorted(self._values[begins : bisect_right(times, newest - youngest, lo=begins)])

    def clear(self) -> None:
        """Forget every reading."""
        self._times: list[datetime] = []
        self._values: list[float] = []
        self._baseline_from = self._baseline_to = self._now_from = 0
        self._laid_by, self._roomy = False, _FEWEST_TIDIED
        self.now: list[float] = []
        self.baseline: list[float] = []

    def lay_by(self, at: datetime, value: float) -> None:
        """Take in a reading that is not older than the newest. `now` and `baseline` are old until `add`."""
        self._times.append(at)
        self._values.append(value)
        self._laid_by = True
        if len(self._times) > self._roomy:
            self._tidy()

    def span(self, value: float) -> tuple[float, float]:
        """The least and the most of this value and all readings that still count."""
        self._tidy()
        return min(self._values, default=value), max(self._values, default=value)

    def add(self, at: datetime, value: float) -> None:
        """Take in a reading that is not older than the newest, and move the windows on to it."""
        times, values, now = self._times, self._values, self.now
        times.append(at)
        values.append(value)
        if self._laid_by:
            self._sort()
            return
        insort(now, value)
        recent, gap, memory = self._edges
        edge = at - recent
        while times[self._now_from] <= edge:
            del now[bisect_left(now, values[self._now_from])]
            self._now_from += 1
        edge = at - gap
        while times[self._baseline_to] <= edge:
            insort(self.baseline, values[self._baseline_to])
            self._baseline_to += 1
        edge = at - memory
        while times[self._baseline_from] < edge or len(self.baseline) > self._most:
            self._forget_oldest()

    def add_older(self, at: datetime, value: float) -> None:
        """Take in a reading that is older than the newest and that the windows still reach."""
        if self._laid_by and len(self._times) > self._most:
            self._sort()  # what a flood has pushed out is not to be counted again
        place = bisect_right(self._times, at, lo=self._baseline_from)
        self._times.insert(place, at)
        self._values.insert(place, value)
        if self._laid_by:
            return
        recent, gap, _ = self._edges
        age = self._times[-1] - at
        if age < recent:
            insort(self.now, value)
        else:
            self._now_from += 1
        if age >= gap:
            insort(self.baseline, value)
            self._baseline_to += 1

    def _forget_oldest(self) -> None:
        del self.baseline[bisect_left(self.baseline, self._values[self._baseline_from])]
        self._baseline_from += 1
        if self._baseline_from >= 1_000:
            self._drop(self._baseline_from)

    def _drop(self, gone: int) -> None:
        del self._times[:gone], self._values[:gone]
        self._baseline_from -= gone
        self._baseline_to -= gone
        self._now_from -= gone

    def _place(self) -> None:
        """Find the windows' edges anew, where bisection says that moving them on would have brought them."""
        times, (recent, gap, memory) = self._times, self._edges
        newest = times[-1]
        self._now_from = bisect_right(times, newest - recent)
        self._baseline_to = bisect_right(times, newest - gap)
        in_memory = bisect_left(times, newest - memory)
        self._baseline_from = max(self._baseline_from, in_memory, self._baseline_to - self._most)

    def _tidy(self) -> None:
        if self._laid_by and self._times:
            self._place()
        self._drop(self._baseline_from)
        self._roomy = max(_FEWEST_TIDIED, 2 * len(self._times))

    def _sort(self) -> None:
        self._place()
        self._laid_by = False
        self.now[:] = sorted(self._values[self._now_from :])
        self.baseline[:] = sorted(self._values[self._baseline_from : self._baseline_to])
