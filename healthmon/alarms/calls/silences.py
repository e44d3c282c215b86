"""This is the place for how long a carer wants silence, or needs to get there, as they said it."""

from datetime import datetime, timedelta
from math import isfinite
from typing import Final

from healthmon.events import Delivery, Entry
from healthmon.events.moments import moment_of

_UNITS: Final = {"s": timedelta(seconds=1), "min": timedelta(minutes=1), "h": timedelta(hours=1)}
_MOST: Final = 10_000  # of any unit; it is cut to what is allowed anyway


def length(entry: Entry) -> timedelta | None:
    """How long: `value` in its unit (s, min or h; else min), or `until` a time. None: nonsense."""
    said = entry.context.get("until")
    if isinstance(said, str):
        until = moment_of(said)
        return until - entry.time if until is not None and until >= entry.time else None
    unit, amount = _UNITS.get(entry.unit or "min"), entry.amount
    if unit is None or amount is None or not isfinite(amount) or not 0 <= amount <= _MOST:
        return None
    return amount * unit


def end(entry: Entry, length: timedelta) -> datetime:
    """When so much time is over: from receipt, so that a carer's wrong clock silences nothing for longer.

    What came late is over as long after it was said: earlier, perhaps already.
    """
    begins = entry.received if entry.delivery is Delivery.LIVE else min(entry.time, entry.received)
    return begins + length
