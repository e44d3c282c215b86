"""This is the place for a stretch of one person's log as the alarms hear it: readings apart from the rest.

The rule hears everything once, as it was; what it said and what it kept is noted for reruns.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Final

import numpy as np

from healthmon.alarms import AlarmClass, Alarms
from healthmon.alarms.book import STEPS
from healthmon.alarms.classes import REST
from healthmon.alarms.zones import is_day
from healthmon.events import Delivery, Entry, Remark
from healthmon.events.plausible import GATES
from healthmon.reports.lane import Lane
from healthmon.reports.moments import length_of, number_of
from healthmon.reports.suspects import Flags, Suspects, days_at

# Of devices whoever wears them: that one is worn, or there, is asked of every reading it tells.
_OF_DEVICES: Final = frozenset({"WORN", "AVAILABILITY"})
_LIVE = Delivery.LIVE


@dataclass(frozen=True, slots=True)
class Told:
    """Anything but a reading, and up to when timers fire before it: nobody fires them while none records."""

    entry: Entry
    fires: datetime


class Stretch:
    """What the rule of alarms could hear about one person. Filled by `take`, once, in order, then closed.

    `alarms` is the rule as it was when the stretch began; it hears all of it. What it has no ear for is not
    kept. A quantity that has no range of readings, and so no lane, is kept whole.
    """

    def __init__(self, person: str, alarms: Alarms) -> None:
        self.person = person
        self.lanes: dict[str, Lane] = {}
        self.told: list[Told] = []
        self.said: list[Remark] = []
        self.begin: datetime | None = None
        self.end: datetime | None = None
        self._alarms = alarms
        self._ears: dict[str, bool] = {}
        self._steps: list[Entry] = []
        self._zones: set[tzinfo] = set()
        self._suspects: dict[str, Suspects] = {}

    def take(self, entry: Entry) -> None:
        """The next entry of the log, about anybody."""
        if entry.verb == "MEASURES":
            self._measured(entry)
        elif self._is_theirs(entry):
            is_start = entry.subject.type == "MONITOR" and (
                entry.verb == "STARTS" or (entry.verb == "REPORTS" and entry.object.type == "GAP")
            )
            self._tell(entry, self.end if is_start and self.end is not None else entry.received)
        self.begin = self.begin or entry.received
        self.end = entry.received

    def close(self) -> None:
        """Nothing more comes."""
        if self.end is not None:
            self._fire(self.end)
        for lane in self.lanes.values():
            lane.close([one.entry.offset for one in self.told])
        self._zones.add(self._alarms.limits.zone(self.person))
        self._steps_at = [entry.offset for entry in self._steps]
        self._moved = sorted(entry.time for entry in self._steps if entry.amount)

    def suspects(self, row: AlarmClass) -> Suspects | None:
        """Which readings could matter to this row; None where its quantity was never measured."""
        lane = self.lanes.get(row.quantity)
        if lane is None:
            return None
        known = self._suspects.get(row.id)
        if known is None:
            known = Suspects(lane, row, self._moved_lately(lane, row), days_at(lane, self._is_day))
            self._suspects[row.id] = known
        return known

    def readings(self) -> int:
        """How many there are in all lanes."""
        return sum(map(len, self.lanes.values()))

    def steps(self, begin: int, end: Entry) -> list[Entry]:
        """Steps that were told after offset `begin` and before this reading, so lately that they matter."""
        first, last = bisect_right(self._steps_at, begin), bisect_right(self._steps_at, end.offset)
        while first < last and end.time - self._steps[first].time > 2 * REST:
            first = self._later(first, last, end)
        return self._steps[first:last]

    def is_still(self, at: datetime) -> bool:
        """Whether nobody moved for so long, and will for a moment, that rest neither begins nor ends."""
        place = bisect_right(self._moved, at - 2 * REST)
        return place == len(self._moved) or self._moved[place] > at + REST

    def _later(self, first: int, last: int, end: Entry) -> int:
        # Steps come in the order of their times but for seconds: whole halves of them are long ago.
        middle = (first + last) // 2
        return middle if middle > first and end.time - self._steps[middle].time > 2 * REST else first + 1

    def _measured(self, entry: Entry) -> None:
        kind = entry.object.type
        if entry.context.get("person") != self.person or not self._hears(kind):
            return
        if entry.delivery is not _LIVE:
            self._alarms.observe(entry)  # old: it tells what is usual
        elif kind in GATES:
            self._read(entry)
        elif kind == STEPS:
            self._hear(entry, entry.received)
            self._steps.append(entry)
        else:
            self._tell(entry, entry.received)

    def _read(self, entry: Entry) -> None:
        kind, device = entry.object.type, entry.subject.id or entry.subject.type
        lane = self.lanes.get(kind)
        if lane is None:
            lane = self.lanes[kind] = Lane(self.person, kind)
        vital = self._alarms.vital(self.person, kind)
        lane.meet(entry, vital.sources.get(device))
        self._hear(entry, entry.received)
        lane.add(entry, vital.sources[device], vital.days.usual)

    def _tell(self, entry: Entry, fires: datetime) -> None:
        self._zones.add(self._alarms.limits.zone(self.person))
        self._hear(entry, fires)
        self.told.append(Told(entry, fires))
        for kind, lane in self.lanes.items():
            lane.cut(map(self._alarms.vital(self.person, kind).sources.get, lane.devices))

    def _hear(self, entry: Entry, fires: datetime) -> None:
        self._fire(fires)
        self.said += self._alarms.observe(entry)

    def _fire(self, at: datetime) -> None:
        due = self._alarms.due()
        if due is not None and due <= at:
            self.said += self._alarms.fire(at)

    def _moved_lately(self, lane: Lane, row: AlarmClass) -> Flags:
        """At which readings the rule knew of steps so late that this row does not begin."""
        moved = [(entry.offset, number_of(entry.time)) for entry in self._steps if entry.amount]
        at = np.array([0, *(offset for offset, _ in moved)], dtype=np.int64)
        latest = np.maximum.accumulate(np.array([0, *(time for _, time in moved)], dtype=np.int64))
        known = np.searchsorted(at[1:], np.asarray(lane.offsets))
        found: Flags = np.asarray(lane.times) - latest[known] < length_of(row.rest)
        return found

    def _is_day(self, at: datetime) -> bool:
        return any(is_day(at, zone) for zone in self._zones)

    def _hears(self, kind: str) -> bool:
        known = self._ears.get(kind)
        if known is None:
            known = self._ears[kind] = self._alarms.listener("MEASURES", kind) is not None
        return known

    def _is_theirs(self, entry: Entry) -> bool:
        if entry.subject.type == "MONITOR":
            return not entry.id.startswith("m:")  # what follows from other entries is no input
        if entry.verb == "REPORTS" and entry.object.type in _OF_DEVICES:
            return True
        return entry.person in {None, self.person}


def said_of(person: str, said: Sequence[Remark]) -> list[Remark]:
    """What was said of them."""
    return [remark for remark in said if remark.person == person]
