"""This is the place for BATTERY: a device that wants charging before it falls silent."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from healthmon.alarms.classes import Priority
from healthmon.alarms.devices.device import Device
from healthmon.alarms.devices.device_alarm import ended, trouble_of
from healthmon.events import Remark

ALARM: Final = "BATTERY"
LOW: Final = 15.0  # %, issue 4
CHARGED: Final = 20.0  # %, our choice: a cell that hovers at the limit must not ring again and again


class Battery:
    """Low: at 15 % and below, until it is charged to 20 %."""

    def __init__(self, device: Device) -> None:
        self._device = device
        self.trouble = trouble_of(device, ALARM)

    def judge(self, at: datetime) -> Iterator[Remark]:
        """Nearly empty, or charged."""
        level = self._device.battery
        if level is None:
            return
        if level >= CHARGED:
            yield from ended(self.trouble, at, "charged")
        elif level <= LOW and not self.trouble.is_raised:
            self.trouble.person = self._device.person
            self.trouble.begin(at)
            yield self.trouble.rise(at, Priority.LOW, {"value": level, "unit": "%"})

    def due(self) -> datetime | None:
        """Never: only the device knows."""
        return None
