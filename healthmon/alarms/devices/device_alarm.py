"""This is the place for what every alarm about a device has: a condition of it, a time to look again."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Protocol

from healthmon.alarms.devices.device import Device
from healthmon.alarms.episode import JOINS_WITHIN
from healthmon.alarms.trouble import Trouble
from healthmon.events import Remark


class DeviceAlarm(Protocol):
    """One alarm of one device. Pure: it depends on what is known of the device, and on the moment asked."""

    @property
    def trouble(self) -> Trouble:
        """Whether it is raised, and what was said of it."""

    def judge(self, at: datetime) -> Iterator[Remark]:
        """Raise or clear it as the device is at `at`. Asked again at the same moment it says nothing."""

    def due(self) -> datetime | None:
        """When to judge again if nothing is heard until then: after the moment of the last judgement."""


def trouble_of(device: Device, alarm: str, *, joins_within: timedelta = JOINS_WITHIN) -> Trouble:
    """A trouble of this device; what is said of it carries the device's name in its id."""
    by = f"devices.{device.name.replace(':', '.')}"
    return Trouble(alarm, by, device.name, joins_within=joins_within)


def ended(trouble: Trouble, at: datetime, outcome: str) -> Iterator[Remark]:
    """It is over, if it was there."""
    told = trouble.over(at, outcome) if trouble.since is not None else None
    if told is not None:
        yield told
