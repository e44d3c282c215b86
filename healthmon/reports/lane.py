"""This is the place for one quantity of one person over a week, small enough to be gone through in a moment.

Five numbers a reading, in arrays; entries are made again only of those that somebody has to hear.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from math import isnan, nan

import numpy as np
from numpy.typing import NDArray

from healthmon.alarms.classes import Side
from healthmon.alarms.limits import Terms
from healthmon.alarms.source import OFTEN, REMEMBERED
from healthmon.alarms.spell import HOLD
from healthmon.alarms.states import Signal
from healthmon.events import Context, Entry, Thing
from healthmon.events.plausible import GATES

LEAP = HOLD - timedelta(seconds=1)  # a silence that breaks no spell
_GOOD = "good"
_FOR_EVER = 1 << 60
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_KEPT_BANDS = 64  # found positions of as many bands are remembered: a slider comes back to where it was


class Lane:
    """The live readings of one quantity, by position 0 to `len`. Filled by `add`, then closed, then read."""

    def __init__(self, person: str, quantity: str) -> None:
        self.quantity = quantity
        self._person = person
        self._thing = Thing(quantity)
        self._devices: list[Thing] = []
        self._number_of: dict[Thing, int] = {}
        self._columns = (array("q"), array("q"), array("q"), array("d"), array("h"))
        self._hot: dict[tuple[tuple[float, float], tuple[Terms, ...]], list[int]] = {}
        self._changes: dict[tuple[Terms, ...], list[int]] = {}
        self._made: dict[int, Entry] = {}
        self._marked: dict[int, Context] = {}
        self.offsets = self._columns[0]

    def __len__(self) -> int:
        return len(self._columns[0])

    def add(self, entry: Entry) -> None:
        """One more reading, in the order of the log."""
        offsets, times, stamps, values, devices = self._columns
        number = self._number_of.get(entry.subject)
        if number is None:
            number = self._number_of[entry.subject] = len(self._devices)
            self._devices.append(entry.subject)
        amount = entry.amount
        quality = entry.context.get("quality")
        if quality is not None and quality != _GOOD and amount:
            self._marked[len(offsets)] = entry.context  # how it is marked may matter
        offsets.append(entry.offset)
        times.append((entry.time - _EPOCH) // _MICROSECOND)
        stamps.append((entry.received - _EPOCH) // _MICROSECOND)
        values.append(nan if amount is None else amount)
        devices.append(number)

    def close(self, told: Sequence[int]) -> None:
        """Everything was added: find out what is told out of order, and what each device told.

        `told` are the offsets of what is no reading: what comes after one does not simply go on.
        """
        offsets, times, stamps, values, devices = (np.asarray(column) for column in self._columns)
        low_high = GATES[self.quantity]
        self._times, self._stamps = times, stamps
        self._is_valid = (values >= low_high[0]) & (values <= low_high[1])
        is_odd = np.zeros(len(values), dtype=bool)
        self._kinds, self._kind_at = np.unique(values, return_inverse=True)
        self._valid_of: list[list[int]] = []
        self._felt_nothing_of: list[list[int]] = []
        for number in range(len(self._devices)):
            own = np.flatnonzero(devices == number)
            is_valid = self._is_valid[own]
            reached = np.maximum.accumulate(np.where(is_valid, times[own], np.iinfo(np.int64).min))
            is_odd[own[1:]] = times[own[1:]] <= reached[:-1]
            is_odd[own[:1]] = True  # who it is becomes known with the first
            self._valid_of.append(own[is_valid].tolist())
            self._felt_nothing_of.append(own[~is_valid].tolist())
        self._odd = is_odd
        goes_on = np.zeros(len(values), dtype=bool)
        goes_on[1:] = (
            (devices[1:] == devices[:-1])
            & self._is_valid[1:]
            & self._is_valid[:-1]
            & ~is_odd[1:]
            & (np.diff(times) <= OFTEN // _MICROSECOND)
        )
        for position in self._marked:
            goes_on[position : position + 2] = False
        after = np.searchsorted(offsets, np.asarray(told, dtype=np.int64))
        goes_on[after[after < len(values)]] = False
        self._values = np.nan_to_num(values)
        self._breaks: list[int] = np.flatnonzero(~goes_on).tolist()
        self._broken = np.cumsum(~goes_on)

    def changes(self, terms: Sequence[Terms]) -> list[int]:
        """Where a reading lies on another side of any of these limits than the one before it."""
        known = self._changes.get(tuple(terms))
        if known is None:
            zones: dict[tuple[tuple[Signal, bool], ...], int] = {}
            sides = [tuple(one.side_of(value) for one in terms) for value in self._kinds.tolist()]
            numbers = np.array([zones.setdefault(side, len(zones)) for side in sides], dtype=np.int32)
            known = (np.flatnonzero(np.diff(numbers[self._kind_at])) + 1).tolist()
            if len(self._changes) >= _KEPT_BANDS:
                self._changes.clear()
            self._changes[tuple(terms)] = known
        return known

    def leap(self, heard: int, end: int, changes: list[int], due: datetime | None) -> int:
        """The next position to hear after this one while something is on.

        Readings of one device that come often and stay on the same side only say that it goes on: of those
        one in `LEAP` is enough, and the first after a timer that is `due`. Before anything else happens, its
        last ones are heard: its pace counts then.
        """
        place = bisect_right(self._breaks, heard)
        stop = (min(end, self._breaks[place]) if place < len(self._breaks) else end) - REMEMBERED
        if stop <= heard + 1:
            return heard + 1
        place = bisect_right(changes, heard)
        stop = min(stop, changes[place]) if place < len(changes) else stop
        if due is not None:
            stop = bisect_left(self._columns[2], (due - _EPOCH) // _MICROSECOND, heard + 1, stop)
        times = self._columns[1]
        far = bisect_right(times, times[heard] + LEAP // _MICROSECOND, heard, stop) - 1
        return max(heard + 1, min(far, stop)) if far < stop - 1 else stop

    def at(self, position: int) -> datetime:
        """When this reading was taken."""
        return _EPOCH + self._columns[1][position] * _MICROSECOND

    def hot(self, band: tuple[float, float], terms: Sequence[Terms]) -> list[int]:
        """Where a reading is not inside this band, or the first of its device, or out of order.

        One that feels nothing is neither here nor there: while nothing is on it changes nothing. Nor do those
        that are beyond a limit, but all together for less than the shortest delay of what they are beyond.
        """
        known = self._hot.get((band, tuple(terms)))
        if known is None:
            is_out = self._is_valid & ((self._values <= band[0]) | (self._values >= band[1]))
            self._leave_out_brief(is_out, terms)
            known = np.flatnonzero(is_out | self._odd).tolist()
            if len(self._hot) >= _KEPT_BANDS:
                self._hot.clear()
            self._hot[band, tuple(terms)] = known
        return known

    def _leave_out_brief(self, is_out: NDArray[np.bool_], terms: Sequence[Terms]) -> None:
        """Take runs out that end before anything could ring. Of several devices none: each has its own."""
        edges = np.flatnonzero(np.diff(is_out, prepend=False))
        edges = edges[: len(edges) // 2 * 2]  # one that never ends is none
        begins, ends = edges[::2], edges[1::2]
        if len(self._devices) > 1 or not len(begins):
            return
        lasting = np.full(len(begins), _FOR_EVER)
        for one in terms:
            worst = (np.minimum if one.side is Side.LOW else np.maximum).reduceat(self._values, edges)[::2]
            is_beyond = np.array([one.judge(value) is Signal.BEYOND for value in worst.tolist()])
            lasting[is_beyond] = np.minimum(lasting[is_beyond], one.delay // _MICROSECOND)
        is_brief = (self._broken[ends] == self._broken[begins]) & (lasting < _FOR_EVER)
        is_brief &= self._stamps[ends] < self._times[begins] + lasting
        for begin, end in zip(begins[is_brief].tolist(), ends[is_brief].tolist(), strict=True):
            is_out[begin:end] = False

    def trace(self, begin: int, end: int) -> list[int]:
        """Which of the quiet readings from `begin` to before `end` leave a trace: the last of each device."""
        found: list[int] = []
        for valid, nothing in zip(self._valid_of, self._felt_nothing_of, strict=True):
            last = bisect_left(valid, end)
            found += valid[max(bisect_left(valid, begin), last - REMEMBERED) : last]
            last = bisect_left(nothing, end)
            found += nothing[max(bisect_left(nothing, begin), last - 1) : last]
        return sorted(found)

    def entry(self, position: int) -> Entry:
        """The reading as the rule hears it."""
        known = self._made.get(position)
        if known is None:
            known = self._made[position] = self._entry(position)
        return known

    def _entry(self, position: int) -> Entry:
        amount = self._columns[3][position]
        context: Context = {"person": self._person, "value": None if isnan(amount) else amount}
        return Entry(
            id="",
            time=_EPOCH + self._columns[1][position] * _MICROSECOND,
            subject=self._devices[self._columns[4][position]],
            verb="MEASURES",
            object=self._thing,
            context=self._marked.get(position, context),
            offset=self._columns[0][position],
            received=_EPOCH + self._columns[2][position] * _MICROSECOND,
        )
