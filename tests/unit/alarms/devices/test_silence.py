"""DEVICE_SILENT: after three periods, at least 30 s; not for spot checks; never from old data."""

import pytest

from healthmon.events import Json
from tests.unit.alarms.devices.household import Household, late
from tests.unit.rules.stream import moment


@pytest.fixture
def home() -> Household:
    return Household()


def test_a_watch_that_falls_silent_is_raised_once_after_thirty_seconds(home: Household) -> None:
    home.wear(0, 100)
    home.until(1000)
    (raised,) = home.remarks

    assert (home.told(), raised.person) == (["RAISES DEVICE_SILENT 129"], "maria")
    assert {**raised.context} == {
        "technical": True,
        "priority": "medium",
        "episode": f"DEVICE_SILENT:watch-7:{moment(99).isoformat()}",
        "since": moment(99).isoformat(),
        "latched": False,
        "device": "watch-7",
        "why": "held",
    }


def test_the_device_is_part_of_who_says_it(home: Household) -> None:
    home.wear(0, 100)
    home.wear(0.5, 100.5, device="watch-8", person="ben")
    home.until(1000)

    assert [one.by for one in home.remarks] == ["devices.watch-7", "devices.watch-8"]


def test_its_first_word_clears_it(home: Household) -> None:
    home.wear(0, 100)
    home.wear(200, 201)

    assert home.told() == ["RAISES DEVICE_SILENT 129", "CLEARS DEVICE_SILENT 200"]


def test_a_sparse_watch_has_three_of_its_periods(home: Household) -> None:
    home.wear(0, 3600, every=300)
    home.until(3300 + 899)
    before = home.told()
    home.until(3300 + 900)

    assert (before, home.told()) == ([], ["RAISES DEVICE_SILENT 4200"])


def test_a_minute_of_readings_told_at_once_is_one_word(home: Household) -> None:
    for minute in range(0, 1200, 60):
        for second in range(60):
            home.measure(minute + second / 100, "HR", 70 + second % 3)
    home.until(1140 + 170)

    assert home.told() == []


def test_a_workout_is_told_once_when_it_is_over(home: Household) -> None:
    home.wear(0, 6000, every=600)
    home.wear(6000, 9000)
    home.wear(9600, 16_000, every=600)

    assert [f"{one.verb} {one.context.get('why')}" for one in home.remarks] == [
        "RAISES held",
        "CLEARS None",
        "RAISES again",
        "CLEARS None",
    ]


def test_a_watch_that_sends_what_it_stored_is_not_missed_in_between(home: Household) -> None:
    for start in range(0, 6000, 300):
        home.wear(start, start + 30)
    home.remarks.clear()
    for start in range(6000, 12_000, 300):
        home.wear(start, start + 25)

    assert home.told() == []


def test_a_habit_that_changed_is_learnt(home: Household) -> None:
    home.wear(0, 300)
    home.wear(300, 6300, every=60)
    home.remarks.clear()
    home.wear(6300, 9300, every=60)
    home.until(9240 + 181)

    assert home.told() == ["RAISES DEVICE_SILENT 9420"]


@pytest.mark.parametrize("readings", [1, 5, 20])
def test_a_single_spot_check_is_not_expected_to_go_on(home: Household, readings: int) -> None:
    home.wear(0, readings)
    home.until(86_000)

    assert home.told() == []


@pytest.mark.parametrize("lasts", [30, 60, 75])
def test_what_comes_and_goes_three_times_is_for_spot_checks(home: Household, lasts: int) -> None:
    for day in range(5):
        home.wear(day * 20_000, day * 20_000 + lasts)
    home.until(86_000)
    home.remarks.clear()
    home.wear(90_000, 90_000 + lasts)
    home.until(170_000)

    assert home.told() == []


def test_a_device_that_a_carer_assigned_is_expected_although_it_stays_away_at_times(home: Household) -> None:
    home.assign(0)
    for number in range(60):
        if number not in {20, 21, 22, 23, 30, 31, 32, 33, 40, 41, 42, 43}:
            home.measure(1 + number * 300, "HR", 70 + number % 3)
    home.until(17_000)
    home.remarks.clear()
    last = 1 + 59 * 300
    home.until(last + 2 * 86_400)

    assert home.told() == [f"RAISES DEVICE_SILENT {last + 3 * 1500}"]


