"""This is the place for when a night begins and ends: from 00:00 until 07:00 where somebody lives.

As NightSignal has it: Alavi 2022, Nature Medicine, 10.1038/s41591-021-01593-2.
"""

from datetime import datetime, timedelta, tzinfo
from typing import Final, NamedTuple

from healthmon.events.zones import instant

MORNING: Final = 7  # the hour by which a night is whole
_DAY: Final = timedelta(days=1)


class Night(NamedTuple):
    """From `begins` until before `ends`, in UTC; `day` is the local date (ordinal) that both are of."""

    day: int
    begins: datetime
    ends: datetime


def night_at(now: datetime, zone: tzinfo) -> Night:
    """The night that goes on, or the next. It has six to eight hours when clocks change in it."""
    day = now.astimezone(zone).date()
    if instant(day, MORNING * 60, zone) <= now:
        day += _DAY
    return Night(day.toordinal(), instant(day, 0, zone), instant(day, MORNING * 60, zone))
