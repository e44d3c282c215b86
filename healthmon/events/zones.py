"""This is the place for where people live: whose clock tells morning from night."""

from datetime import UTC, date, datetime, time, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from healthmon.events.event import Entry


class Zones:
    """A fold of the zones in SETS PERSON and of the recorder's own, in REPORTS CONTACTS.

    Who has no zone lives where the recorder is; while that has said nothing, in UTC. What was said last
    counts, by the time it was said. A zone that this machine does not know changes nothing.
    """

    def __init__(self) -> None:
        self.home: tzinfo = UTC
        self._of: dict[str, tzinfo] = {}
        self._said: dict[str, datetime] = {}

    def follow(self, entry: Entry) -> bool:
        """Take note if this entry says where somebody lives; whether that may have changed anything."""
        if not entry.counts_now:
            return False
        what = (entry.verb, entry.object.type)
        if what == ("REPORTS", "CONTACTS") and entry.subject.type == "MONITOR":
            return self.at_home(entry.context.get("zone"))
        return what == ("SETS", "PERSON") and self.lives(entry)

    def at_home(self, name: object) -> bool:
        """The recorder says where it is; whether that is news."""
        zone = zone_named(name)
        changed = zone is not None and zone != self.home
        self.home = zone or self.home
        return changed

    def lives(self, entry: Entry) -> bool:
        """A carer said, in SETS PERSON, where a person lives; whether that is news."""
        who, zone = entry.person or entry.object.id, zone_named(entry.context.get("zone"))
        if not who or zone is None or entry.time < self._said.get(who, entry.time):
            return False
        changed = zone != self.of(who)
        self._said[who], self._of[who] = entry.time, zone
        return changed

    def of(self, person: str | None) -> tzinfo:
        """The zone a person lives by; the home's for what is nobody's."""
        return self._of.get(person, self.home) if person is not None else self.home

    def forget(self, person: str) -> None:
        """Where they live is known no more."""
        self._of.pop(person, None)
        self._said.pop(person, None)


def zone_named(name: object) -> tzinfo | None:
    """The zone of that name; None for none, or one that this machine does not know."""
    return _found(name) if isinstance(name, str) and name else None


def instant(day: date, minutes: int, zone: tzinfo) -> datetime:
    """The moment of so many minutes after midnight on the wall clock of a zone, in UTC."""
    return wall_moment(day, time(minutes // 60, minutes % 60), zone)


def wall_moment(day: date, wall: time, zone: tzinfo) -> datetime:
    """The moment of a wall time in a zone, in UTC: between zones Python compares ambiguous times wrongly.

    One that a change of clocks skips or repeats is the one RFC 5545 (3.3.5) means: the first of two, and that
    of the offset before a gap.
    """
    return datetime.combine(day, wall, tzinfo=zone).astimezone(UTC)


@lru_cache(maxsize=64)
def _found(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
