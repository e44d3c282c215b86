"""This is the place for what a reading shows of a device: a value, no signal, or one that is doubted."""

from datetime import datetime

from healthmon.alarms.devices.device import Pulse
from healthmon.alarms.devices.watched import Watched
from healthmon.events import Entry
from healthmon.events.plausible import GATES


def value_of(entry: Entry) -> float | None:
    """What was measured; None for no signal."""
    amount, gate = entry.amount, GATES[entry.object.type]
    return amount if amount is not None and gate[0] <= amount <= gate[1] else None


def pulse_of(one: Watched, entry: Entry, value: float | None) -> Pulse | None:
    """What is known of this quantity; None while nothing was ever felt."""
    pulses, kind = one.device.pulses, entry.object.type
    if kind not in pulses and value is not None:
        pulses[kind] = Pulse(entry.received, value)
    return pulses.get(kind)


def felt(pulse: Pulse | None, at: datetime, value: float | None, *, is_doubtful: bool) -> bool:
    """Take in a reading, or that there is none; whether that may change an alarm."""
    if pulse is None:
        return False
    if value is None:
        return pulse.lose(at)
    if is_doubtful:
        return pulse.doubt(at)
    is_back = pulse.lost_since is not None
    pulse.feel(at, value)
    return is_back
