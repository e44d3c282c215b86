"""This is the place for NOT_WORN: a device that speaks, and is on nobody."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from healthmon.alarms.classes import Priority
from healthmon.alarms.devices.device import Device
from healthmon.alarms.devices.device_alarm import ended, trouble_of
from healthmon.events import Remark

ALARM: Final = "NOT_WORN"
AFTER: Final = timedelta(minutes=60)  # ADVICE, NOT_WORN: low after 60 min


class NotWorn:
    """Low: somebody took it off and forgot. Not of a device for spot checks, which is on nobody mostly.

    One that usually stays away for longer than the hour has that time.
    """

    def __init__(self, device: Device) -> None:
        self._device = device
        self.trouble = trouble_of(device, ALARM)

    def judge(self, at: datetime) -> Iterator[Remark]:
        """Forgotten, or on again."""
        device, since = self._device, self._device.off_since()
        if since is None:
            yield from ended(self.trouble, at, "worn")
        elif device.period() is None:
            yield from ended(self.trouble, at, "switched-off")
        elif not self.trouble.is_raised and self._from(since) <= at and not device.is_silent(at):
            self.trouble.person = device.person
            self.trouble.begin(since)
            yield self.trouble.rise(at, Priority.LOW, {})

    def due(self) -> datetime | None:
        """When the hour is over; before that, when readings of no signal come to mean that it is off."""
        device, since = self._device, self._device.off_since()
        if since is None or self.trouble.is_raised or device.period() is None:
            return None
        return self._from(since)

    def _from(self, since: datetime) -> datetime:
        return max(since, self._device.begun_at) + max(AFTER, self._device.period() or AFTER)
