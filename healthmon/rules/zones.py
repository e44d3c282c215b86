"""This is the place for where people live: whose clock tells morning from night."""

from datetime import UTC, date, datetime, time, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from healthmon.events import Entry


class Zones:
    """A fold of the zones in SETS PERSON and of the recorder's own, in REPORTS CONTACTS.

    Who has no zone lives where the recorder is; while that has said nothing, in UTC. What was said last
    counts, by the time it was said. A zone that this machine does not know changes nothing.
    """

    def __init__(self) -> None:
        self._home: tzinfo = UTC
        self._of: dict[str, tzinfo] = {}
        self._said: dict[str, datetime] = {}

    def follow(self, entry: Entry) -> bool:
        """Take note if this entry says where somebody lives; whether that may have changed anything."""
        if not entry.counts_now:
            return False
        zone = _zone(entry.context.get("zone"))
        if zone is None:
            return False
        if (entry.verb, entry.object.type) == ("REPORTS", "CONTACTS") and entry.subject.type == "MONITOR":
            changed, self._home = zone != self._home, zone
            return changed
        who = entry.person or entry.object.id
        if (entry.verb, entry.object.type) != ("SETS", "PERSON") or not who:
            return False
        if entry.time < self._said.get(who, entry.time):
            return False
        changed = zone != self.of(who)
        self._said[who], self._of[who] = entry.time, zone
        return changed

    def of(self, person: str | None) -> tzinfo:
        """The zone a person lives by; the home's for what is nobody's."""
        return self._of.get(person, self._home) if person is not None else self._home

    def forget(self, person: str) -> None:
        """Where they live is known no more."""
        self._of.pop(person, None)
        self._said.pop(person, None)


def instant(day: date, minutes: int, zone: tzinfo) -> datetime:
    """The moment of so many minutes after midnight on the wall clock of a zone, in UTC.

    One that a change of clocks skips or repeats is the first of two, and that of the offset before a gap.
    """
    return datetime.combine(day, time(minutes // 60, minutes % 60), tzinfo=zone).astimezone(UTC)


def _zone(name: object) -> ZoneInfo | None:
    if not isinstance(name, str) or not name:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
