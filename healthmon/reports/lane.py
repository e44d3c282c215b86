"""This is the place for one quantity of one person over a week, small enough to be gone through in a moment.

Five numbers a reading, in arrays; entries are made again only of those that somebody has to hear.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from math import isnan, nan

import numpy as np
from numpy.typing import NDArray

from healthmon.alarms.alone import Alone
from healthmon.alarms.source import OFTEN, Source
from healthmon.alarms.spell import HOLD
from healthmon.alarms.vital import Taken
from healthmon.events import Context, Entry, Thing
from healthmon.events.plausible import is_good
from healthmon.reports.moments import length_of, moment_of, number_of
from healthmon.reports.trail import Trail

LEAP = HOLD - timedelta(seconds=1)  # a silence that breaks no spell


class Lane:
    """The live readings of one quantity, by position 0 to `len`.

    Filled by `meet` before the rule hears a reading and `add` after, then closed, then read.
    """

    def __init__(self, person: str, quantity: str) -> None:
        self.quantity = quantity
        self.trails: list[Trail] = []
        self.usual: list[tuple[int, float | None]] = []  # from which offset on; for alarms of what is unusual
        self._person = person
        self._thing = Thing(quantity)
        self._devices: list[Thing] = []
        self._number_of: dict[Thing, int] = {}
        self._columns = (array("q"), array("q"), array("q"), array("d"), array("h"))
        self._taken, self._deaf = bytearray(), bytearray()
        self._made: dict[int, Entry] = {}
        self._marked: dict[int, Context] = {}
        self.offsets, self.times, self.stamps, self._values = self._columns[:4]

    def __len__(self) -> int:
        return len(self.offsets)

    def meet(self, entry: Entry, source: Source | None) -> None:
        """A reading that will be heard next; the device as it is known until then."""
        if entry.subject not in self._number_of:
            self._number_of[entry.subject] = len(self._devices)
            self._devices.append(entry.subject)
            self.trails.append(Trail(source))

    def add(self, entry: Entry, source: Source, usual: float | None) -> None:
        """The reading that was just heard, in the order of the log."""
        offsets, times, stamps, values, devices = self._columns
        number = self._number_of[entry.subject]
        amount, context = entry.amount, entry.context
        if "quality" in context and not is_good(context["quality"]) and amount:
            self._marked[len(offsets)] = context  # how it is marked may matter
        is_taken = self.trails[number].note(len(offsets), entry, source)
        if usual != (self.usual[-1][1] if self.usual else None):
            self.usual.append((entry.offset, usual))
        self._taken.append(is_taken)
        self._deaf.append(source.is_off)
        offsets.append(entry.offset)
        times.append(number_of(entry.time))
        stamps.append(number_of(entry.received))
        values.append(nan if amount is None else amount)
        devices.append(number)

    def cut(self, sources: Iterable[Source | None]) -> None:
        """Something else was heard, that may have made devices forget."""
        for trail, source in zip(self.trails, sources, strict=True):
            if source is not None:
                trail.cut(len(self), source)

    def close(self, told: Sequence[int]) -> None:
        """Everything was added: find out what goes on from reading to reading.

        `told` are the offsets of what is no reading: what comes after one does not simply go on.
        """
        others, devices = np.asarray(told, dtype=np.int64), np.asarray(self._columns[4])
        self.follows = np.zeros(len(self), dtype=bool)
        for trail in self.trails:
            self._follow(np.asarray(trail.all, dtype=np.int64), others)
        is_next = self.follows.copy()
        is_next[1:] &= devices[1:] == devices[:-1]
        after = np.searchsorted(np.asarray(self.offsets), others)
        is_next[after[after < len(self)]] = False
        self.breaks: list[int] = np.flatnonzero(~is_next).tolist()
        values = np.asarray(self._values)
        self.kinds, self.kind_at = np.unique(np.nan_to_num(values), return_inverse=True)

    def _follow(self, own: NDArray[np.int64], others: NDArray[np.int64]) -> None:
        """Which of one device's readings follow the one before it at once, with nothing else between."""
        taken, gaps = self.taken[own], np.diff(np.asarray(self.times)[own])
        follows = np.zeros(len(own), dtype=bool)
        follows[1:] = taken[1:] & taken[:-1] & (gaps > 0) & (gaps <= length_of(OFTEN))
        after = np.searchsorted(np.asarray(self.offsets)[own], others)
        follows[after[after < len(own)]] = False
        is_marked = np.isin(own, np.fromiter(self._marked, dtype=np.int64))
        follows &= ~is_marked
        follows[1:] &= ~is_marked[:-1]
        self.follows[own] = follows

    @property
    def taken(self) -> NDArray[np.bool_]:
        """Which readings were taken for those of a body."""
        return np.frombuffer(self._taken, dtype=np.bool_)

    @property
    def devices(self) -> Collection[str]:
        """Who tells, in the order of the trails."""
        return [thing.id or thing.type for thing in self._devices]

    def is_deaf(self, position: int) -> bool:
        """Whether the device was on nobody: what it told then begins and ends nothing."""
        return bool(self._deaf[position])

    def device(self, position: int) -> str:
        """Whose reading it is."""
        thing = self._devices[self._columns[4][position]]
        return thing.id or thing.type

    def stop(self, position: int, end: int) -> int:
        """The first position after this one, and not after `end`, that does not simply go on."""
        place = bisect_right(self.breaks, position)
        return min(end, self.breaks[place]) if place < len(self.breaks) else end

    def before(self, position: int, stop: int, at: datetime, received: datetime) -> int:
        """The first position from this one on that is as late as this, or was received as late."""
        found = bisect_left(self.times, number_of(at), position, stop)
        return bisect_left(self.stamps, number_of(received), position, found)

    def leap(self, heard: int, end: int, changes: Sequence[int], due: datetime | None) -> int:
        """The next position to hear after this one while something is on.

        Readings of one device that come often and stay on the same side only say that it goes on: of those
        one in `LEAP` is enough, and the first after a timer that is `due`.
        """
        stop = self.stop(heard, end) - 1  # the last one before a silence says since when
        if stop <= heard + 1:
            return heard + 1
        place = bisect_right(changes, heard)
        stop = min(stop, changes[place]) if place < len(changes) else stop
        if due is not None:
            stop = bisect_left(self.stamps, number_of(due), heard + 1, stop)
        far = bisect_right(self.times, self.times[heard] + length_of(LEAP), heard, stop) - 1
        return max(heard + 1, min(far, stop)) if far < stop - 1 else stop

    def recall(self, alone: Alone, position: int) -> None:
        """Make the devices of a rerun what they would be after all readings before this position."""
        for device, trail in zip(self.devices, self.trails, strict=True):
            source = alone.source(device)
            if source is not None:
                trail.recall(source, position, self.times, self._values)

    def read(self, begin: int, end: int) -> Iterator[Taken]:
        """Time, value and receipt of taken readings."""
        for position in range(begin, end):
            yield moment_of(self.times[position]), self._values[position], moment_of(self.stamps[position])

    def entry(self, position: int) -> Entry:
        """The reading as the rule hears it."""
        known = self._made.get(position)
        if known is None:
            known = self._made[position] = self._entry(position)
        return known

    def _entry(self, position: int) -> Entry:
        amount = self._values[position]
        context: Context = {"person": self._person, "value": None if isnan(amount) else amount}
        return Entry(
            id="",
            time=moment_of(self.times[position]),
            subject=self._devices[self._columns[4][position]],
            verb="MEASURES",
            object=self._thing,
            context=self._marked.get(position, context),
            offset=self.offsets[position],
            received=moment_of(self.stamps[position]),
        )
