"""Which readings begin nothing and end nothing."""

from tests.unit.alarms.home import Home, desaturated


def test_a_calm_person_has_a_band_between_their_limits() -> None:
    home = Home()
    home.hold("SPO2", 97, 0, 5)

    band = home.alarms.quiet_band("maria", "SPO2")
    assert band is not None
    assert band[0] < 97 < band[1]


def test_nobody_has_none_before_the_first_reading() -> None:
    assert Home().alarms.quiet_band("maria", "SPO2") is None


def test_there_is_none_while_an_alarm_is_on() -> None:
    assert desaturated().alarms.quiet_band("maria", "SPO2") is None
