"""This is the place for telling an old reading from a wrong clock.

Lateness is receive time minus device time minus what is usual for that device: the running median of its
last 50 live messages. A reading more than 60 s later than usual is old. A steady offset is a wrong clock:
its readings are live, and timed by receipt. An unknown offset counts as live. Old readings that keep a steady
offset for half a minute, or three that do for two, are none: a clock was set, there or here, and what they
show is usual from then on.
"""

from bisect import bisect_left, insort
from collections import deque
from datetime import UTC, datetime, timedelta

from healthmon.events import Delivery, Entry, Event, Thing, TimeSource
from healthmon.events.bounds import is_of_a_set_clock

OLD_AFTER = timedelta(seconds=60)
_OLD_AFTER_S = OLD_AFTER.total_seconds()
KEPT = 50
# Our choice: closer ones are not kept, so that 50 outlast STEADY_FOR however often a device speaks.
APART = timedelta(seconds=0.75)
# Our choice: a wrong clock shows the same offset over half a minute; a burst of stored readings does not.
STEADY_COUNT = 10
STEADY_FOR = timedelta(seconds=30)
# Of a device that seldom speaks, three are enough; ten of them would take an hour.
SELDOM_COUNT = 3
SELDOM_FOR = timedelta(minutes=2)
STEADY_SPREAD = 10.0
AHEAD = timedelta(seconds=5)  # our choice: a time this far in the future is no time, whatever the clock
_AHEAD_S = AHEAD.total_seconds()
_LONG_AGO = datetime.min.replace(tzinfo=UTC)
_RECEIVE = TimeSource.RECEIVE  # reading a member off an enum class is slow, and this is asked for each event


class UsualLateness:
    """What is usual for one device."""

    __slots__ = ("_apart_at", "_messages", "_sorted")

    def __init__(self) -> None:
        self._messages: deque[tuple[datetime, datetime]] = deque(maxlen=KEPT)  # told, received
        self._apart_at = _LONG_AGO  # when one more is far enough from the last to be kept
        self._sorted: list[float] | None = []  # how late they were; None until somebody asks

    def note(self, told: datetime, received: datetime) -> None:
        """One more live message came, of that time: a part of `learn` that leaves the sorting for later."""
        if received >= self._apart_at:
            self._keep(told, received)
            self._sorted = None

    def learn(self, told: datetime, received: datetime) -> None:
        """One more live message came, of that time."""
        if received < self._apart_at:
            return
        in_order = self._in_order()
        if len(self._messages) == KEPT:
            del in_order[bisect_left(in_order, _lateness(self._messages[0]))]
        self._keep(told, received)
        insort(in_order, (received - told).total_seconds())

    def usual(self) -> float | None:
        """The median in seconds, or None before the first message."""
        in_order = self._in_order()
        return in_order[len(in_order) // 2] if in_order else None

    def is_old(self, lateness: float) -> bool:
        """Whether a message this many seconds late is an old one. None is while nothing is usual."""
        in_order = self._in_order()
        return bool(in_order) and lateness - in_order[len(in_order) // 2] > _OLD_AFTER_S

    def is_still(self) -> bool:
        """Whether the offset has kept still."""
        in_order = self._in_order()
        return not in_order or in_order[-1] - in_order[0] <= STEADY_SPREAD

    def is_steady(self) -> bool:
        """Whether the offset has kept still long enough to be a wrong clock and not a burst."""
        count = len(self._messages)
        if count < SELDOM_COUNT:
            return False
        lasts = self._messages[-1][1] - self._messages[0][1]
        return lasts >= (STEADY_FOR if count >= STEADY_COUNT else SELDOM_FOR) and self.is_still()

    def _keep(self, told: datetime, received: datetime) -> None:
        self._messages.append((told, received))
        self._apart_at = received + APART

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
        self._strays: dict[Thing, UsualLateness] = {}  # of old messages that came one after the other

    def judge(self, event: Event, received: datetime) -> Event:
        """The event with a trustworthy time, marked late if it is old. The device's own time is kept."""
        if event.time_source is _RECEIVE or event.delivery is not Delivery.LIVE:
            return event
        lateness = (received - event.time).total_seconds()
        device = self._heeded(event.subject, event.time, received)
        if device is None:
            return event.with_context(delivery=Delivery.LATE.value)
        if lateness < -_AHEAD_S or _is_wrong(device):
            return event.timed(received, TimeSource.RECEIVE).with_context(device_time=event.time.isoformat())
        return event

    def recall(self, entry: Entry) -> None:
        """Learn again from an entry that was judged before, as `judge` did then."""
        context = entry.context
        if "device_time" not in context and "delivery" not in context:
            if entry.time_source is _RECEIVE:
                return
            if self._strays:
                self._note(entry.subject, entry.time, entry.received)
                return
            device = self._devices.get(entry.subject) or self._device(entry.subject)
            device.note(entry.time, entry.received)
            return
        said = context.get("device_time")
        if isinstance(said, str):
            told = datetime.fromisoformat(said)
            is_heeded = is_of_a_set_clock(told)  # the parser puts others aside, unheeded
        else:
            told, is_heeded = entry.time, entry.time_source is not _RECEIVE
        if is_heeded and entry.delivery is Delivery.LIVE:
            self._note(entry.subject, told, entry.received)
        elif (
            is_heeded
            and entry.delivery is Delivery.LATE
            and self._is_old(entry.subject, told, entry.received)
        ):
            self._heeded(entry.subject, told, entry.received)

    def _note(self, subject: Thing, told: datetime, received: datetime) -> None:
        """What `_heeded` does with a live message, and mostly in less time."""
        if subject in self._strays:
            self._heeded(subject, told, received)
        else:
            self._device(subject).note(told, received)

    def _heeded(self, subject: Thing, told: datetime, received: datetime) -> UsualLateness | None:
        """What is usual for this device, with this message; None when it is an old one."""
        device = self._devices.get(subject) or self._device(subject)
        if not device.is_old((received - told).total_seconds()):
            device.learn(told, received)
            if self._strays:
                self._strays.pop(subject, None)
            return device
        stray = self._strays.setdefault(subject, UsualLateness())
        stray.learn(told, received)
        if not stray.is_still():
            stray = self._strays[subject] = UsualLateness()
            stray.learn(told, received)
        if not stray.is_steady():
            return None
        self._devices[subject] = self._strays.pop(subject)
        return stray

    def _is_old(self, subject: Thing, told: datetime, received: datetime) -> bool:
        return self._device(subject).is_old((received - told).total_seconds())

    def _device(self, subject: Thing) -> UsualLateness:
        device = self._devices.get(subject)
        if device is None:
            device = self._devices[subject] = UsualLateness()
        return device


def _lateness(message: tuple[datetime, datetime]) -> float:
    return (message[1] - message[0]).total_seconds()


def _is_wrong(device: UsualLateness) -> bool:
    return abs(device.usual() or 0.0) > _OLD_AFTER_S and device.is_steady()
