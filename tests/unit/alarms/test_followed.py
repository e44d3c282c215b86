"""Devices that are nobody's: only so many, and none that rings is put out by a newcomer."""

from healthmon.alarms.followed import MOST_UNASSIGNED
from tests.unit.alarms.home import Home


def _names_come(home: Home, start: int, count: int) -> None:
    for number in range(count):
        second = start + number
        home.measure(second, "SPO2", 97, device=f"unknown-{number}", person=None)
        home.measure(second, "STEPS", 3, device=f"walker-{number}", person=None)


def test_names_that_nobody_was_given_do_not_grow_for_ever() -> None:
    home = Home()

    _names_come(home, 0, 3 * MOST_UNASSIGNED)

    assert len(home.alarms._book._followed) == MOST_UNASSIGNED
    assert len(home.alarms._book._followed.told_by) <= MOST_UNASSIGNED


def test_who_was_given_a_device_is_followed_whatever_else_comes() -> None:
    home = Home()
    home.hold("SPO2", 97, 0, 20)
    _names_come(home, 20, 2 * MOST_UNASSIGNED)

    home.hold("SPO2", 86, 1_000, 1_032)

    assert home.times("RAISES") == [1_030]


def test_an_alarm_of_nobodys_device_is_not_put_out() -> None:
    home = Home()
    for second in range(40):
        home.measure(second, "SPO2", 86, device="ring-1", person=None)

    _names_come(home, 40, 3 * MOST_UNASSIGNED)
    for second in range(1_000, 1_040):
        home.measure(second, "SPO2", 97, device="ring-1", person=None)

    assert [one.verb for one in home.remarks if one.object.id == "SPO2_CRIT"] == [
        "RAISES",
        "FLAGS",
        "FLAGS",
        "CLEARS",
    ]


def test_while_so_many_ring_a_newcomer_waits_and_somebodys_device_does_not() -> None:
    home = Home()
    for second in range(2):
        for number in range(MOST_UNASSIGNED):
            home.measure(second, "SPO2", 86, device=f"unknown-{number}", person=None)
    for second in range(2, 34):
        home.measure(second, "SPO2", 86, device="newcomer", person=None)
        home.measure(second, "SPO2", 86)

    raised = [one.context["device"] for one in home.said("RAISES")]
    assert "newcomer" not in raised
    assert "watch-7" in raised
