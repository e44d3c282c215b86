"""Alarms: one table of what they are, one table of their states, and the rule that follows everybody."""

from healthmon.alarms.alarm_rule import Alarms, Countdown
from healthmon.alarms.classes import CLASSES, AlarmClass, Priority, Profile, Side
from healthmon.alarms.limits import Limits, Terms
from healthmon.alarms.states import TABLE, Phase, Signal
from healthmon.alarms.technical import TechnicalAlarms

__all__ = [
    "CLASSES",
    "TABLE",
    "AlarmClass",
    "Alarms",
    "Countdown",
    "Limits",
    "Phase",
    "Priority",
    "Profile",
    "Side",
    "Signal",
    "TechnicalAlarms",
    "Terms",
]
