"""This is the place for what sounds now: the one alarm of all that is heard, and the tune it has."""

from dataclasses import dataclass
from enum import StrEnum

from healthmon.alarms.calls.called_alarm import CalledAlarm
from healthmon.alarms.classes import Priority


class Tune(StrEnum):
    """What an alarm is about, for the ear."""

    HEART = "heart"
    OXYGEN = "oxygen"
    GENERAL = "general"


@dataclass(frozen=True, slots=True)
class Sounding:
    """The alarm that is to be heard now. `person` is None for an alarm that is nobody's."""

    priority: Priority
    tune: Tune
    alarm: str
    person: str | None
    episode: str
    is_floor: bool


def tune_of(alarm: CalledAlarm) -> Tune:
    """The tune of an alarm: by the unit of what it is about, unless it is about a device."""
    if alarm.is_technical:
        return Tune.GENERAL
    return {"/min": Tune.HEART, "%": Tune.OXYGEN}.get(str(alarm.told.get("unit")), Tune.GENERAL)


def rank(alarm: CalledAlarm) -> tuple[int, bool, float]:
    """The greatest is heard, and named in calls: the worst, a body before a device, then what was first."""
    return (alarm.urgency, not alarm.is_technical, -alarm.raised.timestamp())


def as_heard(alarm: CalledAlarm) -> Sounding:
    """This alarm, as it is heard."""
    return Sounding(alarm.priority, tune_of(alarm), alarm.alarm, alarm.person, alarm.episode, alarm.is_floor)
