"""This is the place for one device with its alarms, and when to look at it again."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from healthmon.alarms.devices.battery import Battery
from healthmon.alarms.devices.clock import WrongClock
from healthmon.alarms.devices.device import Device, Pulse
from healthmon.alarms.devices.device_alarm import DeviceAlarm
from healthmon.alarms.devices.frozen import Frozen
from healthmon.alarms.devices.not_worn import NotWorn
from healthmon.alarms.devices.rhythm import NEVER
from healthmon.alarms.devices.silence import Silence
from healthmon.alarms.devices.stale import PATIENCE, Stale
from healthmon.alarms.trouble import Trouble
from healthmon.events import Remark

FORGOTTEN_AFTER: Final = timedelta(hours=24)  # our choice


class Watched:
    """A device and all its alarms. `is_quiet` while an ordinary reading can change none of them.

    `wake` may be earlier than anything is due: readings move what is due on, and nobody is told. It is never
    later, but for a habit that became shorter: that counts from the next time it was looked at.
    """

    __slots__ = ("alarms", "clock", "device", "frozen", "is_armed", "is_quiet", "wake")

    def __init__(self, device: Device) -> None:
        self.device = device
        self.clock = WrongClock(device)
        self.frozen = Frozen(device)
        self.alarms: tuple[DeviceAlarm, ...] = (
            Silence(device),
            NotWorn(device),
            *(Stale(device, quantity) for quantity in PATIENCE),
            self.frozen,
            Battery(device),
            self.clock,
        )
        self.is_quiet = True
        self.is_armed = False  # whether anything comes due by itself
        self.wake: datetime | None = None

    @property
    def gone_at(self) -> datetime | None:
        """When a device that no carer named counts as gone for good."""
        device = self.device
        return None if device.is_named else max(device.heard_at, device.begun_at) + FORGOTTEN_AFTER

    @property
    def troubles(self) -> Iterator[Trouble]:
        """What is wrong with it, and what is not."""
        return (alarm.trouble for alarm in self.alarms)

    def judged(self, at: datetime) -> list[Remark]:
        """What is to be said of it at `at`, now that it said something, or nothing in time."""
        said = [remark for alarm in self.alarms for remark in alarm.judge(at)]
        dues = (alarm.due() for alarm in self.alarms)
        self.wake = min((due for due in dues if due is not None and due > at), default=None)
        self.is_armed = self.wake is not None
        gone = self.gone_at
        if gone is not None and (self.wake is None or gone < self.wake):
            self.wake = gone
        self.is_quiet = not any(
            alarm.trouble.is_raised for alarm in self.alarms if isinstance(alarm, Silence | Stale | Frozen)
        )
        if not self._may_rest:
            for pulse in self.device.pulses.values():
                pulse.quiet_until = NEVER
        return said

    def rest(self, pulse: Pulse) -> None:
        """Find until when its readings can change nothing: until the next utterance, if all is well.

        Until then a valid one leaves behind what `Pulse.go_on` does, and when it was heard: looked at with
        care it would leave no more.
        """
        is_sure = pulse.lost_since is None and not pulse.is_doubted
        if is_sure and self._may_rest and not self.frozen.is_near(pulse):
            pulse.quiet_until = min(self.device.rhythm.until, pulse.rhythm.until)

    @property
    def _may_rest(self) -> bool:
        """Whether nothing is wrong that a valid reading might end, and nothing is looked for in each."""
        device = self.device
        is_here = device.is_worn is not False and device.offline_since is None
        is_looked_at = self.is_armed or device.period() is None
        return self.is_quiet and is_looked_at and is_here and self.clock.is_calm

    def ended(self, at: datetime, outcome: str) -> list[Remark]:
        """It is another's now, or nobody's: what is wrong with it does not concern who had it before."""
        told = [trouble.over(at, outcome) for trouble in self.troubles if trouble.since is not None]
        for trouble in self.troubles:
            trouble.part()
        return [remark for remark in told if remark is not None]

    def begin_anew(self, at: datetime) -> None:
        """Nobody listened until now."""
        self.device.begin_anew(at)
        self.clock.begin_anew()
