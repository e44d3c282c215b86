"""The band in which readings need not be shown to any alarm."""

import pytest

from healthmon.alarms.body import Body
from healthmon.alarms.limits import Limits
from healthmon.alarms.table import CLASSES
from healthmon.alarms.vital import Vital
from healthmon.events import Thing
from tests.unit.rules.stream import entry, moment


def vital(quantity: str, limits: Limits) -> Vital:
    rows = [row for row in CLASSES if row.quantity == quantity]
    return Vital(Body("maria", limits), quantity, rows, limits)


@pytest.mark.parametrize(
    ("quantity", "inside", "outside"),
    [
        ("SPO2", (94.5, 97, 100), (0, 35, 88, 92, 94, 100.5, 127, 255)),
        ("HR", (46, 119), (0, 45, 120, 250, 255)),
    ],
)
def test_the_quiet_band_holds_only_readings_that_begin_nothing(
    quantity: str, inside: tuple[float, ...], outside: tuple[float, ...]
) -> None:
    band = vital(quantity, Limits())

    assert all(band.lower < value < band.upper for value in inside)
    assert not any(band.lower < value < band.upper for value in outside)


def test_the_band_follows_the_limits() -> None:
    limits = Limits()
    band = vital("HR", limits)
    limits.follow(
        entry(0, Thing("CAREGIVER", "anna"), "SETS", Thing("ALARM", "HR_HIGH"), person="maria", value=105)
    )
    for alarm in band.alarms:
        alarm.retune(limits.terms("maria", alarm.row), moment(0))

    band.tune()

    assert (band.lower, band.upper) == (45, 105)
