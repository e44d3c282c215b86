"""This is the place for FROZEN: a heart rate that does not move for five minutes is no heart's."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from healthmon.alarms.classes import Priority
from healthmon.alarms.devices.device import ALIKE_APART, ALIKE_FOR, MANY_ALIKE, Device, Pulse
from healthmon.alarms.devices.device_alarm import ended, trouble_of
from healthmon.events import Remark
from healthmon.events.vocabulary import HR, USUAL_UNITS

ALARM: Final = "FROZEN"


class Frozen:
    """Low: the sensor, or what sends its readings, has stopped. Over with the first other value."""

    def __init__(self, device: Device) -> None:
        self._device = device
        self.trouble = trouble_of(device, ALARM)
        self._value = 0.0

    def may_show(self, pulse: Pulse | None) -> bool:
        """Whether its newest reading may show it."""
        return pulse is not None and pulse.count >= MANY_ALIKE and pulse is self._device.pulses.get(HR)

    def is_near(self, pulse: Pulse) -> bool:
        """Whether the next reading may show it, if it is like those before."""
        return pulse.count >= MANY_ALIKE - 1 and pulse is self._device.pulses.get(HR)

    def judge(self, at: datetime) -> Iterator[Remark]:
        """Frozen, or moving again."""
        pulse, trouble = self._device.pulses.get(HR), self.trouble
        if pulse is None:
            return
        if trouble.is_raised:
            if pulse.value != self._value:
                yield from ended(trouble, at, "moved")
            elif self._device.is_off(at):
                yield from ended(trouble, at, "taken-off")
            elif self._device.is_silent(at):
                yield from ended(trouble, at, "silent")
            return
        lasts = pulse.felt_at - pulse.since
        if lasts >= ALIKE_FOR and pulse.count * ALIKE_APART >= lasts and not self._device.is_off(at):
            trouble.person = self._device.person
            trouble.begin(pulse.since)
            self._value = pulse.value
            yield trouble.rise(at, Priority.LOW, {"value": pulse.value, "unit": USUAL_UNITS[HR]})

    def due(self) -> datetime | None:
        """Never: only a reading shows it."""
        return None
