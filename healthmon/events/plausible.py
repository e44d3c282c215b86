"""This is the place for what a device at home can measure, and whether it trusts what it measured.

Outside of what it can measure, it says that it feels nothing.
"""

from types import MappingProxyType
from typing import Final

from healthmon.events.event import Json
from healthmon.events.vocabulary import HR, SPO2

# 20-250 /min, 35-100 % (our choice; it covers what the devices we read of specify). Outside it a device
# says "no signal": 0 everywhere, 255 for a pulse, 127 for oxygen (BerryMed frames), 65535 for an unset 16-bit
# field. A heart does beat 127 times a minute, so that is a reading.
GATES: Final = MappingProxyType({HR: (20.0, 250.0), SPO2: (35.0, 100.0)})
"""Least and most of each quantity in its usual unit: what rules, alarms and window take for a reading."""


def is_good(quality: Json) -> bool:
    """Whether a device trusts its own reading: nothing said, `good`, or a share of at least a half."""
    if quality is None:
        return True
    if isinstance(quality, str):
        return quality.lower() == "good"
    return isinstance(quality, int | float) and quality >= 0.5
