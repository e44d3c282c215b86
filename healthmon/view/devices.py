"""This is the place for what is known of each device: when it was heard, whether it is worn, and by whom."""

from collections import deque
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from math import inf
from statistics import median_high
from typing import Final

from healthmon.events import Delivery, Entry, Event, Thing

SHORTEST_SILENCE: Final = timedelta(seconds=30)  # ADVICE 6, FEED_DOWN: three periods, at least 30 s
_TRUE_NOW: Final = frozenset(
    {Delivery.LIVE, Delivery.LATE}
)  # a file's WORN is history, a retained one is stale
_SAME_BREATH: Final = timedelta(seconds=0.5)  # readings that came in one message


class Flag:
    """A yes or no that a device last said of itself, and since when it holds. None until it said anything."""

    __slots__ = ("since", "value")

    def __init__(self) -> None:
        self.value: bool | None = None
        self.since: datetime | None = None

    def turn(self, *, to: bool, at: datetime) -> bool:
        """It said so at this time; tells whether that was news. What is older than the last word is not."""
        if self.value is to or (self.since is not None and at < self.since):
            return False
        self.value, self.since = to, at
        return True


class Device:
    """What one device has said of itself. Times of hearing are the recorder's, not the device's."""

    __slots__ = ("assigned", "beats", "heard", "id", "off_at", "online", "person", "type", "worn")

    def __init__(self, thing: Thing) -> None:
        self.id = thing.name
        self.type = thing.type
        self.person: str | None = None
        self.assigned = False
        self.heard: datetime | None = None
        self.beats: deque[datetime] = deque(maxlen=10)
        self.online = Flag()
        self.worn = Flag()
        self.off_at = inf  # seconds since the epoch of when it was taken off; infinity while it is worn

    def hear(self, received: datetime) -> None:
        """It said something just now."""
        last = self.heard
        if last is None or received - last > _SAME_BREATH:
            self.beats.append(received)
        self.heard = received
        if self.online.value is False:
            self.online.value = None

    def wear(self, *, worn: bool, at: datetime) -> bool:
        """It was put on or taken off; tells whether that was news."""
        if not self.worn.turn(to=worn, at=at):
            return False
        self.off_at = inf if worn else at.timestamp()
        return True

    def patience(self) -> timedelta:
        """How long it may say nothing and not count as silent: three of its usual periods, at least 30 s."""
        steps = [later - earlier for earlier, later in pairwise(self.beats)]
        return max(SHORTEST_SILENCE, 3 * median_high(steps)) if steps else SHORTEST_SILENCE

    def is_silent(self, now: datetime, forgiven: timedelta) -> bool:
        """Whether it should have been heard by now, or said that it goes."""
        if self.online.value is False or self.heard is None:
            return True
        quiet = now - self.heard
        return quiet > SHORTEST_SILENCE + forgiven and quiet > self.patience() + forgiven


class DeviceBook:
    """All devices ever heard or assigned, by id. One thread."""

    def __init__(self) -> None:
        self._devices: dict[str, Device] = {}

    def __iter__(self) -> Iterator[Device]:
        return iter(self._devices.values())

    def get(self, thing: Thing) -> Device:
        """The device, met now if never before. A status topic knows only its id, not what kind it is."""
        name = thing.name
        device = self._devices.get(name)
        if device is None:
            device = self._devices[name] = Device(thing)
        elif device.type == "DEVICE":
            device.type = thing.type
        return device

    def assign(self, event: Event) -> None:
        """A carer said who wears what; nobody, when no person is named."""
        device = self.get(event.object)
        device.person = event.person
        device.assigned = event.person is not None

    def report(self, entry: Entry) -> bool:
        """A device said something of itself; tells whether that changed what is known of it."""
        device = self.get(entry.subject)
        if entry.object.type == "AVAILABILITY":
            return device.online.turn(to=str(entry.value).upper() == "ONLINE", at=entry.time)
        if entry.delivery is Delivery.LIVE:
            device.hear(entry.received)
        if entry.object.type == "WORN" and isinstance(entry.value, bool):
            return entry.delivery in _TRUE_NOW and device.wear(worn=entry.value, at=entry.time)
        return False

    def connected(self, now: datetime, forgiven: timedelta) -> int:
        """How many devices are there: they said so, or were heard lately."""
        return sum(1 for device in self if device.online.value or not device.is_silent(now, forgiven))