def test_an_oximeter_that_a_carer_assigned_is_missed_after_three_of_its_half_days(home: Household) -> None:
    home.assign(0)
    for half in range(6):
        home.wear(half * 43_200, half * 43_200 + 60)
    home.remarks.clear()
    home.until(7 * 43_200)
    before = home.told()
    home.until(20 * 43_200)

    assert before == []
    assert len(home.told()) == 1


def test_a_carer_can_say_that_it_is_for_spot_checks(home: Household) -> None:
    home.set_period(0, 0)
    home.wear(1, 100)
    home.until(10_000)

    assert home.told() == []


def test_a_carer_who_says_so_while_it_rings_ends_it(home: Household) -> None:
    home.wear(0, 100)
    home.until(200)
    home.set_period(210, 0)

    assert home.remarks[-1].context["outcome"] == "switched-off"
    assert home.told()[-1] == "CLEARS DEVICE_SILENT 210"


def test_a_period_that_a_carer_set_counts_at_once_and_from_then_on(home: Household) -> None:
    home.set_period(100, 60)
    home.until(279)
    before = home.told()
    home.until(280)

    assert (before, home.told()) == ([], ["RAISES DEVICE_SILENT 280"])


@pytest.mark.parametrize("nonsense", ["60", -5, True, float("nan"), [60], {}])
def test_a_period_that_is_none_changes_nothing(home: Household, nonsense: Json) -> None:
    home.wear(0, 100)
    home.set_period(100, nonsense)
    home.until(1000)

    assert home.told() == ["RAISES DEVICE_SILENT 129"]


def test_a_period_given_back_is_learnt_again(home: Household) -> None:
    home.wear(0, 100)
    home.set_period(100, 0)
    home.set_period(101, None)
    home.until(1000)

    assert home.told() == ["RAISES DEVICE_SILENT 131"]


def test_offline_is_silent_after_thirty_seconds_whatever_its_period(home: Household) -> None:
    home.wear(0, 3600, every=300)
    home.presence(3400, "OFFLINE")
    home.until(10_000)

    assert home.told() == ["RAISES DEVICE_SILENT 3430"]
    assert home.remarks[0].context["reason"] == "offline"


def test_a_device_that_reconnects_is_not_told(home: Household) -> None:
    home.wear(0, 3600, every=300)
    home.presence(3400, "OFFLINE")
    home.presence(3420, "ONLINE")
    home.until(3500)

    assert home.told() == []


def test_online_again_is_heard(home: Household) -> None:
    home.wear(0, 3600, every=300)
    home.presence(3400, "OFFLINE")
    home.presence(3500, "ONLINE")

    assert home.told() == ["RAISES DEVICE_SILENT 3430", "CLEARS DEVICE_SILENT 3500"]


def test_retained_presence_is_old(home: Household) -> None:
    home.wear(0, 3600, every=300)
    home.presence(3400, "OFFLINE", delivery="retained")
    home.until(3500)

    assert home.told() == []


@pytest.mark.parametrize("delivery", ["late", "import", "retained"])
def test_old_readings_neither_raise_nor_clear(home: Household, delivery: str) -> None:
    home.wear(0, 100, delivery=delivery)
    home.until(5000)
    quiet = home.told()
    home.wear(6000, 6100)
    home.until(6200)
    home.wear(6200, 6300, delivery=delivery)
    home.presence(6400, "OFFLINE")
    home.until(9000)

    assert (quiet, home.told()) == ([], ["RAISES DEVICE_SILENT 6129"])


def test_a_device_that_sends_old_readings_is_not_silent(home: Household) -> None:
    home.wear(0, 100)
    for second in range(100, 140):
        home.hear(late(second, second - 3600, "HR", 70))
    home.wear(140, 150)

    assert home.told() == []


@pytest.mark.parametrize("gap", [False, True])
def test_what_fell_due_while_nobody_recorded_is_not_told(home: Household, gap: bool) -> None:
    home.wear(0, 100)
    home.unrecorded(5000, gap=gap)
    home.wear(5020, 5030)

    assert home.told() == []


@pytest.mark.parametrize("gap", [False, True])
def test_what_does_not_come_back_after_a_start_is_silent(home: Household, gap: bool) -> None:
    home.wear(0, 100)
    home.unrecorded(5000, gap=gap)
    home.until(9000)

    assert home.told() == ["RAISES DEVICE_SILENT 5030"]


def test_a_start_clears_nothing(home: Household) -> None:
    home.wear(0, 100)
    home.until(200)
    home.unrecorded(5000)
    home.until(6000)

    assert home.told() == ["RAISES DEVICE_SILENT 129"]
