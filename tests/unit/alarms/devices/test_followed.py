"""Which devices are followed, and for whom: what a carer named, and a few that measure a body."""

import pytest

from healthmon.events import Thing
from tests.unit.alarms.devices.household import Household
from tests.unit.rules.stream import measured


@pytest.fixture
def home() -> Household:
    return Household()


def test_a_wearer_who_gave_it_away_is_not_told_of_any_more(home: Household) -> None:
    home.assign(0)
    home.wear(1, 100)
    home.until(200)
    home.assign(210, "ben")
    home.until(1000)

    assert [(one.verb, one.person) for one in home.remarks] == [
        ("RAISES", "maria"),
        ("CLEARS", "maria"),
        ("RAISES", "ben"),
    ]
    assert home.remarks[-1].context["why"] == "held"


def test_an_assignment_of_a_file_is_of_its_own_day(home: Household) -> None:
    home.wear(0, 50, person=None)
    home.carer(60, "ASSIGNS", Thing("WATCH", "watch-7"), person="ben", delivery="import")
    home.until(1000)

    assert [one.person for one in home.remarks] == [None]


def test_who_has_answered_is_told_when_it_comes_back(home: Household) -> None:
    home.wear(0, 100)
    home.until(150)
    episode = home.remarks[0].context["episode"]
    home.carer(160, "ACKNOWLEDGES", Thing("ALARM", "DEVICE_SILENT"), person="maria", episode=episode)
    home.wear(200, 210)
    home.until(300)

    assert home.remarks[-1].context["acknowledged_by"] == "anna"


def test_a_device_that_measures_nobody_is_none_of_our_business(home: Household) -> None:
    for second in range(0, 600, 10):
        home.hear(measured(second, "POWER", 5, device="plug-1", person=None))
    home.until(5000)

    assert (home.told(), home.rule.due()) == ([], None)


def test_an_unassigned_device_is_forgotten_after_a_day_of_silence(home: Household) -> None:
    home.wear(0, 100)
    home.until(99 + 24 * 3600)

    assert home.told()[-1] == "CLEARS DEVICE_SILENT 86499"
    assert (home.remarks[-1].context["outcome"], home.rule.due()) == ("forgotten", None)


def test_an_assigned_device_is_never_forgotten(home: Household) -> None:
    home.assign(0)
    home.wear(1, 100)
    home.until(99 + 96 * 3600)

    assert home.told() == ["RAISES DEVICE_SILENT 129"]


def test_a_flood_of_names_fills_nothing_and_is_told_once(home: Household) -> None:
    home.assign(0)
    home.wear(1, 100)
    home.wear(0.5, 100.5, device="watch-8", person="ben")
    for number in range(2000):
        home.measure(101 + number / 1000, "HR", 70, device=f"made-up-{number}", person=None)
    home.wear(104, 110, device="watch-8", person="ben")
    home.until(5000)

    assert [one.verb for one in home.remarks] == ["FLAGS", "RAISES", "RAISES"]
    assert home.remarks[0].context["value"] == 33


def test_more_devices_than_can_be_followed_are_told_once_a_day(home: Household) -> None:
    for second in range(40):
        for number in range(40):
            home.measure(second + number / 100, "HR", 70 + second % 3, device=f"watch-{number}")
    flagged = [one for one in home.remarks if one.verb == "FLAGS"]

    assert [(one.object, one.context["value"]) for one in flagged] == [(Thing("DEVICES"), 32)]
