"""This is the place for whether somebody is monitored now: then the recorder must not go unheard."""

from datetime import datetime, timedelta
from typing import Final

from healthmon.alarms.devices import DeviceAlarms
from healthmon.pipeline.logic import Logic

# Our choice, and that of app/cares/awake.py: a watch that charges comes back.
AFTER_THE_LAST_WORD: Final = timedelta(hours=1)


def is_monitored(logic: Logic, now: datetime) -> bool:
    """Whether a device that measures somebody was heard within the hour, as the log tells it."""
    rule = logic.rule(DeviceAlarms.name)
    return isinstance(rule, DeviceAlarms) and rule.has_heard_since(now - AFTER_THE_LAST_WORD)
