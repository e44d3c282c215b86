"""Somebody is monitored while a device that measures them is heard, and an hour longer."""

from healthmon.alarms.devices import DeviceAlarms
from healthmon.app.cares.monitored import AFTER_THE_LAST_WORD, is_monitored
from healthmon.events import Event, Thing
from healthmon.pipeline.logic import Logic
from tests.fakes.pipeline import at, reading

HOUR = AFTER_THE_LAST_WORD.total_seconds()


def test_a_reading_counts_for_an_hour() -> None:
    logic = Logic([DeviceAlarms()])
    logic.take(reading(70, seconds=0), at(0))

    assert [is_monitored(logic, at(seconds)) for seconds in (0, HOUR - 1, HOUR)] == [True, True, False]


def test_a_kettle_monitors_nobody() -> None:
    logic = Logic([DeviceAlarms()])
    kettle, state = Thing("KETTLE", "kettle-1"), Thing("STATE")
    logic.take(Event(id="a", time=at(0), subject=kettle, verb="SWITCHES", object=state), at(0))

    assert not is_monitored(logic, at(1))


def test_rules_that_follow_no_devices_know_of_nobody() -> None:
    assert not is_monitored(Logic([]), at(0))
