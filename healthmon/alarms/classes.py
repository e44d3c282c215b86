"""This is the place for what an alarm is: a row of the table, and the constants that hold for every row.

The rows themselves are in `oxygen.py` and `heart.py`, the whole table in `table.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from healthmon.alarms.doubt import Steadiness


class Side(StrEnum):
    """Which way a reading is beyond the limit. A snooze of one side never touches the other."""

    HIGH = "high"
    LOW = "low"


class Priority(StrEnum):
    """How urgent an alarm is, IEC-style: high ***, medium **, low *. Stored in the log."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Profile(StrEnum):
    """What is usual for a person. Set by SETS PERSON; stored in the log."""

    ADULT = "adult"
    LOW_OXYGEN = "low-oxygen"  # a chronic lung disease, as their doctor says
    ATHLETE = "athlete"  # or a drug that slows the heart


class Kind(StrEnum):
    """What a row's limit is held against. One file of `conditions` for each."""

    LIMIT = "limit"  # each reading
    MEDIAN = "median"  # the median of the last minutes
    FALL = "fall"  # how far a reading is below what was told the minute before
    USUAL = "usual"  # how far a reading is below what is usual for this person


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmClass:
    """One row of the table: when an alarm begins, when it ends, how urgent it is.

    A reading at or beyond the limit is in the alarm's condition; `delay` of that raises it. It is over after
    readings `hysteresis` inside the limit for `CLEARS_AFTER`. `limits` holds one for each profile, None where
    the alarm is off; what a carer may choose is `least` to `most`, `delays` and `bands` (of hysteresis),
    from the one to the other. Readings at or beyond the profile's `floors` for `FLOOR_DELAY` ring whatever
    was chosen or silenced. `rises_after`: the time from the first reading beyond the limit until a medium
    alarm becomes a high one. `rest`: it begins only when there were no steps for so long. `by_day`: it begins
    only by day, in the person's zone. `sources` says where each number was read.
    """

    id: str
    quantity: str
    unit: str
    side: Side
    limits: Mapping[Profile, float | None]
    least: float
    most: float
    delay: timedelta
    delays: tuple[timedelta, timedelta]
    hysteresis: float
    bands: tuple[float, float]
    latches: bool  # over but unseen, it stays until a carer acknowledges
    priority: Priority
    kind: Kind = Kind.LIMIT
    floors: Mapping[Profile, float] = field(default_factory=dict)
    rest: timedelta = timedelta()
    by_day: bool = False
    needs_stillness: bool = False  # read while walking it ends nothing, and begins only what it may prove
    steadiness: Steadiness | None = None  # what sways more, or is read while walking, has to last for longer
    rises_after: timedelta | None = None
    sources: Mapping[str, str] = field(default_factory=dict)


CLEARS_AFTER: Final = timedelta(seconds=30)  # our choice
# Our choice, twice what Masimo waits for any low saturation: on simulated wear 15 s rang falsely .3 times a
# day for hearts alone. Two readings at least, so no artefact alone.
FLOOR_DELAY: Final = timedelta(seconds=30)
REST: Final = timedelta(minutes=10)  # no steps for so long; no row asks for more
MOST_STEPS: Final = 250.0  # our choice: more "steps a minute" than that is a counter, and silences nothing
DAY: Final = range(7, 22)  # our choice: the hours in which somebody is taken to be awake

URGENCY: Final = MappingProxyType({Priority.LOW: 0, Priority.MEDIUM: 1, Priority.HIGH: 2})

# Silences last at most: never long for high (our choice; bedside monitors pause for 2 min, Masimo, Nonin).
LONGEST_SNOOZE: Final = MappingProxyType(
    {
        Priority.HIGH: timedelta(minutes=2),
        Priority.MEDIUM: timedelta(minutes=120),
        Priority.LOW: timedelta(minutes=120),
    }
)

# Our choice: beyond the floor a restless signal is believed sooner than elsewhere.
FLOOR_BELIEVED_AFTER: Final = timedelta(seconds=60)

OURS: Final = "our choice"
BAND: Final = "our choice: hysteresis keeps a value that hovers at the limit from ringing again and again"


def by_profile(adult: float, *, low_oxygen: float, athlete: float | None) -> Mapping[Profile, float | None]:
    """One limit for each profile."""
    return MappingProxyType({Profile.ADULT: adult, Profile.LOW_OXYGEN: low_oxygen, Profile.ATHLETE: athlete})


def floors(adult: float, *, low_oxygen: float, athlete: float) -> Mapping[Profile, float]:
    """One critical floor for each profile."""
    return MappingProxyType({Profile.ADULT: adult, Profile.LOW_OXYGEN: low_oxygen, Profile.ATHLETE: athlete})
