"""This is the place for running one real alarm over a stretch, and leaving out what changes nothing.

While nothing is on, a reading inside the limits leaves no trace but in what its device told last
(`alarms.alone`); so such runs are skipped, and the device is given what they would have left. So are
readings by which nothing can begin (`suspects`). While a delay runs, readings are shown to the machine
without asking for its timers in between; while the alarm is on, one reading in so many of those that stay on
the same side of every limit is heard. So the same is said at the same moments; only the numbers told beside
it (`value`, `worst`) may be some seconds older. tests/properties/reports compares with hearing everything.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Final

from healthmon.alarms import CLASSES, AlarmClass, Alarms
from healthmon.events import Entry, Remark
from healthmon.reports.lane import LEAP, Lane
from healthmon.reports.stretch import Stretch, Told, said_of

BY_NAME: Final = MappingProxyType({row.id: row for row in CLASSES})


def rerun(alarms: Alarms, stretch: Stretch, told: Sequence[Told], row: AlarmClass) -> list[Remark]:
    """What this alarm says of the stretch, with `told` for what stands in it beside readings.

    `alarms` is the rule as it was when the stretch began; afterwards it is of no more use.
    """
    run = _Run(alarms, stretch, row)
    for one in told:
        run.until(one.entry.offset)
        run.hear(one)
    run.until(None)
    if stretch.end is not None:
        run.fire(stretch.end)
    return said_of(stretch.person, run.said)


class _Run:
    """Walks through the lane of the row's quantity. `_position` is the next reading to be thought of."""

    def __init__(self, alarms: Alarms, stretch: Stretch, row: AlarmClass) -> None:
        self.said: list[Remark] = []
        self._alarms, self._stretch = alarms, stretch
        self._alone = alarms.alone(stretch.person, row)
        self._lane = stretch.lanes.get(row.quantity) or Lane(stretch.person, row.quantity)
        self._suspects = stretch.suspects(row)
        self._usual = list(self._lane.usual)
        self._alone.be_told(self._alone.usual)
        self._position = 0
        self._is_behind = False  # readings were left out that the devices have to be told of
        self._stepped = -1  # the offset up to which steps were told
        self._hot: list[int] = []
        self._look()

    def until(self, offset: int | None) -> None:
        """Hear the readings before this offset that matter, and what left out ones leave behind."""
        while self._usual and (offset is None or self._usual[0][0] < offset):
            begins, usual = self._usual.pop(0)
            self._walk(self._place(begins))
            self._alone.be_told(usual)
            self._look()
        self._walk(self._place(offset))
        self._catch_up()

    def hear(self, told: Told) -> None:
        """Anything but a reading; whatever was quiet may not be so any more."""
        self.fire(told.fires)
        self.said += self._alarms.observe(told.entry)
        self._look()

    def fire(self, at: datetime) -> None:
        """What is due by then."""
        due = self._alarms.due()
        if due is not None and due <= at:
            self.said += self._alarms.fire(at)

    def _place(self, offset: int | None) -> int:
        return len(self._lane) if offset is None else bisect_left(self._lane.offsets, offset)

    def _walk(self, end: int) -> None:
        while self._position < end:
            if self._band is not None:
                self._go_to(self._next_hot(end))
            if self._position < end:
                self._read(end)

    def _go_to(self, position: int) -> None:
        self._is_behind = self._is_behind or position > self._position
        self._position = position

    def _next_hot(self, end: int) -> int:
        place = bisect_left(self._hot, self._position)
        return min(self._hot[place], end) if place < len(self._hot) else end

    def _catch_up(self) -> None:
        if self._is_behind:
            self._lane.recall(self._alone, self._position)
            self._is_behind = False

    def _read(self, end: int) -> None:
        """Hear the next reading, and find the one after it."""
        heard, lane = self._position, self._lane
        if lane.is_deaf(heard) and self._alone.source(lane.device(heard)) is not None:
            self._go_to(heard + 1)
            return
        self._catch_up()
        entry = lane.entry(heard)
        self._step(entry)
        self.fire(entry.received)
        self._is_worn(heard)
        self.said += self._alarms.observe(entry)
        self._position = heard + 1
        self._look()
        if self._band is None and self._position < end and self._stretch.is_still(entry.time):
            if self._alone.is_on:
                self._leap(heard, end)
            else:
                self._go_on(entry, end)

    def _leap(self, heard: int, end: int) -> None:
        """Readings that stay on the same side only say that it goes on."""
        terms = self._alone.terms
        if terms is not None and self._suspects is not None:
            changes = self._suspects.changes(terms, self._alone.usual)
            self._go_to(self._lane.leap(heard, end, changes, self._alarms.due()))

    def _go_on(self, after: Entry, end: int) -> None:
        """Readings before anything can ring, or be given up."""
        lane = self._lane
        stop = lane.stop(self._position - 1, end)
        until = self._alone.silent_until(after.time, LEAP)
        due = self._alarms.due()
        stop = lane.before(self._position, stop, until, min(until, due) if due is not None else until)
        # The last of them is heard like any other: it sets the timers, before one that was set is due.
        taken = lane.read(self._position, stop - 1)
        heard, said = self._alone.go_on(lane.device(self._position - 1), taken)
        self._position += heard
        self.said += said
        if heard:
            self._look()

    def _is_worn(self, position: int) -> None:
        """Readings of any quantity may have shown that a device is worn: the rule that heard all knows."""
        source = self._alone.source(self._lane.device(position))
        if source is not None and source.is_off:
            source.is_off = False

    def _step(self, before: Entry) -> None:
        for entry in self._stretch.steps(self._stepped, before):
            self._alarms.observe(entry)
        self._stepped = before.offset

    def _look(self) -> None:
        band, terms = self._alone.band, self._alone.terms
        self._band = band
        if band is None or self._suspects is None:
            return
        self._hot = self._suspects.hot(band, terms) if terms is not None else []


def new_alarms(said: Iterable[Remark]) -> Iterator[Remark]:
    """Those that reports count: raised, and not for the same stretch again."""
    return (one for one in said if one.verb == "RAISES" and one.context.get("why") == "held")
