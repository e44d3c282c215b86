"""The critical floor: what is beyond it rings soon, whatever was chosen, answered or silenced."""

import pytest

from healthmon.alarms import CLASSES
from healthmon.events import Json
from tests.unit.alarms.home import Home, desaturated
from tests.unit.rules.stream import measured, moment

FLOORS = {"SPO2_CRIT": ("SPO2", 80), "HR_HIGH_CRIT": ("HR", 150), "HR_LOW_CRIT": ("HR", 35)}
INSIDE = {"SPO2_CRIT": 97, "HR_HIGH_CRIT": 100, "HR_LOW_CRIT": 50}  # no leap from the floor


@pytest.mark.parametrize("name", FLOORS)
def test_thirty_seconds_beyond_the_floor_ring(name: str) -> None:
    home, (quantity, floor) = Home(), FLOORS[name]

    home.hold(quantity, floor, 0, 30)
    assert home.said("RAISES", name) == []
    home.measure(30, quantity, floor)

    (raised,) = home.said("RAISES", name)
    assert raised.at == moment(30)
    said = {key: raised.context[key] for key in ("why", "floor", "limit", "delay_s", "priority")}
    assert said == {"why": "held", "floor": True, "limit": floor, "delay_s": 30, "priority": "high"}


@pytest.mark.parametrize("period", [5, 60, 300])
@pytest.mark.parametrize("name", FLOORS)
def test_a_sparse_watch_needs_two_readings(name: str, period: int) -> None:
    home, (quantity, floor) = Home(), FLOORS[name]

    home.hold(quantity, INSIDE[name], -5 * period, 0, step=period)
    home.hold(quantity, floor, 0, 1_000, step=period)

    assert home.times("RAISES", name)[0] == max(30, period)


@pytest.mark.parametrize(
    ("profile", "quantity", "inside", "beyond"),
    [("low-oxygen", "SPO2", 76, 75), ("athlete", "HR", 31, 30), ("athlete", "HR", 169, 170)],
)
def test_each_profile_has_a_floor_of_its_own(profile: str, quantity: str, inside: int, beyond: int) -> None:
    home = Home()
    home.carer(-1, "SETS", "PERSON", "maria", profile=profile)

    home.hold(quantity, inside, 0, 30)
    assert not any("floor" in one.context for one in home.remarks)
    home.hold(quantity, beyond, 30, 61)

    assert [one.at for one in home.remarks if one.context.get("floor")] == [moment(60)]


def test_what_was_answered_rings_again_beyond_the_floor() -> None:
    home = desaturated()
    home.acknowledge(32, "SPO2_CRIT")

    home.hold("SPO2", 79, 34, 66)

    raised = home.said("RAISES")[-1]
    assert (raised.at, raised.context["why"], raised.context["floor"]) == (moment(64), "floor", True)
    assert "acknowledged_by" not in raised.context


def test_the_floor_is_told_once_until_the_alarm_is_over() -> None:
    home = desaturated()

    home.hold("SPO2", 79, 31, 65)
    home.hold("SPO2", 86, 65, 80)
    home.hold("SPO2", 79, 80, 140)

    assert [one.context["why"] for one in home.said("RAISES")] == ["held", "floor"]


def test_an_alarm_that_comes_back_beyond_the_floor_is_not_hushed_as_the_same() -> None:
    home = desaturated()
    home.acknowledge(32, "SPO2_CRIT")
    home.hold("SPO2", 97, 33, 70)

    home.hold("SPO2", 79, 100, 131)

    raised = home.said("RAISES")[-1]
    assert (raised.at, raised.context["why"], raised.context["floor"]) == (moment(130), "floor", True)
    assert "acknowledged_by" not in raised.context


def test_after_it_was_over_the_floor_is_forgotten() -> None:
    home = Home()
    home.hold("SPO2", 79, 0, 40)
    home.hold("SPO2", 97, 40, 80)
    assert home.said("CLEARS")[-1].context["floor"] is True

    home.hold("SPO2", 86, 1_000, 1_040)

    assert "floor" not in home.said("RAISES")[-1].context


