"""This is the place for times that stand in a context: since, until, expected."""

from datetime import UTC, datetime, timedelta
from typing import Final

from healthmon.events import Event

_UNITS: Final = {"s": timedelta(seconds=1), "min": timedelta(minutes=1), "h": timedelta(hours=1)}
_MOST: Final = 1e5  # of any unit: a snooze of two months is nonsense already


def moment_in(event: Event, key: str) -> datetime | None:
    """The aware time that the context gives under this key, in UTC; None if it gives none."""
    said = event.context.get(key)
    if not isinstance(said, str):
        return None
    try:
        moment = datetime.fromisoformat(said)
        return moment.astimezone(UTC) if moment.tzinfo is not None else None
    except (ValueError, OverflowError):
        return None


def end_of(event: Event) -> datetime | None:
    """When a snooze or a pause ends: `until`, or the value in its unit (minutes) after it was said."""
    until = moment_in(event, "until")
    if until is not None or event.amount is None:
        return until
    return event.time + min(max(event.amount, 0.0), _MOST) * _UNITS.get(event.unit or "min", _UNITS["min"])
