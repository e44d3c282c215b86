"""This is the place for the CLOCK of a device: readings are timed by receipt, and a carer is told.

Which clock is wrong is not judged here: an entry that is live and was timed by receipt although the device
told a time (`device_time`) was judged so by the lateness of its stage, and the log holds that.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from healthmon.alarms.classes import Priority
from healthmon.alarms.devices.device import Device
from healthmon.alarms.devices.device_alarm import ended, trouble_of
from healthmon.events import Entry, Remark, TimeSource
from healthmon.events.bounds import is_of_a_set_clock

ALARM: Final = "CLOCK"
WRONG: Final = timedelta(seconds=60)  # DESIGN: a steady offset is a wrong clock; ADVICE, CLOCK: above 60 s
STEADY_FOR: Final = timedelta(seconds=30)  # our choice: neither one odd message nor a clock just being set
_RECEIVE = TimeSource.RECEIVE  # reading a member off an enum class is slow


class WrongClock:
    """Low: nothing is lost and nobody unwatched, only the device's own times are of no use."""

    def __init__(self, device: Device) -> None:
        self._device = device
        self.trouble = trouble_of(device, ALARM)
        self._changed_at: datetime | None = None  # since when it is other than was told

    @property
    def is_calm(self) -> bool:
        """Whether it is right, and was when it was told last: the next time that is right changes nothing."""
        return self._changed_at is None and not self.trouble.is_raised

    def note(self, entry: Entry) -> bool:
        """A live word of the device, and its clock's time if it told one; whether that may matter."""
        offset = offset_of(entry)
        if offset is None:
            return False
        self._device.offset = offset
        if (abs(offset) > WRONG) is self.trouble.is_raised:
            self._changed_at = None
        elif self._changed_at is None:
            self._changed_at = entry.received
        return self._changed_at is not None

    def judge(self, at: datetime) -> Iterator[Remark]:
        """Wrong, or set right, for half a minute."""
        device, since = self._device, self._changed_at
        if since is None or at - since < STEADY_FOR or device.heard_at - since < STEADY_FOR:
            return
        self._changed_at = None
        if self.trouble.is_raised:
            yield from ended(self.trouble, at, "set")
        elif device.offset is not None:
            self.trouble.person = device.person
            self.trouble.begin(since)
            slow_by = round(device.offset.total_seconds())
            yield self.trouble.rise(at, Priority.LOW, {"value": slow_by, "unit": "s"})

    def due(self) -> datetime | None:
        """Never: only what it says shows it."""
        return None

    def begin_anew(self) -> None:
        """Nobody listened for a while: what had begun to change begins again."""
        self._changed_at = None


def offset_of(entry: Entry) -> timedelta | None:
    """How slow the clock is that this live word was timed by; None when it told no time that means one."""
    if entry.time_source is not _RECEIVE:
        return timedelta()  # nearly: the clock was believed
    said = entry.context.get("device_time")
    if not isinstance(said, str):
        return None
    told = datetime.fromisoformat(said)
    return entry.received - told if is_of_a_set_clock(told) else None
