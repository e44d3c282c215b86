"""This is the place for one quantity of one person: who tells it, and the alarms that listen."""

from collections.abc import Sequence
from math import inf, nextafter

from healthmon.alarms.classes import AlarmClass, Side
from healthmon.alarms.episode import Course, Who
from healthmon.alarms.limits import Limits
from healthmon.alarms.machine import Alarm
from healthmon.alarms.source import Source
from healthmon.events import Entry
from healthmon.events.plausible import GATES


def whom(entry: Entry) -> Who:
    """Whom an entry is about."""
    person = entry.context.get("person")
    return person if isinstance(person, str) and person else entry.subject


def device_of(entry: Entry) -> str:
    """The device an entry comes from: its id, or its type when there is only one."""
    return entry.subject.id or entry.subject.type


class Vital:
    """A person's heart rate, or their oxygen. Between `lower` and `upper` no alarm begins.

    `is_quiet` while every alarm is asleep: then a reading between the two need not be shown to any of them,
    which is nearly every reading there is.
    """

    __slots__ = ("alarms", "course", "is_quiet", "lower", "person", "quantity", "sources", "upper", "who")

    def __init__(self, course: Course, quantity: str, rows: Sequence[AlarmClass], limits: Limits) -> None:
        self.who = who = course.who
        self.person = who if isinstance(who, str) else None
        self.course = course
        self.quantity = quantity
        self.sources: dict[str, Source] = {}
        name = str(who)
        self.alarms = [Alarm(row, limits.terms(name, row), self.sources, course) for row in rows]
        self.is_quiet = True
        self.tune()

    def tune(self) -> None:
        """Find the band again after the limits changed."""
        low, high = GATES[self.quantity]
        terms = [alarm.terms for alarm in self.alarms if alarm.terms is not None]
        lows = [one.limit for one in terms if one.side is Side.LOW]
        highs = [one.limit for one in terms if one.side is Side.HIGH]
        self.lower = max([nextafter(low, -inf), *lows])
        self.upper = min([nextafter(high, inf), *highs])

    def settle(self) -> None:
        """Notice whether every alarm is asleep."""
        self.is_quiet = all(alarm.is_asleep for alarm in self.alarms)
