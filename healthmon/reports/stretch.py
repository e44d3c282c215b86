"""This is the place for a stretch of one person's log as the alarms hear it: readings apart from the rest."""

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from healthmon.alarms.book import STEPS
from healthmon.alarms.classes import REST
from healthmon.events import Delivery, Entry, Listener
from healthmon.events.plausible import GATES
from healthmon.reports.lane import Lane

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

    `listens` is the rule's own `listener`: what it has no ear for is not kept. A quantity that has no range
    of readings, and so no lane, is kept whole: nothing is left out of it.
    """

    def __init__(self, person: str, listens: Callable[[str, str], Listener | None]) -> None:
        self.person = person
        self.lanes: dict[str, Lane] = {}
        self.told: list[Told] = []
        self.begin: datetime | None = None
        self.end: datetime | None = None
        self._listens = listens
        self._ears: dict[str, bool] = {}
        self._steps: list[Entry] = []

    def take(self, entry: Entry) -> None:
        """The next entry of the log, about anybody."""
        if entry.verb == "MEASURES":
            self._measured(entry)
        elif self._is_theirs(entry):
            is_start = entry.subject.type == "MONITOR" and (
                entry.verb == "STARTS" or (entry.verb == "REPORTS" and entry.object.type == "GAP")
            )
            fires = self.end if is_start and self.end is not None else entry.received
            self.told.append(Told(entry, fires))
        self.begin = self.begin or entry.received
        self.end = entry.received

    def close(self) -> None:
        """Nothing more comes."""
        for lane in self.lanes.values():
            lane.close([one.entry.offset for one in self.told])
        self._steps_at = [entry.offset for entry in self._steps]
        self._moved = sorted(entry.time for entry in self._steps if entry.amount)

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
        kind, context = entry.object.type, entry.context
        if context.get("person") != self.person or not self._hears(kind) or entry.delivery is not _LIVE:
            return
        if kind in GATES:
            lane = self.lanes.get(kind)
            if lane is None:
                lane = self.lanes[kind] = Lane(self.person, kind)
            lane.add(entry)
        elif kind == STEPS:
            self._steps.append(entry)
        else:
            self.told.append(Told(entry, entry.received))

    def _hears(self, kind: str) -> bool:
        known = self._ears.get(kind)
        if known is None:
            known = self._ears[kind] = self._listens("MEASURES", kind) is not None
        return known

    def _is_theirs(self, entry: Entry) -> bool:
        if entry.subject.type == "MONITOR":
            return not entry.id.startswith("m:")  # what follows from other entries is no input
        if entry.verb == "REPORTS" and entry.object.type in _OF_DEVICES:
            return True
        return entry.person in {None, self.person}
