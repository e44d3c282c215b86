"""This is the place for whether somebody is monitored: for the machine to stay awake, and to be missed."""

from datetime import datetime, timedelta
from typing import Final

from healthmon.alarms.devices import DeviceAlarms
from healthmon.pipeline.logic import Logic

AFTER_THE_LAST_WORD: Final = timedelta(hours=1)  # our choice: a watch that charges comes back


def is_monitored(logic: Logic, now: datetime) -> bool:
    """Whether a device that measures somebody was heard within the hour, as the log tells it."""
    rule = logic.rule(DeviceAlarms.name)
    return isinstance(rule, DeviceAlarms) and rule.has_heard_since(now - AFTER_THE_LAST_WORD)
