"""Rules that mark what they see: spikes of the heart rate, and low oxygen in old readings."""

from healthmon.rules.hr_spike import HeartRateSpike
from healthmon.rules.low_oxygen import LowOxygen
from healthmon.rules.plausible import GATES, Reading, reading

__all__ = ["GATES", "HeartRateSpike", "LowOxygen", "Reading", "reading"]
