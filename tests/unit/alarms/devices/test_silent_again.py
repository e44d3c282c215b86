"""DEVICE_SILENT of a device that comes and goes: one trouble, told anew when it lasts."""

import pytest

from healthmon.events import Thing
from tests.unit.alarms.devices.household import Household


@pytest.fixture
def home() -> Household:
    return Household()


def test_back_within_five_minutes_is_the_same_episode(home: Household) -> None:
    home.wear(0, 100)
    home.wear(200, 210)
    home.until(300)
    first, _, again = home.remarks

    assert (again.verb, again.context["why"]) == ("RAISES", "again")
    assert again.context["episode"] == first.context["episode"]


def test_a_radio_that_is_lost_each_ten_minutes_is_one_trouble(home: Household) -> None:
    for start in range(0, 10_800, 600):
        home.wear(start, start + 560)

    raised = [one for one in home.remarks if one.verb == "RAISES"]
    assert [one.context["why"] for one in raised] == ["held", *["again"] * 16]
    assert len({one.context["episode"] for one in raised}) == 1


def test_what_is_silent_again_and_stays_so_asks_anew(home: Household) -> None:
    home.wear(0, 100)
    home.wear(140, 200)
    home.carer(210, "ACKNOWLEDGES", Thing("ALARM", "DEVICE_SILENT"), person="maria")
    home.until(3600)

    assert [(one.verb, one.context.get("why")) for one in home.remarks] == [
        ("RAISES", "held"),
        ("CLEARS", None),
        ("RAISES", "again"),
        ("RAISES", "lasting"),
    ]
    assert home.told()[-1] == "RAISES DEVICE_SILENT 829"
    assert "acknowledged_by" not in home.remarks[-1].context
