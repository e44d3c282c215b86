"""This is the place for how long somebody was watched: the days that rates are told by.

Worn time is what their devices say (REPORTS WORN), as long as the device is heard at all; before its first
word about it a device that reads validly is worn. Somebody whose devices never say so counts with the hours
in which there was a valid reading.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import StrEnum

from healthmon.events import Entry
from healthmon.events.plausible import GATES

# Our choice: a device that was silent for longer is not known to have been worn meanwhile.
SILENT_AFTER = timedelta(hours=1)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
_HOUR = HOUR.total_seconds()


class WornFrom(StrEnum):
    """What worn time was told by."""

    REPORTS = "worn-reports"
    READINGS = "hours-with-readings"


@dataclass(frozen=True, slots=True)
class Worn:
    """How long, in days of 24 hours, and how that is known."""

    days: float
    told_by: WornFrom


@dataclass(slots=True)
class _Device:
    """One device on one person. `since` is when this stretch of wearing began, None while it is off."""

    heard: datetime
    since: datetime | None = None
    has_said: bool = False
    stretches: list[tuple[datetime, datetime]] = field(default_factory=list)

    def hear(self, at: datetime) -> None:
        if at - self.heard > SILENT_AFTER and self.since is not None:
            self.close(self.heard)
            self.since = at
        self.heard = max(self.heard, at)

    def close(self, at: datetime) -> None:
        if self.since is not None and at > self.since:
            self.stretches.append((self.since, at))
        self.since = None


class WornTime:
    """Worn time of everybody in what was read. One thread; memory: the stretches and the hours."""

    def __init__(self) -> None:
        self._devices: dict[str, dict[str, _Device]] = {}  # by person
        self._hours: dict[str, set[int]] = {}
        self._says_worn: set[str] = set()  # people

    def take(self, entry: Entry) -> None:
        """One more entry: a reading, or what a device says of itself."""
        context = entry.context
        person = context.get("person")
        if type(person) is not str or "delivery" in context or entry.subject.type in {"MONITOR", "CAREGIVER"}:
            return
        subject, at = entry.subject, entry.time
        devices = self._devices.get(person)
        if devices is None:
            devices, self._hours[person] = self._devices.setdefault(person, {}), set()
        device = devices.get(subject.name)
        if device is None:
            device = devices[subject.name] = _Device(at)
        device.hear(at)
        if entry.verb == "MEASURES":
            self._measured(person, device, entry)
        elif entry.verb == "REPORTS" and entry.object.type == "WORN":
            self._said_worn(person, device, entry)

    def of(self, person: str) -> Worn:
        """How long this person was watched."""
        told_by = WornFrom.REPORTS if person in self._says_worn else WornFrom.READINGS
        return Worn(seconds(self._stretches(person)) / DAY.total_seconds(), told_by)

    def by_day(self, person: str, zone: tzinfo) -> dict[date, float]:
        """The same by days of the calendar in that zone, each by when a stretch of at most an hour began."""
        found: dict[date, float] = {}
        for begin, end in _apart(self._stretches(person)):
            at = begin
            while at < end:
                till = min(at + HOUR, end)
                day = at.astimezone(zone).date()
                found[day] = found.get(day, 0.0) + (till - at) / DAY
                at = till
        return found

    def people(self) -> list[str]:
        """Everybody a device spoke of."""
        return sorted(self._devices)

    def _stretches(self, person: str) -> list[tuple[datetime, datetime]]:
        if person not in self._says_worn:
            begins = (datetime.fromtimestamp(hour * _HOUR, UTC) for hour in self._hours.get(person, ()))
            return [(begin, begin + HOUR) for begin in begins]
        return [
            stretch
            for device in self._devices[person].values()
            for stretch in [*device.stretches, *([(device.since, device.heard)] if device.since else [])]
        ]

    def _measured(self, person: str, device: _Device, entry: Entry) -> None:
        gate, value = GATES.get(entry.object.type), entry.context.get("value")
        if (type(value) is int or type(value) is float) and gate and gate[0] <= value <= gate[1]:
            self._hours[person].add(int(entry.time.timestamp() // _HOUR))
            if device.since is None and not device.has_said:
                device.since = entry.time

    def _said_worn(self, person: str, device: _Device, entry: Entry) -> None:
        if not isinstance(entry.value, bool):
            return
        self._says_worn.add(person)
        device.has_said = True
        if entry.value:
            device.since = device.since or entry.time
        else:
            device.close(entry.time)


def seconds(stretches: Iterable[tuple[datetime, datetime]]) -> float:
    """How long these last together; where they overlap, once."""
    return sum((end - begin).total_seconds() for begin, end in _apart(stretches))


def _apart(stretches: Iterable[tuple[datetime, datetime]]) -> Iterator[tuple[datetime, datetime]]:
    """The same time in stretches that do not overlap."""
    reached: datetime | None = None
    for begin, end in sorted(stretches):
        start = begin if reached is None else max(begin, reached)
        if end > start:
            yield start, end
            reached = end
