"""This is the place for what the recorder says of itself: STARTS, REPORTS, REJECTS, in its own time."""

from datetime import datetime

from healthmon.events import Event, Json, Thing, TimeSource

MONITOR = Thing("MONITOR")


def monitor_says(verb: str, about: Thing, at: datetime, context: dict[str, Json]) -> Event:
    """An event without an id: it gets one with its place in the log."""
    return Event(
        id="",
        time=at,
        time_source=TimeSource.RECEIVE,
        subject=MONITOR,
        verb=verb,
        object=about,
        context=context,
    )
