"""This is the place for one quantity of one person: who tells it, and the alarms that listen."""

from collections.abc import Sequence
from datetime import datetime
from math import inf, nextafter

from healthmon.alarms.body import Body
from healthmon.alarms.classes import AlarmClass, Kind, Side
from healthmon.alarms.conditions.fall import LASTS
from healthmon.alarms.episode import Who
from healthmon.alarms.limits import Limits
from healthmon.alarms.machine import Alarm
from healthmon.alarms.source import Source
from healthmon.events import Entry
from healthmon.events.plausible import GATES


def whom(entry: Entry) -> Who:
    """Whom an entry is about."""
    person = entry.context.get("person")
    return person if isinstance(person, str) and person else entry.subject


class Vital:
    """A person's heart rate, or their oxygen. Between `lower` and `upper` no alarm begins.

    `is_quiet` while every alarm is asleep: then a reading between the two need not be shown to any of them,
    which is nearly every reading there is.
    """

    __slots__ = ("_looks_back", "alarms", "body", "days", "is_quiet", "lower", "quantity", "sources", "upper")

    def __init__(self, body: Body, quantity: str, rows: Sequence[AlarmClass], limits: Limits) -> None:
        self.body = body
        self.quantity = quantity
        self.days = body.days(quantity)
        self.sources: dict[str, Source] = {}
        self._looks_back = any(row.kind is not Kind.LIMIT for row in rows)
        self.alarms = [Alarm(row, limits.terms(body.name, row), self.sources, body) for row in rows]
        self.is_quiet = True
        self.tune()

    @property
    def person(self) -> str | None:
        """Whose it is, if somebody was given the device."""
        return self.body.who if isinstance(self.body.who, str) else None

    def source(self, device: str, at: datetime) -> Source:
        """A device that tells it for the first time."""
        known = self.sources[device] = Source(device, at, looks_back=self._looks_back)
        return known

    def goes_on(self, source: Source | None, entry: Entry, value: float) -> bool:
        """Take in a reading that begins and ends nothing, as nearly all; False: nothing was taken in.

        What it leaves behind is what it would leave if it were shown to every alarm.
        """
        if source is None or not self.is_quiet or not self.lower < value < self.upper:
            return False
        at = entry.time
        if source.is_off or at <= source.newest:
            return False
        if at >= source.sample_at and not self.body.is_shaken(at):
            if self.days.begins(at):  # what is usual may be another from now on, and so the band
                return False
            self.sample(source, at, value)
        source.newest, source.value, source.received, source.why = at, value, entry.received, ""
        source.times.append(at)
        return True

    def sample(self, source: Source, at: datetime, value: float) -> None:
        """Keep a reading to look back at, and learn from it what is usual."""
        source.sample(at, value)
        if self.days.learn(at, value):
            self.tune()

    def keep_only(self, kept: AlarmClass) -> None:
        """Leave out every other alarm."""
        self.alarms = [alarm for alarm in self.alarms if alarm.row.id == kept.id]
        self.settle()
        self.tune()

    def tune(self) -> None:
        """Find the band again after the limits, or what is usual, changed."""
        low, high = GATES[self.quantity]
        terms = [(alarm, alarm.terms) for alarm in self.alarms if alarm.terms is not None]
        lows = [alarm.condition.edge(one) for alarm, one in terms if one.side is Side.LOW]
        highs = [alarm.condition.edge(one) for alarm, one in terms if one.side is Side.HIGH]
        self.lower = max([nextafter(low, -inf), *lows])
        self.upper = min([nextafter(high, inf), *highs])

    def settle(self) -> None:
        """Notice whether every alarm is asleep, and no device fell and is not back yet.

        A fall that is not back wants every reading: else a small fall from where it came back to would be
        measured from where the first began. Found again only where all are asleep.
        """
        self.is_quiet = all(alarm.is_asleep for alarm in self.alarms) and not self._has_fallen()

    def _has_fallen(self) -> bool:
        sources = self.sources.values()
        for alarm in self.alarms:
            if alarm.row.kind is Kind.FALL:
                fallen = [one.newest for one in sources if alarm.condition.reference(one) is not None]
                if fallen and max(one.newest for one in sources) - max(fallen) <= LASTS:
                    return True
        return False
