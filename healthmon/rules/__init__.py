"""Rules that mark what they see: spikes of the heart rate, low oxygen in old readings, missing numbers."""

from healthmon.rules.hr_spike import HeartRateSpike
from healthmon.rules.low_oxygen import LowOxygen
from healthmon.rules.plausible import Reading, reading
from healthmon.rules.sequence import SequenceGaps

__all__ = ["HeartRateSpike", "LowOxygen", "Reading", "SequenceGaps", "reading"]
