"""This is the place for DEVICE_SILENT: a device that should have spoken and did not."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from healthmon.alarms.classes import Priority
from healthmon.alarms.devices.device import Device
from healthmon.alarms.devices.device_alarm import ended, trouble_of
from healthmon.events import Json, Remark

ALARM: Final = "DEVICE_SILENT"
# Our choices. A radio that is lost each few minutes is one trouble; and one that stays away is another.
AGAIN_WITHIN: Final = timedelta(hours=1)
LASTS: Final = timedelta(minutes=10)


class Silence:
    """Medium: nobody is watched by a device that says nothing.

    Raised after three periods without a word, at least 30 s; 30 s after it said that it goes offline; not of
    one that said it was taken off. Only a live word clears it: neither old readings nor a start of the
    recorder. A device that is not back in time after a start is silent. One that was back within the hour is
    silent again, which calls nobody anew until it lasts.
    """

    def __init__(self, device: Device) -> None:
        self._device = device
        self.trouble = trouble_of(device, ALARM, joins_within=AGAIN_WITHIN)
        self._has_lasted = False

    def judge(self, at: datetime) -> Iterator[Remark]:
        """Silent, back, or not expected any more."""
        device, trouble = self._device, self.trouble
        due = device.silent_at()
        if trouble.raised_at is not None:
            if device.heard_at > trouble.raised_at:
                yield from ended(trouble, at, "heard")
            elif due is None:
                yield from ended(trouble, at, "taken-off" if device.is_worn is False else "switched-off")
            elif (lasts := self._lasts_at()) is not None and lasts <= at:
                self._has_lasted = True
                yield trouble.rise(at, Priority.MEDIUM, self._reason(), is_worse=True)
        elif due is not None and due <= at:
            trouble.person = device.person
            trouble.begin(device.heard_at)
            self._has_lasted = False
            yield trouble.rise(at, Priority.MEDIUM, self._reason())

    def due(self) -> datetime | None:
        """When its patience ends, or a silence that is there again has lasted."""
        return self._lasts_at() if self.trouble.is_raised else self._device.silent_at()

    def _lasts_at(self) -> datetime | None:
        raised_at = self.trouble.raised_at
        if raised_at is None or self._has_lasted or not self.trouble.is_back:
            return None
        return raised_at + LASTS

    def _reason(self) -> dict[str, Json]:
        return {"reason": "offline"} if self._device.offline_since is not None else {}
