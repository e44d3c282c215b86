"""This is the place for a reading as alarms take it in."""

from datetime import datetime, timedelta
from typing import NamedTuple

from healthmon.alarms.source import Source


class Reading(NamedTuple):
    """A valid reading, which its source has taken in. `patience`: how long it may have been silent."""

    source: Source
    at: datetime
    value: float
    patience: timedelta
    is_shaken: bool = False  # taken while walking
