"""This is the place for which devices are followed: those a carer named, and a few that measure a body.

Anybody may publish under any name, so names that no carer said are bounded, and forgotten after a day of
silence. What a carer named is expected for ever.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from healthmon.alarms.devices.device import NEVER_STALE, Device
from healthmon.alarms.devices.rhythm import NEVER
from healthmon.alarms.devices.watched import Watched
from healthmon.events import Entry

# Our choices.
MOST_NAMED: Final = 500  # by carers
MOST_OTHERS: Final = 32
NOT_OF_LATE: Final = timedelta(minutes=1)
LONGEST_PERIOD_S: Final = 24 * 3600.0
SHORTEST_PERIOD_S: Final = 1.0


class Register:
    """The devices of a home by name, in no order that matters. One thread."""

    def __init__(self) -> None:
        self.watched: dict[str, Watched] = {}
        self._said: dict[tuple[str, str], datetime] = {}  # when a carer last said this verb of a device

    def measures_a_body(self, name: str, at: datetime) -> Watched | None:
        """The device of this name, which has measured somebody; None when there are too many already."""
        known = self.watched.get(name)
        if known is not None:
            return known
        others = [one for one in self.watched.values() if not one.device.is_named]
        if len(others) >= MOST_OTHERS and not self._made_room(others, at):
            return None
        return self._added(name, at)

    def named(self, entry: Entry) -> Watched | None:
        """The device that a carer speaks of; None for words that do not count, or are too many."""
        name, key = entry.object.id, (entry.verb, entry.object.id)
        if not name or entry.subject.type != "CAREGIVER" or not entry.counts_now:
            return None
        if entry.time < self._said.get(key, entry.time):
            return None  # what was said last counts
        known = self.watched.get(name)
        if known is None or not known.device.is_named:
            if sum(one.device.is_named for one in self.watched.values()) >= MOST_NAMED:
                return None
            known = known or self._added(name, entry.received)
        self._said[key] = entry.time
        return known

    def forget(self, name: str) -> None:
        """This device was never heard, nor assigned. The period that a carer set is the device's own."""
        gone = self.watched.pop(name, None)
        self._said.pop(("ASSIGNS", name), None)
        for pulse in gone.device.pulses.values() if gone is not None else ():
            pulse.quiet_until = NEVER  # a stream may still hold it
        if gone is not None and gone.device.set_period is not None:
            self._added(name, gone.device.begun_at).device.set_period = gone.device.set_period
        else:
            self._said.pop(("SETS", name), None)

    def of(self, person: str) -> Iterator[Watched]:
        """The devices that are this person's, or that something was said of to them."""
        for one in self.watched.values():
            if one.device.person == person or any(trouble.person == person for trouble in one.troubles):
                yield one

    def _added(self, name: str, at: datetime) -> Watched:
        added = self.watched[name] = Watched(Device(name, at))
        return added

    def _made_room(self, others: list[Watched], at: datetime) -> bool:
        """Whether one of them could go: one that was heard a few times only, and not of late."""
        oldest = min(others, key=lambda one: (one.device.rhythm.is_known, one.device.heard_at)).device
        if oldest.rhythm.is_known or at - oldest.heard_at < NOT_OF_LATE:
            return False
        self.forget(oldest.name)
        return True


def set_period(device: Device, entry: Entry) -> bool:
    """SETS DEVICE: `period_s` in seconds, 0 for one that is never stale, null to learn it again.

    What is no such number changes nothing; one out of bounds counts as the nearest that may be. Whether it is
    another now.
    """
    said, before = entry.context.get("period_s"), device.set_period
    if said is None:
        device.set_period = None
    elif isinstance(said, int | float) and not isinstance(said, bool) and said >= 0:
        seconds = min(max(float(said), SHORTEST_PERIOD_S), LONGEST_PERIOD_S)
        device.set_period = timedelta(seconds=seconds) if said else NEVER_STALE
    return device.set_period != before
