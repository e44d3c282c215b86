"""This is the place for whether it is day where somebody lives."""

from datetime import datetime, tzinfo

from healthmon.alarms.classes import DAY


def is_day(at: datetime, zone: tzinfo) -> bool:
    """Whether people are usually awake at that hour."""
    return at.astimezone(zone).hour in DAY
