"""This is the place for how low is low: two levels of oxygen saturation, and whose limits differ."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from healthmon.events import Entry
from healthmon.rules.plausible import Who, whom

USUAL_PROFILE: Final = "adult"


@dataclass(frozen=True, slots=True)
class Level:
    """A saturation (%) that is low when readings stay at or below it for `delay`.

    `limits` holds one for each profile; `least` to `most` is what a carer may choose instead. It is over
    when a reading is `hysteresis` above the limit.
    """

    id: str
    limits: Mapping[str, float]
    least: float
    most: float
    delay: timedelta
    hysteresis: float = 2.0


# The limits, delays and ranges of the alarms of the same name, whose table says where each number was read.
LEVELS: Final = (
    Level(
        "SPO2_CRIT",
        MappingProxyType({USUAL_PROFILE: 88.0, "low-oxygen": 83.0, "athlete": 88.0}),
        least=80.0,
        most=92.0,
        delay=timedelta(seconds=30),
    ),
    Level(
        "SPO2_LOW",
        MappingProxyType({USUAL_PROFILE: 92.0, "low-oxygen": 87.0, "athlete": 92.0}),
        least=84.0,
        most=94.0,
        delay=timedelta(seconds=120),
    ),
)


class PersonalLevels:
    """A fold of SETS PERSON (a profile) and SETS ALARM (a limit of one's own): what is low for whom.

    What was said last counts, by the time it was said. A limit out of its range counts as the nearest in it.
    """

    def __init__(self) -> None:
        self._profile_of: dict[Who, str] = {}
        self._own: dict[tuple[Who, str], float] = {}
        self._said: dict[tuple[Who, str], datetime] = {}

    def follow(self, entry: Entry) -> None:
        """Take note if this entry sets somebody's profile or limit."""
        if entry.verb != "SETS" or not entry.counts_now:
            return
        who, what = whom(entry), str(entry.object)
        if entry.time < self._said.get((who, what), entry.time):
            return
        self._said[who, what] = entry.time
        profile = entry.context.get("profile")
        if entry.object.type == "PERSON" and isinstance(profile, str):
            self._profile_of[who] = profile
        if entry.object.type == "ALARM":
            self._set(who, entry.object.id, entry.amount)

    def forget(self, person: str) -> None:
        """Whatever was set for them holds no more."""
        self._profile_of.pop(person, None)
        self._own = {key: limit for key, limit in self._own.items() if key[0] != person}
        self._said = {key: at for key, at in self._said.items() if key[0] != person}

    def limit(self, who: Who, level: Level) -> float:
        """The saturation at or below which it is low for them."""
        own = self._own.get((who, level.id))
        if own is not None:
            return min(max(own, level.least), level.most)
        usual = level.limits[USUAL_PROFILE]
        return level.limits.get(self._profile_of.get(who, USUAL_PROFILE), usual)

    def _set(self, who: Who, level: str, limit: float | None) -> None:
        if limit is None:
            self._own.pop((who, level), None)
        else:
            self._own[who, level] = limit
