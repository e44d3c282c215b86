"""This is the place for telling a reading from no signal: 0, sentinels and the impossible are none."""

from datetime import datetime
from typing import NamedTuple, TypeAlias

from healthmon.events import Delivery, Entry, Thing
from healthmon.events.plausible import GATES

# Whom a reading is about: the person, or the device itself while nobody is assigned to it.
Who: TypeAlias = str | Thing


# Reading a member off an enum class costs more than the rest of `amount`.
_LIVE, _RETAINED = Delivery.LIVE, Delivery.RETAINED


class Reading(NamedTuple):
    """One value that was really measured. `value` is in the quantity's usual unit: /min or %."""

    who: Who
    quantity: str
    value: float
    at: datetime
    delivery: Delivery

    @property
    def person(self) -> str | None:
        """Whom it is of, when that is known."""
        return self.who if isinstance(self.who, str) else None


def reading(entry: Entry) -> Reading | None:
    """What `entry` measured of a heart rate or an oxygen saturation, or None when it measured nothing.

    Never raises, whatever the context holds. A retained message is a copy of an old one, never a reading.
    """
    value = amount(entry)
    delivery = entry.delivery if "delivery" in entry.context else _LIVE
    if value is None or delivery is _RETAINED:
        return None
    return Reading(whom(entry), entry.object.type, value, entry.time, delivery)


def amount(entry: Entry) -> float | None:
    """The value alone, if it is one that can be measured, however it was delivered. Never raises."""
    gate = GATES.get(entry.object.type) if entry.verb == "MEASURES" else None
    value = entry.context.get("value")
    if gate is None or not (type(value) is float or type(value) is int):
        return None
    return float(value) if gate[0] <= value <= gate[1] else None


def whom(entry: Entry) -> Who:
    """Whom an entry is about."""
    person = entry.context.get("person")
    return person if isinstance(person, str) and person else entry.subject
