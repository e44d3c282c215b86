"""The band in which readings need not be shown to any alarm."""

import pytest

from healthmon.alarms.classes import CLASSES
from healthmon.alarms.episode import Course
from healthmon.alarms.limits import Limits
from healthmon.alarms.vital import Vital
from healthmon.events import Thing
from tests.unit.rules.stream import entry


def vital(quantity: str, limits: Limits) -> Vital:
    return Vital(Course("maria"), quantity, [row for row in CLASSES if row.quantity == quantity], limits)


@pytest.mark.parametrize(
    ("quantity", "inside", "outside"),
    [("SPO2", (92.5, 97, 100), (0, 35, 88, 92, 100.5, 127, 255)), ("HR", (46, 119), (0, 45, 120, 250, 255))],
)
def test_the_quiet_band_holds_only_readings_that_begin_nothing(
    quantity: str, inside: tuple[float, ...], outside: tuple[float, ...]
) -> None:
    band = vital(quantity, Limits())

    assert all(band.lower < value < band.upper for value in inside)
    assert not any(band.lower < value < band.upper for value in outside)


def test_the_band_follows_the_limits() -> None:
    limits = Limits()
    band = vital("SPO2", limits)
    limits.follow(
        entry(0, Thing("CAREGIVER", "anna"), "SETS", Thing("ALARM", "SPO2_LOW"), person="maria", value=94)
    )
    for alarm in band.alarms:
        alarm.terms = limits.terms("maria", alarm.row)

    band.tune()

    assert band.lower == 94
