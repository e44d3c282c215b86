"""Which readings begin nothing and end nothing."""

from healthmon.alarms import CLASSES
from tests.unit.alarms.home import Home, desaturated

CRITICAL = next(row for row in CLASSES if row.id == "SPO2_CRIT")


def test_a_calm_person_has_a_band_between_their_limits() -> None:
    home = Home()
    home.hold("SPO2", 97, 0, 5)

    band = home.alarms.alone("maria", CRITICAL).band
    assert band is not None
    assert band[0] < 97 < band[1]


def test_there_is_none_while_an_alarm_is_on() -> None:
    assert desaturated().alarms.alone("maria", CRITICAL).band is None
