"""This is the place for a stretch of one person's log as the alarms hear it: readings apart from the rest.

The rule hears everything once, as it was; what it said, and what it took readings for, is noted for reruns.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from healthmon.alarms import Alarms
from healthmon.alarms.book import STEPS
from healthmon.events import Delivery, Entry, Remark
from healthmon.events.plausible import GATES
from healthmon.reports.lane import Lane

# Of devices whoever wears them: that one is worn, or there, is asked of every reading it tells.
_OF_DEVICES: Final = frozenset({"WORN", "AVAILABILITY"})
_LIVE, _RETAINED = Delivery.LIVE, Delivery.RETAINED


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
            lane.close()

    def readings(self) -> int:
        """How many there are in all lanes."""
        return sum(map(len, self.lanes.values()))

    def _measured(self, entry: Entry) -> None:
        kind = entry.object.type
        if entry.context.get("person") != self.person or not self._hears(kind):
            return
        if entry.delivery is _RETAINED or (kind == STEPS and not entry.amount):
            return
        if kind in GATES:
            self._read(entry)
        else:
            self._tell(entry, entry.received)

    def _read(self, entry: Entry) -> None:
        kind, device = entry.object.type, entry.subject.name
        lane = self.lanes.get(kind)
        if lane is None:
            lane = self.lanes[kind] = Lane(self.person, kind)
        self._hear(entry, entry.received)
        lane.add(entry, self._alarms.vital(self.person, kind).sources.get(device))

    def _tell(self, entry: Entry, fires: datetime) -> None:
        self._hear(entry, fires)
        self.told.append(Told(entry, fires))

    def _hear(self, entry: Entry, fires: datetime) -> None:
        self._fire(fires)
        self.said += self._alarms.observe(entry)

    def _fire(self, at: datetime) -> None:
        due = self._alarms.due()
        if due is not None and due <= at:
            self.said += self._alarms.fire(at)

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
