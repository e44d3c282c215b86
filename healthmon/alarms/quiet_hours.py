"""This is the place for when medium alarms let people sleep: quiet hours, by each person's own clock."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from healthmon.alarms.said_last import SaidLast
from healthmon.events import Entry

_HOME = ""  # whoever has no name: the home itself
_DAY = timedelta(days=1)


class QuietHours:
    """A fold of SETS QUIET_HOURS, of the zones in SETS PERSON and of the recorder's own in REPORTS CONTACTS.

    They last from a wall time to the next other one where the person lives; who has no zone lives where the
    recorder is. A wall time that a change of clocks skips or repeats is the one RFC 5545 (3.3.5) means: the
    first of two, and the offset before a gap. From and to alike are a mistake, and no quiet hours.
    """

    def __init__(self) -> None:
        self._hours: dict[str, tuple[str, str]] = {}  # as they were said: a checkpoint keeps no `time`
        self._zones: dict[str, tzinfo] = {}
        self._said = SaidLast()

    def set(self, entry: Entry) -> None:
        """A carer set the quiet hours of a person, or of what is nobody's; without times none hold."""
        who = entry.person or _HOME
        if not self._said.is_last(entry, who):
            return
        begins, ends = entry.context.get("from"), entry.context.get("to")
        if not isinstance(begins, str) or not isinstance(ends, str) or not _are_hours(begins, ends):
            self._hours.pop(who, None)
        else:
            self._hours[who] = (begins, ends)

    def lives(self, entry: Entry) -> None:
        """A carer said where a person lives. A zone that nobody knows changes nothing."""
        who, zone = entry.person or entry.object.id, _zone(entry.context.get("zone"))
        if who and zone is not None and self._said.is_last(entry, f"zone of {who}"):
            self._zones[who] = zone

    def at_home(self, zone: object) -> None:
        """The recorder says where it is."""
        found = _zone(zone)
        if found is not None:
            self._zones[_HOME] = found

    @property
    def home(self) -> tzinfo:
        """Where the recorder is; UTC while it has not said so."""
        return self._zones.get(_HOME, UTC)

    def zone_of(self, person: str | None) -> tzinfo:
        """Where this person's nights are."""
        return self._zones.get(person or _HOME, self.home)

    def end(self, person: str | None, at: datetime) -> datetime | None:
        """When the quiet hours end that hold for this person at `at`; None when none hold."""
        hours = self._hours.get(person or _HOME)
        if hours is None:
            return None
        begins, ends = map(time.fromisoformat, hours)
        zone = self.zone_of(person)
        today = at.astimezone(zone).date()
        for day in (today - _DAY, today):
            last = day if begins < ends else day + _DAY
            until = instant(last, ends, zone)
            if instant(day, begins, zone) <= at < until:
                return until
        return None

    def forget(self, person: str) -> None:
        """Where they live and when they sleep is known no more."""
        self._hours.pop(person, None)
        self._zones.pop(person, None)
        self._said.forget(person)
        self._said.forget(f"zone of {person}")


def instant(day: date, wall: time, zone: tzinfo) -> datetime:
    """The moment of a wall time in a zone, in UTC: between zones Python compares ambiguous times wrongly."""
    return datetime.combine(day, wall, tzinfo=zone).astimezone(UTC)


def _are_hours(begins: str, ends: str) -> bool:
    """Whether both are a time of day, as `22:00`, and not the same one."""
    try:
        walls = [time.fromisoformat(said) for said in (begins, ends)]
    except ValueError:
        return False
    return walls[0] != walls[1] and all(wall.tzinfo is None for wall in walls)


def _zone(name: object) -> ZoneInfo | None:
    if not isinstance(name, str) or not name:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
