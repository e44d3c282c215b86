"""This is the place for when people usually go to bed: the beginning of their quiet hours, as a carer set
them.

Nothing is guessed from readings: a still evening is not yet a night. Who has no quiet hours has no bed time.
"""

from datetime import datetime, time, timedelta
from typing import Final, NamedTuple

from healthmon.events import Entry
from healthmon.events.zones import Zones, wall_moment

UP_LATE: Final = timedelta(hours=3)  # our choice: so long after bed time it is still the evening before
_DAY: Final = timedelta(days=1)


class Bed(NamedTuple):
    """The bed time that a moment comes before, or is already after."""

    at: datetime
    wall: str


class BedTimes:
    """A fold of SETS QUIET_HOURS and of where people live. What was said last counts."""

    def __init__(self) -> None:
        self.zones = Zones()
        self._begins: dict[str | None, str] = {}  # as it was said: a checkpoint keeps no `time`
        self._said: dict[str | None, datetime] = {}

    def follow(self, entry: Entry) -> None:
        """Take note if this entry says when or where somebody sleeps."""
        if (entry.verb, entry.object.type) != ("SETS", "QUIET_HOURS"):
            self.zones.follow(entry)
        elif entry.subject.type == "CAREGIVER" and entry.counts_now:
            self._set(entry)

    def bed(self, person: str | None, at: datetime) -> Bed | None:
        """The next bed time of a person, or the last while they are up late; None when none was ever set.

        What is nobody's is the home's, or, where none was set for that, whoever's goes first.
        """
        if person is not None or None in self._begins:
            return self._bed(person, at)
        beds = [bed for who in self._begins if (bed := self._bed(who, at)) is not None]
        return min(beds, default=None)

    def forget(self, person: str) -> None:
        """When and where they sleep is known no more."""
        self._begins.pop(person, None)
        self._said.pop(person, None)
        self.zones.forget(person)

    def _set(self, entry: Entry) -> None:
        who, begins = entry.person, entry.context.get("from")
        if entry.time < self._said.get(who, entry.time):
            return
        self._said[who] = entry.time
        if isinstance(begins, str) and _is_wall(begins):
            self._begins[who] = begins
        else:
            self._begins.pop(who, None)

    def _bed(self, who: str | None, at: datetime) -> Bed | None:
        begins = self._begins.get(who)
        if begins is None:
            return None
        zone = self.zones.of(who)
        today, wall = at.astimezone(zone).date(), time.fromisoformat(begins)
        moments = (wall_moment(today + days * _DAY, wall, zone) for days in (-1, 0, 1))
        return Bed(next(moment for moment in moments if moment + UP_LATE > at), f"{wall:%H:%M}")


def _is_wall(said: str) -> bool:
    try:
        return time.fromisoformat(said).tzinfo is None
    except ValueError:
        return False
