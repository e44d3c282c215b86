"""This is the place for the alarms of oxygen saturation, and where each number was read.

"Measured" means: on our simulated people wearing a watch (30 persons, 14 days), never on patients.
"""

from datetime import timedelta
from typing import Final

from healthmon.alarms.classes import BAND, OURS, REST, AlarmClass, Kind, Priority, Side, by_profile, floors
from healthmon.alarms.doubt import Steadiness
from healthmon.events.vocabulary import SPO2

_SHAKEN: Final = (
    "measured on simulated wear: .94 false alarms a day while walking, and .01 without; what is steady for"
    " two minutes of a walk is believed: 52 of 55 lows while walking were found, and 36 before"
)
_SWAY: Final = "our choice: on simulated wear two of three false alarms of unnoticed cold hands sway"

STEADY: Final = Steadiness(sway=1.0, believed_after=timedelta(minutes=10))

OXYGEN: Final = (
    AlarmClass(
        id="RAPID_DESAT",
        quantity=SPO2,
        unit="%",
        side=Side.LOW,
        kind=Kind.FALL,
        limits=by_profile(10.0, low_oxygen=10.0, athlete=10.0),
        least=8.0,
        most=20.0,
        delay=timedelta(seconds=30),
        delays=(timedelta(), timedelta(seconds=30)),
        hysteresis=3.0,
        bands=(1.0, 5.0),
        latches=True,
        priority=Priority.HIGH,
        needs_stillness=True,
        steadiness=STEADY,
        sources={
            "needs_stillness": _SHAKEN,
            "limits": "Masimo Rad-97: a fall of 10 points bypasses the delay. Within 60 s, from the 90th"
            " percentile of 2 min: our choice",
            "range": OURS,
            "steadiness": _SWAY,
            "delay": "our choice: Masimo Rad-97 has none, but two readings alone rang falsely .86 times a day"
            " on simulated wear, and .91 times for a pause of breath that was over in seconds",
            "hysteresis": BAND,
            "latches": OURS,
            "priority": "Masimo Rad-97: low saturation is a high-priority alarm",
        },
    ),
    AlarmClass(
        id="SPO2_CRIT",
        quantity=SPO2,
        unit="%",
        side=Side.LOW,
        limits=by_profile(88.0, low_oxygen=83.0, athlete=88.0),
        floors=floors(80.0, low_oxygen=75.0, athlete=80.0),
        least=80.0,
        most=92.0,
        delay=timedelta(seconds=30),
        delays=(timedelta(seconds=10), timedelta(seconds=120)),
        hysteresis=2.0,
        bands=(1.0, 5.0),
        latches=True,
        priority=Priority.HIGH,
        needs_stillness=True,
        steadiness=STEADY,
        sources={
            "needs_stillness": _SHAKEN,
            "steadiness": _SWAY,
            "limits": "88: Masimo Rad-97's default; 83: NEWS2 scale 2, 3 points at 83 and below (RCP 2017)",
            "floors": "our choice: 8 points below each profile's limit",
            "range": OURS,
            "delay": "measured: .52 alarms a day and .98 of events found at 30 s; 1.54 a day at 15 s."
            " What may be chosen: our choice",
            "hysteresis": BAND,
            "latches": OURS,
            "priority": "Masimo Rad-97: low saturation is a high-priority alarm",
        },
    ),
    AlarmClass(
        id="SPO2_LOW",
        quantity=SPO2,
        unit="%",
        side=Side.LOW,
        limits=by_profile(92.0, low_oxygen=87.0, athlete=92.0),
        least=84.0,
        most=94.0,
        delay=timedelta(seconds=120),
        delays=(timedelta(seconds=15), timedelta(minutes=10)),
        hysteresis=2.0,
        bands=(1.0, 5.0),
        latches=True,
        priority=Priority.MEDIUM,
        rises_after=timedelta(minutes=10),
        needs_stillness=True,
        steadiness=STEADY,
        sources={
            "needs_stillness": _SHAKEN,
            "steadiness": _SWAY,
            "limits": "92: NHS oximetry at home calls 92 and below severe (secondary); "
            "87: below the 88-92 that NEWS2 scale 2 aims at (RCP 2017)",
            "range": OURS,
            "delay": "measured: .60 alarms a day and .98 of events found at 120 s; 12.3 a day at 15 s."
            " What may be chosen: our choice, from Masimo's 15 s on",
            "hysteresis": BAND,
            "latches": OURS,
            "priority": OURS,
            "rises_after": OURS,
        },
    ),
    AlarmClass(
        id="SPO2_DROP",
        quantity=SPO2,
        unit="%",
        side=Side.LOW,
        kind=Kind.USUAL,
        limits=by_profile(4.0, low_oxygen=4.0, athlete=4.0),
        least=3.0,
        most=10.0,
        delay=timedelta(minutes=5),
        delays=(timedelta(minutes=1), timedelta(minutes=60)),
        hysteresis=1.0,
        bands=(1.0, 3.0),
        latches=False,
        priority=Priority.LOW,
        needs_stillness=True,
        sources={
            "needs_stillness": _SHAKEN,
            "limits": "4 points: the fall that the oxygen desaturation index 4 counts (Jung 2018, Behar 2020:"
            " both secondary); below the median of 28 days: our choice",
            "range": "3 points is what the index 3 counts (secondary); 10: our choice",
            "delay": OURS,
            "hysteresis": BAND,
            "latches": OURS,
            "priority": OURS,
        },
    ),
    AlarmClass(
        id="SPO2_WATCH",
        quantity=SPO2,
        unit="%",
        side=Side.LOW,
        kind=Kind.MEDIAN,
        limits=by_profile(94.0, low_oxygen=88.0, athlete=94.0),
        least=88.0,
        most=94.0,
        delay=timedelta(),
        delays=(timedelta(), timedelta(minutes=60)),
        hysteresis=1.0,
        bands=(1.0, 3.0),
        latches=False,
        priority=Priority.LOW,
        rest=REST,
        by_day=True,
        needs_stillness=True,
        sources={
            "needs_stillness": _SHAKEN,
            "limits": "94: NHS oximetry at home asks to seek help at 93 and 94 (secondary); 88: our choice,"
            " the next above SPO2_LOW",
            "range": OURS,
            "delay": "none beyond the ten minutes of the median: our choice",
            "hysteresis": BAND,
            "latches": OURS,
            "priority": OURS,
            "rest": OURS,
            "by_day": "healthy people over 60 have nights with a tenth below 92.8 (secondary): in the night"
            " it would ring for nearly everybody. From 07:00 to 22:00: our choice",
        },
    ),
)
