"""This is the place for one quantity of one person: who tells it, and the alarms that listen."""

from collections.abc import Sequence
from math import inf, nextafter
from typing import TypeAlias

from healthmon.alarms.classes import AlarmClass, Side
from healthmon.alarms.limits import Limits
from healthmon.alarms.machine import Alarm
from healthmon.alarms.source import Source
from healthmon.events import Entry, Thing
from healthmon.events.plausible import GATES

# Whom a reading is about: the person, or the device itself while nobody is assigned to it.
Who: TypeAlias = str | Thing


def whom(entry: Entry) -> Who:
    """Whom an entry is about."""
    person = entry.context.get("person")
    return person if isinstance(person, str) and person else entry.subject


def device_of(entry: Entry) -> str:
    """The device an entry comes from: its id, or its type when there is only one."""
    return entry.subject.id or entry.subject.type


class Vital:
    """A person's heart rate, or their oxygen. Between `floor` and `ceiling` no alarm begins.

    `is_quiet` while every alarm is asleep: then a reading between the two need not be shown to any of them,
    which is nearly every reading there is.
    """

    __slots__ = ("alarms", "ceiling", "floor", "is_quiet", "person", "quantity", "sources", "who")

    def __init__(self, who: Who, quantity: str, rows: Sequence[AlarmClass], limits: Limits) -> None:
        self.who = who
        self.person = who if isinstance(who, str) else None
        self.quantity = quantity
        self.sources: dict[str, Source] = {}
        name = str(who)
        self.alarms = [Alarm(row, name, limits.terms(name, row), self.sources) for row in rows]
        self.is_quiet = True
        self.tune()

    def tune(self) -> None:
        """Find the band again after the limits changed."""
        low, high = GATES[self.quantity]
        terms = [alarm.terms for alarm in self.alarms if alarm.terms is not None]
        lows = [one.limit for one in terms if one.side is Side.LOW]
        highs = [one.limit for one in terms if one.side is Side.HIGH]
        self.floor = max([nextafter(low, -inf), *lows])
        self.ceiling = min([nextafter(high, inf), *highs])

    def settle(self) -> None:
        """Notice whether every alarm is asleep."""
        self.is_quiet = all(alarm.is_asleep for alarm in self.alarms)
