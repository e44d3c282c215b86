"""This is the place for who is followed: everybody who was given a device, and some devices of nobody's.

Anybody may publish under any name. So devices that nobody was given are bounded, and the one that was heard
least of late makes room for the next, but never while an alarm of it is anything but calm.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

from healthmon.alarms.body import Body
from healthmon.alarms.classes import AlarmClass
from healthmon.alarms.episode import Who
from healthmon.alarms.limits import Limits
from healthmon.alarms.source import Source
from healthmon.alarms.states import Phase
from healthmon.alarms.vital import Vital

MOST_UNASSIGNED: Final = 200  # our choice: far more than a home has
_NEVER: Final = datetime.min.replace(tzinfo=UTC)


class Followed:
    """Bodies with their vitals, and which device tells which of them. To be read; one thread."""

    def __init__(self, rows: Mapping[str, Sequence[AlarmClass]], limits: Limits) -> None:
        self.vitals: dict[tuple[Who, str], Vital] = {}
        self.told_by: dict[str, list[Vital]] = {}  # by device
        self._bodies: dict[Who, Body] = {}
        self._rows, self._limits = rows, limits

    def __len__(self) -> int:
        return len(self._bodies)

    def has_room(self, who: Who) -> bool:
        """Whether somebody is, or may be, followed. False when too many of nobody's ring at once."""
        if isinstance(who, str) or who in self._bodies:
            return True
        others = [one for one in self._bodies if not isinstance(one, str)]
        if len(others) < MOST_UNASSIGNED:
            return True
        calm = [one for one in others if self._is_calm(one)]
        if calm:
            self.forget(min(calm, key=self._heard_at))
        return bool(calm)

    def body(self, who: Who) -> Body:
        """Whoever it is, followed from now on."""
        known = self._bodies.get(who)
        if known is None:
            known = self._bodies[who] = Body(who, self._limits)
        return known

    def vital(self, who: Who, quantity: str) -> Vital:
        """A quantity of theirs."""
        known = self.vitals.get((who, quantity))
        if known is None:
            known = Vital(self.body(who), quantity, self._rows[quantity], self._limits)
            self.vitals[who, quantity] = known
        return known

    def source(self, vital: Vital, device: str, at: datetime) -> Source:
        """A device that tells it."""
        known = vital.sources.get(device)
        if known is None:
            known = vital.source(device, at)
            self.told_by.setdefault(device, []).append(vital)
        return known

    def forget(self, who: Who) -> None:
        """They were never followed."""
        self._bodies.pop(who, None)
        for key in [key for key in self.vitals if key[0] == who]:
            gone = self.vitals.pop(key)
            for device in gone.sources:
                left = [vital for vital in self.told_by.pop(device, ()) if vital is not gone]
                if left:
                    self.told_by[device] = left

    def _of(self, who: Who) -> Iterator[Vital]:
        return (self.vitals[who, quantity] for quantity in self._rows if (who, quantity) in self.vitals)

    def _is_calm(self, who: Who) -> bool:
        return all(alarm.phase is Phase.CALM for vital in self._of(who) for alarm in vital.alarms)

    def _heard_at(self, who: Who) -> datetime:
        heard = (source.newest for vital in self._of(who) for source in vital.sources.values())
        return max(heard, default=_NEVER)
