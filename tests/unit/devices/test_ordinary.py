"""The demo's half hour: what is planted is there, where it is planted, and nowhere else."""

import warnings

import numpy as np
import pytest
from numpy.lib.stride_tricks import sliding_window_view

from devices.arrays import Floats, Ints
from devices.people import at_home
from devices.stage import shelf
from devices.stage.script import Script
from devices.things.voice import Saying
from tests.unit.devices.homes import START, half_hour, home, numbers, played, said_by

SEEDS = range(24)
LEAP = 22  # /min, BASELINES.md: median of 7 s minus median of the 5 minutes that ended 20 s ago
PLANTED_SPIKE = (720, 850)


def ordinary(people: int = 3, start: float = START) -> Script:
    return shelf.find("ordinary").staged(at_home(people), start)


def leaps(rates: Floats) -> Ints:
    """The seconds at which the spike rule would hold, for readings each second; 0 is no reading."""
    seen = np.where(rates > 0, rates, np.nan)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "All-NaN slice")  # no reading, no leap: NaN compares as false
        newest = np.nanmedian(sliding_window_view(seen, 7), axis=1)
        usual = np.nanmedian(sliding_window_view(seen, 300), axis=1)
    at = np.arange(320, len(rates), dtype=np.int64)
    return np.asarray(at[newest[at - 6] - usual[at - 320] >= LEAP], dtype=np.int64)


def rates_of(sayings: list[Saying], number: int) -> Floats:
    return numbers(said_by(sayings, f"watch-{number}", "HR"))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_only_leap_is_the_planted_one(seed: int) -> None:
    start = START + 11 * 3600 * seed  # at many hours of the day: the demo may be run at night
    sayings = home(at_home(3), ordinary(start=start), seed=seed).says(start - 0.5, start + 1800)

    found = [leaps(rates_of(sayings, number)).tolist() for number in (1, 2, 3)]

    assert found[1:] == [[], []]
    assert PLANTED_SPIKE[0] <= found[0][0] <= PLANTED_SPIKE[0] + 30
    assert found[0][-1] <= PLANTED_SPIKE[1] + 10


@pytest.mark.parametrize("seed", range(8))
def test_a_quiet_hour_has_no_leap(seed: int) -> None:
    people = at_home(3)
    script = shelf.find("quiet").staged(people, START)
    sayings = home(people, script, seed=seed).says(START - 0.5, START + 3600)

    assert [len(leaps(rates_of(sayings, number))) for number in (1, 2, 3)] == [0, 0, 0]


def test_the_planted_spike_is_about_45_beats_for_about_two_minutes() -> None:
    rates = rates_of(half_hour(7, ordinary()), 1)
    before, during, after = (float(np.median(rates[a:b])) for a, b in ((600, 700), (730, 835), (860, 900)))

    assert during - before == pytest.approx(45, abs=5)
    assert after - before == pytest.approx(0, abs=6)


def test_one_coffee_is_poured_at_minute_six_and_nobody_is_named() -> None:
    sayings = half_hour(7, ordinary())
    poured = [saying for saying in sayings if saying.said.verb == "PERCOLATES"]

    assert said_by(sayings, "kettle-1", "COFFEE") == [(360, 250)]
    assert poured[0].said.context == {"value": 250, "unit": "mL", "place": "Kitchen"}


def test_the_kettle_boils_before_it_pours() -> None:
    power = said_by(half_hour(7, ordinary()), "kettle-1", "POWER")

    assert [power[0], power[-1]] == [(210, 1980), (345, 0)]


@pytest.mark.parametrize(("people", "oximeter"), [(3, 2), (2, 2), (1, 1)])
def test_oxygen_falls_to_about_85_for_90_seconds_of_the_second_person(people: int, oximeter: int) -> None:
    sayings = half_hour(7, ordinary(people), people)
    oxygen = numbers(said_by(sayings, f"oximeter-{oximeter}", "SPO2"))
    low = np.flatnonzero(oxygen <= 88)

    assert 1080 < low[0] <= 1100
    assert len(low) == pytest.approx(100, abs=14)
    assert low[-1] < 1215
    assert 84 <= np.median(oxygen[1105:1185]) <= 87


@pytest.mark.parametrize(("people", "watch"), [(3, 3), (2, 1), (1, 1)])
def test_the_third_persons_watch_is_off_for_two_minutes(people: int, watch: int) -> None:
    sayings = half_hour(7, ordinary(people), people)
    rates = said_by(sayings, f"watch-{watch}", "HR")

    assert [at for at, rate in rates if rate == 0] == [float(at) for at in range(900, 1020)]
    assert said_by(sayings, f"watch-{watch}", "WORN") == [(0, True), (900, False), (1020, True)]


@pytest.mark.parametrize("seed", range(6))
def test_nobody_else_is_short_of_oxygen(seed: int) -> None:
    sayings = half_hour(seed, ordinary())

    assert min(numbers(said_by(sayings, f"oximeter-{number}", "SPO2")).min() for number in (1, 3)) >= 92


def test_every_device_speaks_each_second() -> None:
    sayings = half_hour(7, ordinary())

    assert [len(said_by(sayings, f"watch-{n}", "HR")) for n in (1, 2, 3)] == [1801] * 3
    assert [len(said_by(sayings, f"oximeter-{n}", "SPO2")) for n in (1, 2, 3)] == [1801] * 3


def test_a_walk_is_a_leap_to_the_same_rule() -> None:
    # So that the silence of the other tests means something.
    text = "after 0 s SCENARIO x SETS REST OF first\nafter 8 min SCENARIO x SETS WALK 100 /min OF first"
    sayings = home(at_home(1), played(text, at_home(1))).says(START - 0.5, START + 900)

    assert len(leaps(rates_of(sayings, 1))) > 0
