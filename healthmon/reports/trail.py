"""This is the place for what one device told of one quantity, and what the rule of alarms kept of it.

Kept while the rule hears everything; given back to a device of a rerun that heard only parts (`recall`).
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import datetime

from healthmon.alarms.source import REMEMBERED, Source
from healthmon.events import Entry
from healthmon.reports.moments import moment_of

_MOST_SAMPLES = 128  # more than any source keeps


class Trail:
    """Positions in the lane of one device's readings. Filled by `note` and `cut`, in order, then read.

    `before` is the device as it was before its first reading of the stretch, if it was known.
    """

    def __init__(self, before: Source | None) -> None:
        self.all, self.taken = array("q"), array("q")
        self.samples: list[tuple[datetime, float]] = list(before.samples) if before is not None else []
        self.sampled: list[int] = [-1] * len(self.samples)
        self.is_set_back = False
        self._times = list(before.times) if before is not None else []
        self._anew: list[int] = []  # places in `taken`: what was told before one is forgotten
        self._cut_at: list[int] = []  # positions from which on only samples from a place on are remembered
        self._cut: list[int] = []
        self._newest: datetime | None = before.newest if before is not None and before.times else None

    def note(self, position: int, entry: Entry, source: Source) -> bool:
        """A reading that the rule has just heard. Whether it was taken for one of a body."""
        self.all.append(position)
        is_taken = bool(source.times) and source.times[-1] is entry.time
        if is_taken:
            if self._newest is not None and entry.time <= self._newest:
                self.is_set_back = True
                self._anew.append(len(self.taken))
                self._cut_from(position)
            self._newest = entry.time
            self.taken.append(position)
        if source.samples and source.samples[-1][0] is entry.time:
            self.samples.append(source.samples[-1])
            self.sampled.append(position)
        return is_taken

    def cut(self, position: int, source: Source) -> None:
        """Something else was heard before the reading of that position: samples may be forgotten."""
        if not source.samples and self.samples:
            self._cut_from(position)

    def anew(self) -> list[int]:
        """The positions of readings by which the device's clock was set back."""
        return [self.taken[place] for place in self._anew]

    def recall(self, source: Source, position: int, times: Sequence[int], values: Sequence[float]) -> None:
        """Make a source what it would be after all readings before this position."""
        place = bisect_left(self.taken, position)
        if not place:
            return
        anew = bisect_right(self._anew, place - 1)
        begin = max(self._anew[anew - 1] if anew else 0, place - REMEMBERED)
        told = [moment_of(times[one]) for one in self.taken[begin:place]]
        if not anew:
            told = self._times + told
        last = self.taken[place - 1]
        after = bisect_left(self.all, position)
        source.recall(told, values[last], "" if self.all[after - 1] == last else "no-pulse")
        if source.looks_back:
            self._recall_samples(source, position)

    def _recall_samples(self, source: Source, position: int) -> None:
        end = bisect_left(self.sampled, position)
        cut = bisect_right(self._cut_at, position)
        begin = self._cut[cut - 1] if cut else 0
        source.recall_samples(self.samples[max(begin, end - _MOST_SAMPLES) : end])

    def _cut_from(self, position: int) -> None:
        self._cut_at.append(position)
        self._cut.append(len(self.samples))