@pytest.mark.parametrize("nothing", [0, 127, 255, None])
def test_one_sample_beyond_the_floor_among_no_signal_never_rings(nothing: int | None) -> None:
    home = Home()
    home.hold("SPO2", 97, 0, 10)
    home.measure(10, "SPO2", 60)

    home.hold("SPO2", nothing, 11, 60)

    assert home.remarks == []


def test_a_reading_told_twice_is_one() -> None:
    home = Home()

    home.measure(0, "SPO2", 60)
    home.measure(0, "SPO2", 60)

    assert home.until(600) == []


@pytest.mark.parametrize("delivery", ["late", "import", "retained"])
def test_old_readings_beyond_the_floor_never_ring(delivery: str) -> None:
    home = Home()

    for seconds in range(60):
        home.hear(measured(seconds, "SPO2", 70, delivery=delivery))

    assert home.until(600) == []


def test_steps_hold_back_a_fast_heart_beyond_the_floor() -> None:
    home = Home()
    home.measure(0, "STEPS", 120)

    home.hold("HR", 160, 1, 500)

    assert home.remarks == []


def test_a_step_a_minute_holds_back_no_heart_beyond_the_floor() -> None:
    home = Home()

    for seconds in range(400):
        if seconds % 60 == 0:
            home.measure(seconds, "STEPS", 1)
        home.measure(seconds + 0.5, "HR", 180)

    assert [one.context["floor"] for one in home.said("RAISES", "HR_HIGH_CRIT")] == [True]


def test_another_device_beyond_the_floor_takes_over_an_alarm_that_recovers() -> None:
    home = desaturated()
    for seconds in range(31, 75):
        home.measure(seconds, "SPO2", 97 if seconds > 55 else 86)
        home.measure(seconds + 0.5, "SPO2", 79, device="oximeter-1")

    raised = home.said("RAISES")[-1]
    assert (raised.context["why"], raised.context["device"]) == ("floor", "oximeter-1")
    assert home.said("CLEARS") == []


def test_switched_off_it_rings_beyond_the_floor_and_only_there() -> None:
    home = Home()
    home.carer(0, "SETS", "ALARM", "SPO2_CRIT", off=True)

    home.hold("SPO2", 82, 1, 100)
    assert home.said("RAISES") == []
    home.hold("SPO2", 79, 100, 135)

    assert home.times("RAISES") == [130]
    assert home.said("RAISES")[0].context["floor"] is True


def test_switched_off_while_it_rings_it_is_over() -> None:
    home = desaturated()

    home.carer(32, "SETS", "ALARM", "SPO2_CRIT", off=True)
    home.hold("SPO2", 86, 33, 100)

    assert [one.context["outcome"] for one in home.said("CLEARS")] == ["switched-off"]
    assert len(home.said("RAISES")) == 1


def test_switched_off_while_it_rings_beyond_the_floor_it_rings_on() -> None:
    home = Home()
    home.hold("SPO2", 79, 0, 40)
    assert len(home.said("RAISES")) == 1

    home.carer(40, "SETS", "ALARM", "SPO2_CRIT", off=True)
    home.hold("SPO2", 79, 41, 60)
    assert home.said("CLEARS") == []
    home.hold("SPO2", 97, 60, 95)

    assert [one.context["outcome"] for one in home.said("CLEARS")] == ["recovered"]


@pytest.mark.parametrize(
    ("alarm", "asked", "limit"),
    [("SPO2_CRIT", 60, 80), ("HR_LOW_CRIT", 20, 35), ("HR_HIGH_CRIT", 240, 150)],
)
def test_no_limit_may_be_chosen_beyond_the_floor(alarm: str, asked: Json, limit: float) -> None:
    home = Home()

    home.carer(0, "SETS", "ALARM", alarm, value=asked)

    terms = home.alarms.limits.terms("maria", next(row for row in CLASSES if row.id == alarm))
    assert terms is not None
    assert terms.limit == limit
