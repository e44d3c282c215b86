"""This is the place for whether it is day where somebody lives."""

from datetime import UTC, datetime, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from healthmon.alarms.classes import DAY


@lru_cache(maxsize=64)
def zone_of(name: str) -> tzinfo:
    """The zone of that name, or UTC when there is none: it is what somebody typed."""
    try:
        return ZoneInfo(name) if name else UTC
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def is_day(at: datetime, zone: tzinfo) -> bool:
    """Whether people are usually awake at that hour."""
    return at.astimezone(zone).hour in DAY
