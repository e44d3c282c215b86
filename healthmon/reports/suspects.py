"""This is the place for which readings of a lane an alarm could begin with, or change its mind at.

Found with arrays, once for each position of a slider. Never an answer: each reading that could matter is
shown to the machine, which decides. So what is here may name too many, and must not miss one.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from healthmon.alarms import AlarmClass, Kind
from healthmon.alarms.classes import FLOOR_DELAY
from healthmon.alarms.conditions.fall import LEVEL_OVER
from healthmon.alarms.conditions.median import WINDOW
from healthmon.alarms.limits import Terms
from healthmon.alarms.source import SAMPLES_EVERY
from healthmon.alarms.states import Signal
from healthmon.reports.lane import Lane
from healthmon.reports.moments import length_of, moment_of, number_of
from healthmon.reports.trail import Trail

_KEPT = 64  # of as many terms: a slider comes back to where it was
_SAMPLES = 26  # as many as there are in the time over which a level is found, and one
_SETTLES = WINDOW + timedelta(seconds=30)  # so long after a break a median may be of too few

_QUARTER = length_of(timedelta(minutes=15))  # every zone's hours begin with one

Flags = NDArray[np.bool_]
_Key = TypeVar("_Key")


class Suspects:
    """What could matter to one row. `moved` and `is_day`, by reading: for rows that ask for rest or day."""

    def __init__(self, lane: Lane, row: AlarmClass, moved: Flags, is_day: Flags) -> None:
        self._lane, self._row = lane, row
        self._begins = np.array(lane.taken)
        if row.by_day:
            self._begins &= is_day
        self._moved = moved if row.rest else None
        self._odd = _odd(lane)
        self._samples = [_Samples(trail) for trail in lane.trails] if row.kind is not Kind.LIMIT else []
        self._values = lane.kinds[lane.kind_at]
        self._hot: dict[tuple[tuple[float, float], Terms], list[int]] = {}
        self._changes: dict[tuple[Terms, float | None], list[int]] = {}

    def hot(self, band: tuple[float, float], terms: Terms) -> list[int]:
        """Where, while nothing is on, a reading could begin something or leave a trace; in order."""
        known = self._hot.get((band, terms))
        if known is None:
            is_out = self._begins & self._of_kinds([not band[0] < one < band[1] for one in self._kinds])
            if self._moved is not None:
                is_out &= ~self._moved | self._of_kinds([terms.is_critical(one) for one in self._kinds])
            for trail, samples in zip(self._lane.trails, self._samples, strict=False):
                self._look_back(is_out, trail, samples, terms)
            if self._row.kind is not Kind.FALL:  # a fall is remembered after it
                self._leave_out_brief(is_out, terms)
            known = np.flatnonzero(is_out | self._odd).tolist()
            _keep(self._hot, (band, terms), known)
        return known

    def changes(self, terms: Terms, usual: float | None) -> list[int]:
        """Where a reading may lie on another side than the one before it, while something is on; in order."""
        known = self._changes.get((terms, usual))
        if known is None:
            known = np.flatnonzero(self._changed(terms, usual)).tolist()
            _keep(self._changes, (terms, usual), known)
        return known

    @property
    def _kinds(self) -> list[float]:
        kinds: list[float] = self._lane.kinds.tolist()
        return kinds

    def _of_kinds(self, flags: Sequence[bool]) -> Flags:
        found: Flags = np.array(flags, dtype=bool)[self._lane.kind_at]
        return found

    def _changed(self, terms: Terms, usual: float | None) -> Flags:
        if self._row.kind is Kind.FALL:  # the level is another for each
            return np.ones(len(self._lane), dtype=bool)
        limit = terms.limit if self._row.kind is not Kind.USUAL else (usual or 0.0) - terms.limit
        zones: dict[tuple[Signal, bool], int] = {}
        sides = [(terms.judge(one, limit), terms.is_critical(one)) for one in self._kinds]
        numbers = np.array([zones.setdefault(side, len(zones)) for side in sides], dtype=np.int16)
        found: Flags = np.diff(numbers[self._lane.kind_at], prepend=numbers[:1]) != 0
        if self._row.kind is Kind.MEDIAN:
            for trail, samples in zip(self._lane.trails, self._samples, strict=True):
                moves = samples.median_may_move(terms)
                where = np.asarray(trail.sampled, dtype=np.int64)
                found[where[moves & (where >= 0)]] = True
        return found

    def _look_back(self, is_out: Flags, trail: Trail, samples: "_Samples", terms: Terms) -> None:
        """Take out what cannot be, by the samples before it."""
        own = np.asarray(trail.all, dtype=np.int64)
        newest = samples.newest_at(own)
        if self._row.kind is Kind.FALL:
            may_be = samples.highest()[newest] - self._values[own] >= terms.limit
        elif self._row.kind is Kind.MEDIAN:
            may_be = samples.may_be_beyond(terms)[newest]
        else:
            return
        is_out[own] &= may_be

    def _leave_out_brief(self, is_out: Flags, terms: Terms) -> None:
        """Take runs out that end before anything could ring: each device has its own."""
        is_critical = self._of_kinds([terms.is_critical(one) for one in self._kinds])
        for trail in self._lane.trails:
            own = np.asarray(trail.all, dtype=np.int64)
            edges = np.flatnonzero(np.diff(is_out[own], prepend=False))
            edges = edges[: len(edges) // 2 * 2]  # one that never ends is none
            if not len(edges):
                continue
            begins, ends = edges[::2], edges[1::2]
            sinks = np.logical_or.reduceat(is_critical[own], edges)[::2]
            delays = (length_of(terms.delay), length_of(min(terms.delay, FLOOR_DELAY)))
            over = np.asarray(self._lane.times)[own[begins]] + np.where(sinks, delays[1], delays[0])
            broken = np.cumsum(~self._lane.follows[own])
            is_brief = (broken[ends] == broken[begins]) & (np.asarray(self._lane.stamps)[own[ends]] < over)
            for begin, end in zip(begins[is_brief].tolist(), ends[is_brief].tolist(), strict=True):
                is_out[own[begin:end]] = False


class _Samples:
    """What a device's readings are looked back at with. Place 0 of what is returned stands for none yet."""

    def __init__(self, trail: Trail) -> None:
        self._at = np.asarray(trail.sampled, dtype=np.int64)
        self._times = np.array([number_of(at) for at, _ in trail.samples], dtype=np.int64)
        self._values = np.array([value for _, value in trail.samples], dtype=np.float64)
        self._is_in_order = not trail.is_set_back
        self._highest: NDArray[np.float64] | None = None

    def newest_at(self, positions: NDArray[np.int64]) -> NDArray[np.int64]:
        """The place of the newest sample at each of these positions."""
        return np.searchsorted(self._at, positions, side="right")

    def highest(self) -> NDArray[np.float64]:
        """The highest of those over which a level is found."""
        if self._highest is None:
            found = self._values.copy()
            for back in range(1, min(_SAMPLES, len(found))):
                is_near = self._times[back:] - self._times[:-back] <= length_of(LEVEL_OVER)
                np.maximum(found[back:], self._values[:-back], out=found[back:], where=is_near)
            self._highest = np.concatenate(([-np.inf], found))
        return self._highest

    def may_be_beyond(self, terms: Terms) -> Flags:
        """Whether at least half of those of the last ten minutes are beyond."""
        if not self._is_in_order:
            return np.ones(len(self._values) + 1, dtype=bool)
        beyond, several = self._counted(terms, {Signal.BEYOND})
        return np.concatenate(([False], 2 * beyond >= several))

    def median_may_move(self, terms: Terms) -> Flags:
        """Whether the median may lie on another side than at the sample before it."""
        if not self._is_in_order or not len(self._values):
            return np.ones(len(self._values), dtype=bool)
        moves = np.zeros(len(self._values), dtype=bool)
        for sides in ({Signal.BEYOND}, {Signal.CLEAR}):
            those, several = self._counted(terms, sides)
            halves = np.sign(2 * those - several)
            moves |= (halves == 0) | (np.diff(halves, prepend=halves[:1]) != 0)
        is_gap = np.diff(self._times, prepend=self._times[:1]) > length_of(2 * SAMPLES_EVERY)
        is_gap[0] = True
        since = np.maximum.accumulate(np.where(is_gap, self._times, np.iinfo(np.int64).min))
        return moves | (self._times - since <= length_of(_SETTLES))

    def _counted(self, terms: Terms, sides: set[Signal]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """How many of the last ten minutes lie there, and how many there are."""
        kinds, kind_at = np.unique(self._values, return_inverse=True)
        is_there = np.array([terms.judge(one) in sides for one in kinds.tolist()], dtype=np.int64)
        total = np.concatenate(([0], np.cumsum(is_there[kind_at] if len(kinds) else is_there)))
        begins = np.searchsorted(self._times, self._times - length_of(WINDOW), side="right")
        places = np.arange(1, len(self._values) + 1)
        return total[places] - total[begins], places - begins


def _odd(lane: Lane) -> Flags:
    """The first reading of each device, and those by which a clock was set back: heard whatever they say."""
    found = np.zeros(len(lane), dtype=bool)
    for trail in lane.trails:
        found[[*trail.all[:1], *trail.anew()]] = True
    return found


def days_at(lane: Lane, is_day: Callable[[datetime], bool]) -> Flags:
    """Whether it was day at each reading: asked for each quarter of an hour."""
    quarters, quarter_at = np.unique(np.asarray(lane.times) // _QUARTER, return_inverse=True)
    flags = [is_day(moment_of(one * _QUARTER)) for one in quarters.tolist()]
    found: Flags = np.array(flags, dtype=bool)[quarter_at]
    return found


def _keep(known: dict[_Key, list[int]], key: _Key, found: list[int]) -> None:
    if len(known) >= _KEPT:
        known.clear()
    known[key] = found
