"""Rules that mark what they see: spikes, low oxygen in old readings, missing numbers, a cold kettle,
coffee, restless nights."""

from healthmon.rules.coffee import Coffee
from healthmon.rules.hr_spike import HeartRateSpike
from healthmon.rules.lasting_spike import LastingSpike
from healthmon.rules.low_oxygen import LowOxygen
from healthmon.rules.names import Names
from healthmon.rules.night_dips import NightDips
from healthmon.rules.plausible import Reading, reading
from healthmon.rules.routine import MissedRoutine
from healthmon.rules.sequence import SequenceGaps

__all__ = [
    "Coffee",
    "HeartRateSpike",
    "LastingSpike",
    "LowOxygen",
    "MissedRoutine",
    "Names",
    "NightDips",
    "Reading",
    "SequenceGaps",
    "reading",
]
