"""This is the place for running one real alarm over a stretch, and leaving out what changes nothing.

While an alarm that goes by each reading is quiet, a reading inside its limits leaves nothing but in what its
device told last. So these are left out, and before the next that matters the last few of each device are
heard, as many as it remembers. Alarms that look back (falls, medians, what is usual) hear every reading.
tests/properties/reports compares with hearing everything.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

import numpy as np

from healthmon.alarms import AlarmClass, Alarms
from healthmon.alarms.classes import Kind
from healthmon.events import Remark
from healthmon.reports.lane import Lane, Positions
from healthmon.reports.stretch import Stretch, Told, said_of


def rerun(alarms: Alarms, stretch: Stretch, told: Sequence[Told], row: AlarmClass) -> list[Remark]:
    """What this alarm says of the stretch, with `told` for what stands in it beside readings.

    `alarms` is the rule as it was when the stretch began; afterwards it is of no more use.
    """
    run = _Run(alarms, stretch, row)
    for one in told:
        run.hear(one)
    run.end(stretch.end)
    return said_of(stretch.person, run.said)


class _Run:
    """Walks through the lane of the row's quantity. `_position` is the next reading to be heard or left out;
    those before it were, from `_left_out` on."""

    def __init__(self, alarms: Alarms, stretch: Stretch, row: AlarmClass) -> None:
        alarms.keep_only(row)
        self.said: list[Remark] = []
        self._alarms = alarms
        self._vital = alarms.vital(stretch.person, row.quantity)
        self._lane = stretch.lanes.get(row.quantity) or Lane(stretch.person, row.quantity)
        self._may_leave_out = row.kind is Kind.LIMIT
        self._position = self._left_out = 0
        self._band: tuple[float, float] | None = None
        self._outside: Positions = np.zeros(0, dtype=np.int64)

    def hear(self, told: Told) -> None:
        """Anything but a reading, after the readings before it. Steps ask for no device."""
        self._walk(self._lane.place(told.entry.offset))
        if told.entry.verb != "MEASURES":
            self._catch_up()
        self._fire(told.fires)
        self.said += self._alarms.observe(told.entry)

    def end(self, at: datetime | None) -> None:
        """The rest of the readings, and what is due by then."""
        self._walk(len(self._lane))
        if at is not None:
            self._fire(at)

    def _walk(self, end: int) -> None:
        while self._position < end:
            if self._may_leave_out and self._vital.is_quiet:
                self._position = self._leave_out(end)
                if self._position == end:
                    return
                self._catch_up()
            self._read(self._position)
            self._position += 1
            self._left_out = self._position

    def _leave_out(self, end: int) -> int:
        """Where the next reading is that could begin something."""
        band = (self._vital.lower, self._vital.upper)
        if band != self._band:
            self._band, self._outside = band, self._lane.outside(*band)
        place = int(np.searchsorted(self._outside, self._position))
        return min(end, int(self._outside[place])) if place < len(self._outside) else end

    def _catch_up(self) -> None:
        """Hear of what was left out as much as the devices remember."""
        if self._left_out < self._position:
            for position in self._lane.latest(self._left_out, self._position):
                self._read(position)
            self._left_out = self._position

    def _read(self, position: int) -> None:
        source = self._vital.sources.get(self._lane.device(position))
        if source is not None and source.is_off:
            if self._lane.is_deaf(position):
                return
            # Readings of any quantity may have shown that it is worn: the rule that heard all knows.
            source.is_off = False
        entry = self._lane.entry(position)
        self._fire(entry.received)
        self.said += self._alarms.observe(entry)

    def _fire(self, at: datetime) -> None:
        due = self._alarms.due()
        if due is not None and due <= at:
            self.said += self._alarms.fire(at)


def new_alarms(said: Iterable[Remark]) -> Iterator[Remark]:
    """Those that reports count: raised, and not for the same stretch again."""
    return (one for one in said if one.verb == "RAISES" and one.context.get("why") == "held")
