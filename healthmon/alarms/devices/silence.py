"""This is the place for DEVICE_SILENT: a device that should have spoken and did not."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from healthmon.alarms.classes import Priority
from healthmon.alarms.devices.device import Device
from healthmon.alarms.devices.device_alarm import ended, trouble_of
from healthmon.events import Remark

ALARM: Final = "DEVICE_SILENT"


class Silence:
    """Medium: nobody is watched by a device that says nothing.

    Raised after three periods without a word, at least 30 s; 30 s after it said that it goes offline; not of
    one that said it was taken off. Only a
    live word clears it: neither old readings nor a start of the recorder. A device that is not back in time
    after a start is silent.
    """

    def __init__(self, device: Device) -> None:
        self._device = device
        self.trouble = trouble_of(device, ALARM)

    def judge(self, at: datetime) -> Iterator[Remark]:
        """Silent, back, or not expected any more."""
        device, trouble = self._device, self.trouble
        due = device.silent_at()
        if trouble.raised_at is not None:
            if device.heard_at > trouble.raised_at:
                yield from ended(trouble, at, "heard")
            elif due is None:
                yield from ended(trouble, at, "taken-off" if device.is_worn is False else "switched-off")
        elif due is not None and due <= at:
            trouble.person = device.person
            trouble.begin(device.heard_at)
            reason = {"reason": "offline"} if device.offline_since is not None else {}
            yield trouble.rise(at, Priority.MEDIUM, reason)

    def due(self) -> datetime | None:
        """When its patience ends."""
        return None if self.trouble.is_raised else self._device.silent_at()
