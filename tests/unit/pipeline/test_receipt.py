"""Receive time never goes back and never stands still, whatever is done to the clock."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from healthmon.clock import FastClock, passed
from healthmon.pipeline.receipt import Receipt
from tests.fakes.machine import Machine
from tests.fakes.pipeline import START, at

HOUR = 3600.0


@pytest.fixture
def machine() -> Machine:
    return Machine(START)


def test_it_is_what_the_clock_shows(machine: Machine) -> None:
    receipt = machine.receipt()
    told = []

    for _ in range(3):
        told.append(receipt.now(None))
        machine.work(1)

    assert (told, receipt.behind) == ([at(0), at(1), at(2)], timedelta())


def test_it_goes_on_while_the_clock_is_an_hour_behind(machine: Machine) -> None:
    receipt = machine.receipt()
    receipt.now(None)
    machine.work(1)
    machine.set_clock(-HOUR)
    told = []

    for _ in range(3):
        told.append(receipt.now(at(0)))
        machine.work(10)

    assert [round((one - START).total_seconds()) for one in told] == [1, 11, 21]
    assert receipt.behind == pytest.approx(timedelta(seconds=HOUR), abs=timedelta(seconds=1))


def test_it_is_the_clocks_again_when_that_has_caught_up(machine: Machine) -> None:
    receipt = machine.receipt()
    receipt.now(None)
    machine.set_clock(-HOUR)
    receipt.now(None)
    machine.work(20)
    machine.set_clock(HOUR)

    assert (receipt.now(None), receipt.behind, receipt.gap()) == (at(20), timedelta(), None)


def test_a_recorder_that_starts_on_a_clock_a_year_behind_its_log_goes_on_from_its_log(
    machine: Machine,
) -> None:
    receipt, year = machine.receipt(), 365 * 24 * HOUR
    told = []

    for _ in range(3):
        told.append(receipt.now(at(year)))
        machine.work(1)

    assert (told, receipt.gap()) == ([at(year), at(year + 1), at(year + 2)], None)


def test_a_few_seconds_are_made_up_for_without_standing_still(machine: Machine) -> None:
    receipt = machine.receipt()
    receipt.now(None)
    machine.set_clock(-4)
    told = [receipt.now(None)]

    for _ in range(60):
        machine.work(1)
        told.append(receipt.now(None))

    steps = [(later - earlier).total_seconds() for earlier, later in pairwise(told)]
    assert (min(steps) >= 0.89, told[-1], receipt.behind) == (True, at(56), timedelta())


def test_sleep_of_the_machine_is_told_once(machine: Machine) -> None:
    receipt = machine.receipt()
    receipt.now(None)
    machine.work(1)
    machine.sleep(9 * HOUR)

    received = receipt.now(None)

    assert (received, receipt.gap(), receipt.gap()) == (
        at(9 * HOUR + 1),
        timedelta(hours=9),
        None,
    )


def test_sleep_is_told_also_while_the_clock_is_behind(machine: Machine) -> None:
    receipt = machine.receipt()
    receipt.now(at(24 * HOUR))
    machine.sleep(HOUR)

    received = receipt.now(None)

    assert (received, receipt.gap()) == (at(25 * HOUR), timedelta(hours=1))


def test_a_clock_set_forward_is_a_gap_too(machine: Machine) -> None:
    receipt = machine.receipt()
    receipt.now(None)
    machine.set_clock(70 * 60)
    receipt.now(None)

    assert receipt.gap() == timedelta(minutes=70)


@pytest.mark.parametrize("seconds", [0.1, 9.0, 9 * HOUR])
def test_a_recorder_that_merely_waits_slept_not(machine: Machine, seconds: float) -> None:
    receipt = machine.receipt()
    receipt.now(None)
    machine.work(seconds)
    receipt.now(None)

    assert receipt.gap() is None


def test_a_fast_clock_that_is_behind_goes_on_at_its_own_speed() -> None:
    machine = Machine(START)
    fast = FastClock(datetime.now(UTC), 60)
    ahead = fast.now() + timedelta(days=400)
    receipt = Receipt(fast, passed=lambda: machine.clock.now().timestamp(), awake=lambda: 0.0)
    begun = receipt.now(ahead)

    machine.work(2)

    assert (begun, receipt.now(ahead)) == (ahead, ahead + timedelta(minutes=2))


def test_what_passed_is_counted_on_this_machine() -> None:
    first = passed()

    assert passed() >= first > 0
