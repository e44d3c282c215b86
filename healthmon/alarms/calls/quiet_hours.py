"""This is the place for when medium alarms let people sleep: quiet hours, by each person's own clock."""

from datetime import datetime, time, timedelta, tzinfo

from healthmon.alarms.said_last import SaidLast
from healthmon.events import Entry
from healthmon.events.zones import Zones, wall_moment

_HOME = ""  # whoever has no name: the home itself
_DAY = timedelta(days=1)


class QuietHours:
    """A fold of SETS QUIET_HOURS, of the zones in SETS PERSON and of the recorder's own in REPORTS CONTACTS.

    They last from a wall time to the next other one where the person lives. From and to alike are a mistake,
    and no quiet hours.
    """

    def __init__(self) -> None:
        self._hours: dict[str, tuple[str, str]] = {}  # as they were said: a checkpoint keeps no `time`
        self._zones = Zones()
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
        self._zones.lives(entry)

    def at_home(self, zone: object) -> None:
        """The recorder says where it is."""
        self._zones.at_home(zone)

    @property
    def home(self) -> tzinfo:
        """Where the recorder is; UTC while it has not said so."""
        return self._zones.home

    def zone_of(self, person: str | None) -> tzinfo:
        """Where this person's nights are."""
        return self._zones.of(person)

    def hours(self, person: str | None) -> tuple[str, str] | None:
        """From when to when, as it was said: `22:00`, `07:00`; None without quiet hours."""
        return self._hours.get(person or _HOME)

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
            until = wall_moment(last, ends, zone)
            if wall_moment(day, begins, zone) <= at < until:
                return until
        return None

    def forget(self, person: str) -> None:
        """Where they live and when they sleep is known no more."""
        self._hours.pop(person, None)
        self._zones.forget(person)
        self._said.forget(person)


def _are_hours(begins: str, ends: str) -> bool:
    """Whether both are a time of day, as `22:00`, and not the same one."""
    try:
        walls = [time.fromisoformat(said) for said in (begins, ends)]
    except ValueError:
        return False
    return walls[0] != walls[1] and all(wall.tzinfo is None for wall in walls)
