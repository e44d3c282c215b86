"""This is the place for running the real alarms over a stretch, and leaving out what changes nothing.

While nothing is on, a reading inside the limits leaves no trace but in what its device told last. The alarms
say themselves between which values that holds (`Alarms.quiet_band`); so such runs are skipped but for their
ends. While something is on, one reading in so many of those that stay on the same side of every limit is
heard. So the same is said at the same moments; only the numbers told beside it (`value`, `worst`) may be some
seconds older. tests/properties/reports compares with hearing everything.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Final

from healthmon.alarms import BY_LIMIT, AlarmClass, Alarms
from healthmon.alarms.limits import Terms
from healthmon.events import Entry, Remark
from healthmon.reports.lane import Lane
from healthmon.reports.stretch import Stretch, Told

BY_NAME: Final = MappingProxyType({row.id: row for row in BY_LIMIT})
"""The alarms that can be run again: those that look back would miss what is left out."""


def rerun(
    alarms: Alarms, stretch: Stretch, told: Sequence[Told], names: Collection[str] = tuple(BY_NAME)
) -> list[Remark]:
    """What these alarms say of the stretch, with `told` for what stands in it beside readings.

    `names`: of which alarms; no alarm depends on another but for the episode that it joins.
    """
    alarms.keep_only(names)
    run = _Run(alarms, stretch, [BY_NAME[name] for name in names])
    for one in told:
        run.until(one.entry.offset)
        run.hear(one)
    run.until(None)
    if stretch.end is not None:
        run.fire(stretch.end)
    return [remark for remark in run.said if remark.person == stretch.person]


_NEVER = 1 << 60


class _Walk:
    """Where in a lane the run stands. `band` is what may be skipped; None while every reading matters."""

    __slots__ = ("band", "changes", "heard", "hot", "lane", "position")

    def __init__(self, lane: Lane) -> None:
        self.lane = lane
        self.position = 0
        self.band: tuple[float, float] | None = None
        self.heard: int | None = None  # the position before, where it may be leapt from
        self.changes: list[int] = []
        self.hot: list[int] = []

    def next(self, end: int, due: datetime | None) -> int:
        """The next position that has to be heard, `end` if none before it."""
        if self.band is None:
            if self.heard is None:
                return min(self.position, end)
            return min(self.lane.leap(self.heard, end, self.changes, due), end)
        place = bisect_left(self.hot, self.position)
        return min(self.hot[place], end) if place < len(self.hot) else end


class _Run:
    def __init__(self, alarms: Alarms, stretch: Stretch, rows: Sequence[AlarmClass]) -> None:
        self.said: list[Remark] = []
        self._rows = rows
        self._alarms = alarms
        self._stretch = stretch
        self._walks = [_Walk(lane) for lane in stretch.lanes.values()]
        self._held: dict[str, list[Terms]] = {}  # by quantity
        self._stepped = -1  # the offset up to which steps were told
        self._look(self._walks)

    def until(self, offset: int | None) -> None:
        """Hear the readings before this offset that matter, and what skipped ones leave behind."""
        ends = [
            len(walk.lane) if offset is None else bisect_left(walk.lane.offsets, offset)
            for walk in self._walks
        ]
        while (first := self._first(ends)) is not None:
            walk, position, others = first
            self._hear_readings(walk, position, ends[self._walks.index(walk)], others)
        for walk, end in zip(self._walks, ends, strict=True):
            self._skip(walk, end)

    def hear(self, told: Told) -> None:
        """Anything but a reading; whatever was quiet may not be so any more."""
        self.fire(told.fires)
        self._say(self._alarms.observe(told.entry))
        self._held.clear()
        for walk in self._walks:
            walk.heard, walk.band, walk.changes = None, None, []
        self._look(self._walks)

    def fire(self, at: datetime) -> None:
        """What is due by then."""
        due = self._alarms.due()
        if due is not None and due <= at:
            self._say(self._alarms.fire(at))

    def _first(self, ends: Sequence[int]) -> tuple[_Walk, int, int] | None:
        """The next reading that matters, of whichever lane has it first, and the offset where others come."""
        due = self._alarms.due()
        waiting: list[tuple[int, int, int]] = []
        for number, (walk, end) in enumerate(zip(self._walks, ends, strict=True)):
            position = walk.next(end, due)
            if position < end:
                waiting.append((walk.lane.offsets[position], number, position))
        if not waiting:
            return None
        waiting.sort()
        others = waiting[1][0] if len(waiting) > 1 else _NEVER
        return self._walks[waiting[0][1]], waiting[0][2], others

    def _skip(self, walk: _Walk, end: int) -> None:
        if walk.position < end:
            for position in walk.lane.trace(walk.position, end) if walk.band is not None else ():
                self._alarms.observe(walk.lane.entry(position))
            walk.position, walk.heard = end, None

    def _hear_readings(self, walk: _Walk, position: int, end: int, others: int) -> None:
        """Hear this one, and those after it while something is on and no other lane has one to be heard."""
        lane, alarms = walk.lane, self._alarms
        self._skip(walk, position)
        while position < end and lane.offsets[position] < others:
            entry = lane.entry(position)
            self._step(entry)
            self.fire(entry.received)
            self._say(alarms.observe(entry))
            walk.position = position + 1
            self._look([walk])
            if walk.band is not None:
                return
            walk.heard = position if self._may_leap(walk, entry) else None
            position = walk.position = walk.next(end, alarms.due())

    def _may_leap(self, walk: _Walk, after: Entry) -> bool:
        """Whether readings that stay on the same side only say that it goes on. Not while a delay runs."""
        if self._alarms.is_pending(self._stretch.person, walk.lane.quantity):
            return False
        return self._stretch.is_still(after.time)

    def _step(self, before: Entry) -> None:
        for entry in self._stretch.steps(self._stepped, before):
            self._alarms.observe(entry)
        self._stepped = before.offset

    def _look(self, walks: Iterable[_Walk]) -> None:
        for walk in walks:
            band = self._alarms.quiet_band(self._stretch.person, walk.lane.quantity)
            if band is None:
                walk.changes = walk.changes or walk.lane.changes(self._terms(walk.lane.quantity))
            elif band != walk.band:
                walk.hot = walk.lane.hot(band, self._terms(walk.lane.quantity))
            walk.band = band

    def _terms(self, quantity: str) -> list[Terms]:
        known = self._held.get(quantity)
        if known is None:
            limits, person = self._alarms.limits, self._stretch.person
            rows = [row for row in self._rows if row.quantity == quantity]
            known = [terms for row in rows if (terms := limits.terms(person, row)) is not None]
            self._held[quantity] = known
        return known

    def _say(self, remarks: Iterable[Remark]) -> None:
        self.said.extend(remarks)


def new_alarms(said: Iterable[Remark]) -> Iterator[Remark]:
    """Those that reports count: raised, and not for the same stretch again."""
    return (one for one in said if one.verb == "RAISES" and one.context.get("why") == "held")
