"""What is wrong with a device is told in one line, with its name and its number."""

from datetime import UTC, datetime

import pytest

from healthmon.events import Event, Json, Thing
from healthmon.view.words import alarms


def _raised(alarm: str, **context: Json) -> Event:
    return Event(
        id="m:1",
        time=datetime(2026, 11, 22, tzinfo=UTC),
        subject=Thing("MONITOR"),
        verb="RAISES",
        object=Thing("ALARM", alarm),
        context=context,
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (61, "watch-7: its clock is 61 s slow"),
        (-600, "watch-7: its clock is 10 min fast"),
        (1e300, "watch-7: its clock is wrong, 1"),
    ],
)
def test_a_clock_is_slow_or_fast(value: float, text: str) -> None:
    told = alarms.told(_raised("CLOCK", technical=True, device="watch-7", value=value, unit="s"))

    assert told.startswith(text)


def test_the_kettle_has_its_usual_time() -> None:
    told = alarms.told(_raised("MISSED_ROUTINE", device="kettle-1", usual="08:10"))

    assert told == "The morning kettle has not boiled, usually by 08:10"


@pytest.mark.parametrize("alarm", ["DEVICE_SILENT", "NOT_WORN", "STALE_HR", "STALE_SPO2", "FROZEN"])
def test_every_alarm_of_a_device_begins_with_its_name(alarm: str) -> None:
    assert alarms.told(_raised(alarm, technical=True, device="watch-7")).startswith("watch-7: ")
