"""This is the place for what time it is for a body.

The simulated home is in Berlin and its people keep winter time all year: bodies do not change their clocks
with the law, and so the same seed gives the same bytes on a machine without a table of time zones.
"""

from typing import TypeVar

import numpy as np

from devices.arrays import Floats, Ints

HOME_ZONE = "Europe/Berlin"
DAY = 86400.0
_AHEAD_OF_UTC = 3600.0

T = TypeVar("T", float, Floats)


def local(moments: T) -> T:
    """Seconds since the epoch as the home's clocks count them."""
    return moments + _AHEAD_OF_UTC


def utc(moments: T) -> T:
    """Seconds since the epoch of what the home's clocks count."""
    return moments - _AHEAD_OF_UTC


def seconds(minutes: Ints) -> Floats:
    """When these minutes begin, in s since the epoch."""
    return minutes.astype(np.float64) * 60


def hour(times: Floats) -> Floats:
    """The hour of the day, 0 up to 24."""
    return local(times) % DAY / 3600


def day(times: Floats) -> Ints:
    """The number of the local day."""
    return np.floor(local(times) / DAY).astype(np.int64)
