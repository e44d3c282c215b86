"""Which readings begin nothing and end nothing."""

from healthmon.alarms import CLASSES
from tests.unit.alarms.home import Home, desaturated

CRITICAL = next(row for row in CLASSES if row.id == "SPO2_CRIT")


def test_a_calm_person_is_quiet_between_their_limits() -> None:
    home = Home()
    home.hold("SPO2", 97, 0, 5)
    home.alarms.keep_only(CRITICAL)

    oxygen = home.alarms.vital("maria", "SPO2")
    assert oxygen.is_quiet
    assert oxygen.lower < 97 < oxygen.upper


def test_nobody_is_quiet_while_an_alarm_is_on() -> None:
    home = desaturated()
    home.alarms.keep_only(CRITICAL)

    assert not home.alarms.vital("maria", "SPO2").is_quiet
