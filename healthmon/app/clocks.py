"""This is the place for which clock a command runs by."""

from healthmon import log
from healthmon.app.places import Places
from healthmon.clock import Clock, clock_from


def clock_of(places: Places, spec: str | None) -> Clock:
    """The clock that was asked for, else the one the log remembers, else the machine's."""
    return clock_from(spec or log.recorded_clock(places.data) or "system")
