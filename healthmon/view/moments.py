"""This is the place for times that stand in a context: since, until, expected."""

from datetime import UTC, datetime, timedelta
from typing import Final

from healthmon.events import Event
from healthmon.events.moments import moment_of

_UNITS: Final = {"s": timedelta(seconds=1), "min": timedelta(minutes=1), "h": timedelta(hours=1)}
_MOST: Final = 1e5  # of any unit: a snooze of two months is nonsense already


def moment_in(event: Event, key: str) -> datetime | None:
    """The aware time that the context gives under this key, in UTC; None if it gives none."""
    moment = moment_of(event.context.get(key))
    try:
        return None if moment is None else moment.astimezone(UTC)
    except OverflowError:
        return None


def end_of(event: Event) -> datetime | None:
    """When a snooze or a pause ends: `until`, or the value in its unit (minutes) after it was said."""
    until = moment_in(event, "until")
    if until is not None or event.amount is None:
        return until
    return event.time + min(max(event.amount, 0.0), _MOST) * _UNITS.get(event.unit or "min", _UNITS["min"])
