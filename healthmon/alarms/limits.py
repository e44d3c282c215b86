"""This is the place for what holds for whom: the table's numbers, a profile, a limit of their own."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import isfinite

from healthmon.alarms.classes import AlarmClass, Priority, Profile, Side
from healthmon.alarms.states import Signal
from healthmon.events import Entry

# Reading a member off an enum class is slow in Python 3.11, and these are asked for with every reading.
_LOW, _BEYOND, _BETWEEN, _CLEAR = Side.LOW, Signal.BEYOND, Signal.BETWEEN, Signal.CLEAR


@dataclass(frozen=True, slots=True)
class Terms:
    """The numbers of one alarm as they hold for one person now."""

    side: Side
    limit: float
    hysteresis: float
    delay: timedelta
    latches: bool
    priority: Priority

    def judge(self, value: float) -> Signal:
        """Where a reading lies: BEYOND the limit, CLEAR of it by the hysteresis, or BETWEEN."""
        inside = value - self.limit if self.side is _LOW else self.limit - value
        if inside <= 0:
            return _BEYOND
        return _CLEAR if inside >= self.hysteresis else _BETWEEN

    def worse(self, one: float, other: float) -> float:
        """Of two readings the one further beyond."""
        return min(one, other) if self.side is Side.LOW else max(one, other)


class Limits:
    """A fold of SETS PERSON (a profile) and SETS ALARM (a limit of one's own).

    SETS ALARM without a value gives the profile's limit back. What was said last counts, by the time it was
    said. A limit outside what may be chosen counts as the nearest that may: a typing error must not switch an
    alarm off. `who` is a person's id, or whatever stands for somebody unnamed.
    """

    def __init__(self) -> None:
        self._profile_of: dict[str, Profile] = {}
        self._own: dict[tuple[str, str], float] = {}
        self._said: dict[tuple[str, str], datetime] = {}

    def follow(self, entry: Entry) -> str | None:
        """Take note of what this entry sets, and tell whose terms may have changed."""
        who = entry.person
        if entry.verb != "SETS" or not who or not entry.counts_now:
            return None
        what = str(entry.object)
        if entry.time < self._said.get((who, what), entry.time):
            return None
        self._said[who, what] = entry.time
        if entry.object.type == "ALARM":
            self._set(who, entry.object.id, entry.amount)
        elif entry.object.type == "PERSON":
            profile = entry.context.get("profile")
            if isinstance(profile, str) and profile in set(Profile):
                self._profile_of[who] = Profile(profile)
        return who

    def profile(self, who: str) -> Profile:
        """What is usual for this person."""
        return self._profile_of.get(who, Profile.ADULT)

    def forget(self, person: str) -> None:
        """Whatever was set for them holds no more."""
        self._profile_of.pop(person, None)
        self._own = {key: limit for key, limit in self._own.items() if key[0] != person}
        self._said = {key: at for key, at in self._said.items() if key[0] != person}

    def terms(self, who: str, row: AlarmClass) -> Terms | None:
        """What holds for this person, or None when this alarm is off for them."""
        limit = row.limits[self._profile_of.get(who, Profile.ADULT)]
        own = self._own.get((who, row.id))
        if own is not None:
            limit = min(max(own, row.least), row.most)
        if limit is None:
            return None
        return Terms(row.side, limit, row.hysteresis, row.delay, row.latches, row.priority)

    def _set(self, who: str, alarm: str, limit: float | None) -> None:
        if limit is None or not isfinite(limit):
            self._own.pop((who, alarm), None)
        else:
            self._own[who, alarm] = limit
