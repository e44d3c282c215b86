"""This is the place for STALE_HR and STALE_SPO2: a device is worn, is heard, and feels nothing it trusts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from healthmon.alarms.classes import Priority
from healthmon.alarms.devices.device import Device, Pulse
from healthmon.alarms.devices.device_alarm import ended, trouble_of
from healthmon.alarms.devices.rhythm import PERIODS
from healthmon.events import Remark
from healthmon.events.vocabulary import HR, SPO2

OFTEN: Final = timedelta(seconds=20)  # our choice, a third of the shortest patience here


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a worn device may feel nothing of one quantity before it is a low, then a medium alarm."""

    alarm: str
    low: timedelta
    medium: timedelta


# ADVICE, STALE_HR and STALE_SPO2: 60 s / 300 s, medium after 5 / 15 min (GE's technical delays are 10-17 s).
PATIENCE: Final[Mapping[str, Patience]] = MappingProxyType(
    {
        HR: Patience("STALE_HR", timedelta(seconds=60), timedelta(minutes=5)),
        SPO2: Patience("STALE_SPO2", timedelta(seconds=300), timedelta(minutes=15)),
    }
)


class Stale:
    """No valid reading of a quantity that this device has told before: low, and medium when it lasts.

    One that the device doubts itself is none: no alarm of a body heeds it, so somebody has to know.

    Both times are moved on by what three usual periods, of the device or of the quantity, are longer than the
    first. Until its habit is known, a quantity that just does not come is not missed of a device that seldom
    speaks. It waits for nobody who is silent or not worn: those have alarms of their own, which end this one.
    """

    def __init__(self, device: Device, quantity: str) -> None:
        self._device = device
        self._quantity = quantity
        self._patience = PATIENCE[quantity]
        self.trouble = trouble_of(device, self._patience.alarm)

    def judge(self, at: datetime) -> Iterator[Remark]:
        """Stale, staler, felt again, or of no interest any more."""
        device, trouble, pulse = self._device, self.trouble, self._device.pulses.get(self._quantity)
        if pulse is None:
            return
        why_not = self._why_not(at)
        if why_not:
            yield from ended(trouble, at, why_not)
        elif trouble.raised_at is not None and pulse.felt_at > trouble.raised_at:
            yield from ended(trouble, at, "felt")
        elif (priority := self._priority(pulse, at)) is not None and self._is_news(pulse, priority):
            is_worse = trouble.is_raised
            trouble.person = trouble.person if is_worse else device.person
            trouble.begin(pulse.felt_at)
            told = {"reason": "doubted"} if pulse.is_doubted else {}
            yield trouble.rise(at, priority, told, is_worse=is_worse)

    def due(self) -> datetime | None:
        """When the next of its two times is over."""
        pulse = self._device.pulses.get(self._quantity)
        if pulse is None or self._device.is_worn is False or self._device.period() is None:
            return None
        low, medium = self._times(pulse)
        if not self.trouble.is_raised:
            return low if self._is_missed(pulse) else None
        return medium if self.trouble.priority is Priority.LOW else None

    def _why_not(self, at: datetime) -> str:
        device = self._device
        if device.period() is None:
            return "switched-off"
        if device.is_off(at):
            return "taken-off"
        return "silent" if device.is_silent(at) else ""

    def _is_missed(self, pulse: Pulse) -> bool:
        """Whether it is to be expected, as far as is known; a device that feels nothing says so itself."""
        device = self._device
        if pulse.rhythm.is_known or pulse.is_doubted or pulse.lost_since is not None:
            return True
        return device.set_period is not None or (device.period() or OFTEN) <= OFTEN

    def _is_news(self, pulse: Pulse, priority: Priority) -> bool:
        trouble = self.trouble
        if not trouble.is_raised:
            return self._is_missed(pulse)
        return priority is Priority.MEDIUM and trouble.priority is Priority.LOW

    def _priority(self, pulse: Pulse, at: datetime) -> Priority | None:
        low, medium = self._times(pulse)
        if at >= medium:
            return Priority.MEDIUM
        return Priority.LOW if at >= low else None

    def _times(self, pulse: Pulse) -> tuple[datetime, datetime]:
        device, usual = self._device, self._patience
        since = max(pulse.felt_at, device.begun_at, device.wear_since)
        periods = (device.period(), pulse.rhythm.period())
        low = max(usual.low, *(PERIODS * period for period in periods if period is not None))
        return since + low, since + low + usual.medium - usual.low
