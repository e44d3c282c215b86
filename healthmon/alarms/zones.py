"""This is the place for whether it is day where somebody lives."""

from datetime import UTC, datetime, tzinfo

from healthmon.alarms.classes import DAY
from healthmon.events.zones import zone_named


def zone_of(name: str) -> tzinfo:
    """The zone of that name, or UTC when there is none: it is what somebody typed."""
    return zone_named(name) or UTC


def is_day(at: datetime, zone: tzinfo) -> bool:
    """Whether people are usually awake at that hour."""
    return at.astimezone(zone).hour in DAY
