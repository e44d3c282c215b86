"""This is the place for which alarms there are: one table, and where each number in it was read.

"Measured" means: on our simulated people wearing a watch (30 persons, 14 days), never on patients.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from healthmon.events.vocabulary import HR, SPO2


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


@dataclass(frozen=True, slots=True)
class AlarmClass:
    """One row of the table: when an alarm begins, when it ends, how urgent it is.

    A reading at or beyond the limit is in the alarm's condition; `delay` of that raises it. It is over after
    readings `hysteresis` inside the limit for `CLEARS_AFTER`. `limits` holds one for each profile, None where
    the alarm is off; `least` to `most` is what a carer may choose. `rises_after`: the time from the first
    reading beyond the limit until a medium alarm becomes a high one. `sources` says where each was read.
    """

    id: str
    quantity: str
    unit: str
    side: Side
    limits: Mapping[Profile, float | None]
    least: float
    most: float
    delay: timedelta
    hysteresis: float
    latches: bool  # over but unseen, it stays until a carer acknowledges
    priority: Priority
    needs_rest: bool = False  # begins only when there were no steps for REST
    needs_stillness: bool = False  # what is read while walking neither begins nor ends it
    believed_after: timedelta | None = None  # a restless signal has to last so long; None: no longer than any
    rises_after: timedelta | None = None
    sources: Mapping[str, str] = field(default_factory=dict)


CLEARS_AFTER: Final = timedelta(seconds=30)  # our choice
REST: Final = timedelta(
    minutes=10
)  # Apple Watch tells of a high rate after 10 min without movement (secondary)
MOST_STEPS: Final = 250.0  # our choice: more "steps a minute" than that is a counter, and silences nothing

URGENCY: Final = MappingProxyType({Priority.LOW: 0, Priority.MEDIUM: 1, Priority.HIGH: 2})

# Silences last at most: never long for high (our choice; bedside monitors pause for 2 min, Masimo, Nonin).
LONGEST_SNOOZE: Final = MappingProxyType(
    {
        Priority.HIGH: timedelta(minutes=2),
        Priority.MEDIUM: timedelta(minutes=120),
        Priority.LOW: timedelta(minutes=120),
    }
)

_OURS = "our choice"
_BAND = "our choice: hysteresis keeps a value that hovers at the limit from ringing again and again"

_SHAKEN = "measured on simulated wear: .94 false alarms a day while walking, and .01 without"
_SWAY = "our choice: on simulated wear two of three false alarms of unnoticed cold hands sway"


def _limits(adult: float, low_oxygen: float, athlete: float | None) -> Mapping[Profile, float | None]:
    return MappingProxyType({Profile.ADULT: adult, Profile.LOW_OXYGEN: low_oxygen, Profile.ATHLETE: athlete})


CLASSES: Final = (
    AlarmClass(
        id="SPO2_CRIT",
        quantity=SPO2,
        unit="%",
        side=Side.LOW,
        limits=_limits(88.0, low_oxygen=83.0, athlete=88.0),
        least=80.0,
        most=92.0,
        delay=timedelta(seconds=30),
        hysteresis=2.0,
        latches=True,
        priority=Priority.HIGH,
        needs_stillness=True,
        believed_after=timedelta(minutes=5),
        sources={
            "needs_stillness": _SHAKEN,
            "believed_after": _SWAY,
            "limits": "88: Masimo Rad-97's default; 83: NEWS2 scale 2, 3 points at 83 and below (RCP 2017)",
            "range": _OURS,
            "delay": "measured: .52 alarms a day and .98 of events found at 30 s; 1.54 a day at 15 s",
            "hysteresis": _BAND,
            "latches": _OURS,
            "priority": "Masimo Rad-97: low saturation is a high-priority alarm",
        },
    ),
    AlarmClass(
        id="SPO2_LOW",
        quantity=SPO2,
        unit="%",
        side=Side.LOW,
        limits=_limits(92.0, low_oxygen=87.0, athlete=92.0),
        least=84.0,
        most=94.0,
        delay=timedelta(seconds=120),
        hysteresis=2.0,
        latches=True,
        priority=Priority.MEDIUM,
        rises_after=timedelta(minutes=10),
        needs_stillness=True,
        believed_after=timedelta(minutes=10),
        sources={
            "needs_stillness": _SHAKEN,
            "believed_after": _SWAY,
            "limits": "92: NHS oximetry at home calls 92 and below severe (secondary); "
            "87: below the 88-92 that NEWS2 scale 2 aims at (RCP 2017)",
            "range": _OURS,
            "delay": "measured: .60 alarms a day and .98 of events found at 120 s; 12.3 a day at 15 s",
            "hysteresis": _BAND,
            "latches": _OURS,
            "priority": _OURS,
            "rises_after": _OURS,
        },
    ),
    AlarmClass(
        id="HR_HIGH_CRIT",
        quantity=HR,
        unit="/min",
        side=Side.HIGH,
        limits=_limits(131.0, low_oxygen=131.0, athlete=131.0),
        least=120.0,
        most=180.0,
        delay=timedelta(seconds=60),
        hysteresis=5.0,
        latches=True,
        priority=Priority.HIGH,
        needs_rest=True,
        sources={
            "limits": "NEWS2 gives 3 points at 131 and above (RCP 2017)",
            "range": _OURS,
            "delay": "measured at 130: .09 alarms a day, .83 of events found",
            "hysteresis": _BAND,
            "latches": _OURS,
            "priority": _OURS,
            "needs_rest": "Apple Watch (secondary)",
        },
    ),
    AlarmClass(
        id="HR_HIGH",
        quantity=HR,
        unit="/min",
        side=Side.HIGH,
        limits=_limits(120.0, low_oxygen=120.0, athlete=120.0),
        least=100.0,
        most=150.0,
        delay=timedelta(seconds=180),
        hysteresis=5.0,
        latches=True,
        priority=Priority.MEDIUM,
        needs_rest=True,
        sources={
            "limits": "Apple Watch's default, 120 (secondary)",
            "range": "Apple Watch offers 100 to 150 (secondary)",
            "delay": "measured: .12 alarms a day, .90 of events found at 180 s; .46 at Apple's 600 s",
            "hysteresis": _BAND,
            "latches": _OURS,
            "priority": _OURS,
            "needs_rest": "Apple Watch (secondary)",
        },
    ),
    AlarmClass(
        id="HR_LOW_CRIT",
        quantity=HR,
        unit="/min",
        side=Side.LOW,
        limits=_limits(40.0, low_oxygen=40.0, athlete=35.0),
        least=30.0,
        most=45.0,
        delay=timedelta(seconds=60),
        hysteresis=3.0,
        latches=True,
        priority=Priority.HIGH,
        sources={
            "limits": "40: NEWS2 gives 3 points at 40 and below (RCP 2017); 35: our choice, between athletes'"
            " nights and 30, below which it is abnormal in them (10.1136/bjsports-2016-097331, secondary)",
            "range": _OURS,
            "delay": "measured: .01 alarms a day",
            "hysteresis": _BAND,
            "latches": _OURS,
            "priority": _OURS,
        },
    ),
    AlarmClass(
        id="HR_LOW",
        quantity=HR,
        unit="/min",
        side=Side.LOW,
        limits=_limits(45.0, low_oxygen=45.0, athlete=None),
        least=40.0,
        most=50.0,
        delay=timedelta(minutes=10),
        hysteresis=3.0,
        latches=False,
        priority=Priority.LOW,
        sources={
            "limits": "Apple Watch offers 40, 45 and 50 (secondary); off for who rests below 50: our choice",
            "range": "Apple Watch offers 40 to 50 (secondary)",
            "delay": "Apple Watch waits 10 min (secondary)",
            "hysteresis": _BAND,
            "latches": _OURS,
            "priority": _OURS,
        },
    ),
)
