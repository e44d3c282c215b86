"""This is the place for telling an old reading from a wrong clock.

Lateness is receive time minus device time minus what is usual for that device: the running median of its
last 50 live messages. A reading more than 60 s later than usual is old. A steady offset is a wrong clock:
its readings are live, and timed by receipt. An unknown offset counts as live.
"""

from bisect import bisect_left, insort
from collections import deque
from datetime import datetime, timedelta

from healthmon.events import Delivery, Entry, Event, TimeSource
from healthmon.events.bounds import is_of_a_set_clock

OLD_AFTER = timedelta(seconds=60)
_OLD_AFTER_S = OLD_AFTER.total_seconds()
KEPT = 50
# Our choice: a wrong clock shows the same offset over half a minute; a burst of stored readings does not.
STEADY_COUNT = 10
STEADY_FOR = timedelta(seconds=30)
STEADY_SPREAD = 10.0
AHEAD = timedelta(seconds=5)  # our choice: a time this far in the future is no time, whatever the clock
_AHEAD_S = AHEAD.total_seconds()


class UsualLateness:
    """What is usual for one device."""

    __slots__ = ("_arrivals", "_in_order", "_sorted")

    def __init__(self) -> None:
        self._in_order: deque[float] = deque()
        self._arrivals: deque[datetime] = deque()
        self._sorted: list[float] = []

    def learn(self, lateness: float, received: datetime) -> None:
        """One more live message came this many seconds after its own time."""
        self._in_order.append(lateness)
        self._arrivals.append(received)
        insort(self._sorted, lateness)
        if len(self._in_order) > KEPT:
            oldest = self._in_order.popleft()
            self._arrivals.popleft()
            del self._sorted[bisect_left(self._sorted, oldest)]

    def usual(self) -> float | None:
        """The median in seconds, or None before the first message."""
        return self._sorted[len(self._sorted) // 2] if self._sorted else None

    def is_steady(self) -> bool:
        """Whether the offset has kept still long enough to be a wrong clock and not a burst."""
        if len(self._in_order) < STEADY_COUNT:
            return False
        spread = self._sorted[-1] - self._sorted[0]
        return spread <= STEADY_SPREAD and self._arrivals[-1] - self._arrivals[0] >= STEADY_FOR


class Punctuality:
    """Gives every event a time that can be trusted and says whether it is live or old.

    One thread. Depends on nothing but the events shown and their receive times, so replay repeats it.
    """

    def __init__(self) -> None:
        self._devices: dict[str, UsualLateness] = {}

    def judge(self, event: Event, received: datetime) -> Event:
        """The event with a trustworthy time, marked late if it is old. The device's own time is kept."""
        if event.time_source is TimeSource.RECEIVE or event.delivery is not Delivery.LIVE:
            return event
        lateness = (received - event.time).total_seconds()
        device = self._device(event)
        usual = device.usual()
        if usual is not None and lateness - usual > _OLD_AFTER_S:
            return event.with_context(delivery=Delivery.LATE.value)
        device.learn(lateness, received)
        if lateness < -_AHEAD_S or _is_wrong(device):
            return event.timed(received, TimeSource.RECEIVE).with_context(device_time=event.time.isoformat())
        return event

    def recall(self, entry: Entry) -> None:
        """Learn again from an entry that was judged before, as `judge` did then."""
        said = entry.context.get("device_time")
        told = datetime.fromisoformat(said) if isinstance(said, str) else entry.time
        was_heeded = isinstance(said, str) and is_of_a_set_clock(
            told
        )  # the parser puts others aside, unheeded
        if entry.delivery is Delivery.LIVE and (was_heeded or _is_told_by_device(entry)):
            self._device(entry).learn((entry.received - told).total_seconds(), entry.received)

    def _device(self, event: Event) -> UsualLateness:
        name = str(event.subject)
        device = self._devices.get(name)
        if device is None:
            device = self._devices[name] = UsualLateness()
        return device


def _is_told_by_device(event: Event) -> bool:
    return event.time_source is not TimeSource.RECEIVE


def _is_wrong(device: UsualLateness) -> bool:
    return abs(device.usual() or 0.0) > _OLD_AFTER_S and device.is_steady()
