"""Alarms: one table of what they are, one table of their states, and the rule that follows everybody."""

from healthmon.alarms.alarm_rule import Alarms, Countdown
from healthmon.alarms.calls.pending import Pending
from healthmon.alarms.calls.rule import Calls, OpenCall
from healthmon.alarms.calls.sounding import Sounding, Tune
from healthmon.alarms.classes import AlarmClass, Kind, Priority, Profile, Side
from healthmon.alarms.limits import Limits, Terms
from healthmon.alarms.states import TABLE, Phase, Signal
from healthmon.alarms.table import BY_LIMIT, CLASSES
from healthmon.alarms.technical import TechnicalAlarms

__all__ = [
    "BY_LIMIT",
    "CLASSES",
    "TABLE",
    "AlarmClass",
    "Alarms",
    "Calls",
    "Countdown",
    "Kind",
    "Limits",
    "OpenCall",
    "Pending",
    "Phase",
    "Priority",
    "Profile",
    "Side",
    "Signal",
    "Sounding",
    "TechnicalAlarms",
    "Terms",
    "Tune",
]
