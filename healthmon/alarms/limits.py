"""This is the place for what holds for whom: the table's numbers, a profile, terms of their own."""

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from healthmon.alarms.asked import NOTHING_ASKED, Asked, asked
from healthmon.alarms.classes import FLOOR_DELAY, AlarmClass, Priority, Profile, Side
from healthmon.alarms.states import Signal
from healthmon.events import Entry
from healthmon.events.zones import Zones

# Reading a member off an enum class is slow in Python 3.11, and these are asked for with every reading.
_LOW, _BEYOND, _BETWEEN, _CLEAR = Side.LOW, Signal.BEYOND, Signal.BETWEEN, Signal.CLEAR


@dataclass(frozen=True, slots=True)
class Terms:
    """The numbers of one alarm as they hold for one person now.

    `is_off`: somebody switched it off, and what is left of it is its floor.
    """

    side: Side
    limit: float
    hysteresis: float
    delay: timedelta
    latches: bool
    priority: Priority
    floor: float | None = None
    is_off: bool = False

    def judge(self, value: float, limit: float | None = None) -> Signal:
        """Where a value lies: BEYOND the limit (or another), CLEAR of it by the hysteresis, or BETWEEN."""
        limit = self.limit if limit is None else limit
        inside = value - limit if self.side is _LOW else limit - value
        if inside <= 0:
            return _BEYOND
        return _CLEAR if inside >= self.hysteresis else _BETWEEN

    def is_critical(self, value: float) -> bool:
        """Whether a reading is at or beyond the floor."""
        if self.floor is None:
            return False
        return value <= self.floor if self.side is _LOW else value >= self.floor

    def worse(self, one: float, other: float) -> float:
        """Of two readings the one further beyond."""
        return min(one, other) if self.side is _LOW else max(one, other)


class Limits:
    """A fold of SETS PERSON (a profile, a zone) and SETS ALARM (terms of one's own).

    SETS ALARM replaces what was set before; what it leaves out is the profile's. What was said last counts,
    by the time it was said. A number outside what may be chosen counts as the nearest that may: a typing
    error must not switch an alarm off. `who` is a person's id, or whatever stands for somebody unnamed.
    """

    def __init__(self) -> None:
        self._profile_of: dict[str, Profile] = {}
        self._zones = Zones()
        self._own: dict[tuple[str, str], Asked] = {}
        self._said: dict[tuple[str, str], datetime] = {}

    def follow(self, entry: Entry) -> str | None:
        """Take note of what this entry sets, and tell whose terms may have changed."""
        who = entry.person or (entry.object.id if entry.object.type == "PERSON" else None)
        if entry.verb != "SETS" or not who or not entry.counts_now:
            return None
        what = str(entry.object)
        if entry.time < self._said.get((who, what), entry.time):
            return None
        self._said[who, what] = entry.time
        if entry.object.type == "ALARM":
            self._own[who, entry.object.id] = asked(entry.context)
        elif entry.object.type == "PERSON":
            self._know(who, entry)
        return who

    def profile(self, who: str) -> Profile:
        """What is usual for this person."""
        return self._profile_of.get(who, Profile.ADULT)

    def live_in(self, zone: str) -> None:
        """The zone of this home, for people who were given none; one that nobody knows changes nothing."""
        self._zones.at_home(zone)

    def zone(self, who: str) -> tzinfo:
        """The zone this person lives in."""
        return self._zones.of(who)

    def forget(self, person: str) -> None:
        """Whatever was set for them holds no more."""
        self._profile_of.pop(person, None)
        self._zones.forget(person)
        self._own = {key: own for key, own in self._own.items() if key[0] != person}
        self._said = {key: at for key, at in self._said.items() if key[0] != person}

    def terms(self, who: str, row: AlarmClass) -> Terms | None:
        """What holds for this person, or None when this alarm is off for them."""
        profile = self.profile(who)
        own, floor = self._own.get((who, row.id), NOTHING_ASKED), row.floors.get(profile)
        chosen = own.limit_of(row)
        limit = row.limits[profile] if chosen is None else chosen
        delay, is_off = own.delay_of(row), own.is_off
        if is_off or limit is None:
            limit, delay, is_off = floor, FLOOR_DELAY, True
        elif floor is not None:
            limit = max(limit, floor) if row.side is _LOW else min(limit, floor)
        if limit is None:
            return None
        latches, priority = own.latches_of(row), own.priority_of(row)
        return Terms(row.side, limit, own.hysteresis_of(row), delay, latches, priority, floor, is_off)

    def _know(self, who: str, entry: Entry) -> None:
        profile = entry.context.get("profile")
        if isinstance(profile, str) and profile in set(Profile):
            self._profile_of[who] = Profile(profile)
        self._zones.lives(entry)
