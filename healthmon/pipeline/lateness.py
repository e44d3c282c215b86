"""This is the place for telling an old reading from a wrong clock.

Lateness is receive time minus device time minus what is usual for that device: the running median of its
last 50 live messages. A reading more than 60 s later than usual is old. A steady offset is a wrong clock:
its readings are live, and timed by receipt. An unknown offset counts as live.
"""

from bisect import bisect_left, insort
from collections import deque
from datetime import datetime, timedelta

from healthmon.events import Delivery, Entry, Event, Thing, TimeSource
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
_RECEIVE = TimeSource.RECEIVE  # reading a member off an enum class is slow, and this is asked for each event


class UsualLateness:
    """What is usual for one device."""

    __slots__ = ("_messages", "_sorted")

    def __init__(self) -> None:
        self._messages: deque[tuple[datetime, datetime]] = deque(maxlen=KEPT)  # told, received
        self._sorted: list[float] | None = []  # how late they were; None until somebody asks

    def note(self, told: datetime, received: datetime) -> None:
        """One more live message came, of that time: a part of `learn` that leaves the sorting for later."""
        self._messages.append((told, received))
        self._sorted = None

    def learn(self, told: datetime, received: datetime) -> None:
        """One more live message came, of that time."""
        in_order = self._in_order()
        if len(self._messages) == KEPT:
            del in_order[bisect_left(in_order, _lateness(self._messages[0]))]
        self._messages.append((told, received))
        insort(in_order, _lateness(self._messages[-1]))

    def usual(self) -> float | None:
        """The median in seconds, or None before the first message."""
        in_order = self._in_order()
        return in_order[len(in_order) // 2] if in_order else None

    def is_steady(self) -> bool:
        """Whether the offset has kept still long enough to be a wrong clock and not a burst."""
        if len(self._messages) < STEADY_COUNT:
            return False
        in_order = self._in_order()
        spread = in_order[-1] - in_order[0]
        return spread <= STEADY_SPREAD and self._messages[-1][1] - self._messages[0][1] >= STEADY_FOR

    def _in_order(self) -> list[float]:
        if self._sorted is None:
            self._sorted = sorted(map(_lateness, self._messages))
        return self._sorted


class Punctuality:
    """Gives every event a time that can be trusted and says whether it is live or old.

    One thread. Depends on nothing but the events shown and their receive times, so replay repeats it.
    """

    def __init__(self) -> None:
        self._devices: dict[Thing, UsualLateness] = {}

    def judge(self, event: Event, received: datetime) -> Event:
        """The event with a trustworthy time, marked late if it is old. The device's own time is kept."""
        if event.time_source is _RECEIVE or event.delivery is not Delivery.LIVE:
            return event
        lateness = (received - event.time).total_seconds()
        device = self._device(event)
        usual = device.usual()
        if usual is not None and lateness - usual > _OLD_AFTER_S:
            return event.with_context(delivery=Delivery.LATE.value)
        device.learn(event.time, received)
        if lateness < -_AHEAD_S or _is_wrong(device):
            return event.timed(received, TimeSource.RECEIVE).with_context(device_time=event.time.isoformat())
        return event

    def recall(self, entry: Entry) -> None:
        """Learn again from an entry that was judged before, as `judge` did then."""
        context = entry.context
        if "device_time" not in context and "delivery" not in context:
            if entry.time_source is not _RECEIVE:
                self._device(entry).note(entry.time, entry.received)
            return
        said = context.get("device_time")
        told = datetime.fromisoformat(said) if isinstance(said, str) else entry.time
        was_heeded = isinstance(said, str) and is_of_a_set_clock(
            told
        )  # the parser puts others aside, unheeded
        if entry.delivery is Delivery.LIVE and (was_heeded or _is_told_by_device(entry)):
            self._device(entry).note(told, entry.received)

    def _device(self, event: Event) -> UsualLateness:
        device = self._devices.get(event.subject)
        if device is None:
            device = self._devices[event.subject] = UsualLateness()
        return device


def _is_told_by_device(event: Event) -> bool:
    return event.time_source is not _RECEIVE


def _lateness(message: tuple[datetime, datetime]) -> float:
    return (message[1] - message[0]).total_seconds()


def _is_wrong(device: UsualLateness) -> bool:
    return abs(device.usual() or 0.0) > _OLD_AFTER_S and device.is_steady()
