"""This is the place for the alarms of heart rate, and where each number was read.

"Measured" means: on our simulated people wearing a watch (30 persons, 14 days), never on patients.
"""

from datetime import timedelta
from typing import Final

from healthmon.alarms.classes import BAND, OURS, REST, AlarmClass, Priority, Side, by_profile, floors
from healthmon.alarms.doubt import Steadiness
from healthmon.events.vocabulary import HR

_SWAY: Final = (
    "our choice: on simulated wear a halved or jumping rate sways more than a heart; half or twice the rate"
    " within one reading was false .09 times a day there, and gone before 90 s"
)
STEADY: Final = Steadiness(sway=4.0, believed_after=timedelta(minutes=10), after_leap=timedelta(seconds=90))

HEART: Final = (
    AlarmClass(
        id="HR_HIGH_CRIT",
        quantity=HR,
        unit="/min",
        side=Side.HIGH,
        limits=by_profile(131.0, low_oxygen=131.0, athlete=131.0),
        floors=floors(150.0, low_oxygen=150.0, athlete=170.0),
        least=120.0,
        most=170.0,
        delay=timedelta(seconds=60),
        delays=(timedelta(seconds=15), timedelta(minutes=5)),
        hysteresis=5.0,
        bands=(2.0, 10.0),
        latches=True,
        priority=Priority.HIGH,
        rest=REST,
        steadiness=STEADY,
        sources={
            "steadiness": _SWAY,
            "limits": "NEWS2 gives 3 points at 131 and above (RCP 2017)",
            "floors": "our choice: well beyond the 131 of NEWS2; 170 for who trains where no steps are told",
            "range": OURS,
            "delay": "measured at 130: .09 alarms a day, .83 of events found",
            "hysteresis": BAND,
            "latches": OURS,
            "priority": OURS,
            "rest": "Apple Watch tells of a high rate after 10 min without movement (secondary)",
        },
    ),
    AlarmClass(
        id="HR_HIGH",
        quantity=HR,
        unit="/min",
        side=Side.HIGH,
        limits=by_profile(120.0, low_oxygen=120.0, athlete=120.0),
        least=100.0,
        most=150.0,
        delay=timedelta(seconds=180),
        delays=(timedelta(seconds=60), timedelta(minutes=10)),
        hysteresis=5.0,
        bands=(2.0, 10.0),
        latches=True,
        priority=Priority.MEDIUM,
        rest=REST,
        steadiness=STEADY,
        sources={
            "steadiness": _SWAY,
            "limits": "Apple Watch's default, 120 (secondary)",
            "range": "Apple Watch offers 100 to 150 (secondary)",
            "delay": "measured: .12 alarms a day, .90 of events found at 180 s; .46 at Apple's 600 s",
            "hysteresis": BAND,
            "latches": OURS,
            "priority": OURS,
            "rest": "Apple Watch tells of a high rate after 10 min without movement (secondary)",
        },
    ),
    AlarmClass(
        id="HR_LOW_CRIT",
        quantity=HR,
        unit="/min",
        side=Side.LOW,
        limits=by_profile(40.0, low_oxygen=40.0, athlete=35.0),
        floors=floors(35.0, low_oxygen=35.0, athlete=30.0),
        least=30.0,
        most=45.0,
        delay=timedelta(seconds=60),
        delays=(timedelta(seconds=15), timedelta(minutes=5)),
        hysteresis=3.0,
        bands=(1.0, 5.0),
        latches=True,
        priority=Priority.HIGH,
        steadiness=STEADY,
        sources={
            "steadiness": _SWAY,
            "limits": "40: NEWS2 gives 3 points at 40 and below (RCP 2017); 35: our choice, between athletes'"
            " nights and 30, below which it is abnormal in them (10.1136/bjsports-2016-097331, secondary)",
            "floors": "our choice: 5 below each profile's own limit; 30 for athletes as there",
            "range": OURS,
            "delay": "measured: .01 alarms a day",
            "hysteresis": BAND,
            "latches": OURS,
            "priority": OURS,
        },
    ),
    AlarmClass(
        id="HR_LOW",
        quantity=HR,
        unit="/min",
        side=Side.LOW,
        limits=by_profile(45.0, low_oxygen=45.0, athlete=None),
        least=40.0,
        most=50.0,
        delay=timedelta(minutes=10),
        delays=(timedelta(minutes=2), timedelta(minutes=30)),
        hysteresis=3.0,
        bands=(1.0, 5.0),
        latches=False,
        priority=Priority.LOW,
        sources={
            "limits": "Apple Watch offers 40, 45 and 50 (secondary); off for who rests below 50: our choice",
            "range": "Apple Watch offers 40 to 50 (secondary)",
            "delay": "Apple Watch waits 10 min (secondary)",
            "hysteresis": BAND,
            "latches": OURS,
            "priority": OURS,
        },
    ),
)
