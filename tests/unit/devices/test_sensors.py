"""Sensors err as said: zeros without contact, wild samples, cold hands that look like desaturations."""

from dataclasses import replace

import numpy as np
import pytest

from devices.arrays import Bools
from devices.chance import Chance
from devices.people import at_home
from devices.physiology.body import Body, State
from devices.stage.script import Kind, Script
from devices.things.oxygen_sensor import OxygenSensor
from devices.things.pulse_sensor import WILD_MOVING, PulseSensor
from devices.things.wear import Wear
from tests.unit.devices.homes import DAY, START, home, numbers, played, said_by

MARIA = at_home(1)[0]
REST = "after 0 s SCENARIO x SETS REST OF maria\n"


def lived(text: str = "", days: float = 1, every: float = 1) -> State:
    times = np.arange(START, START + days * DAY, every)
    return Body(MARIA, 7, played(text, [MARIA])).state(times)


def always(state: State) -> Bools:
    return np.ones(len(state.at), dtype=np.bool_)


def test_readings_are_whole_numbers_close_to_the_truth_at_rest() -> None:
    rest = lived(REST, 0.2)
    read = PulseSensor(Chance(1)).reads(rest, always(rest))

    assert np.array_equal(read, np.rint(read))
    assert np.abs(read - rest.heart_rate).mean() < 2


def test_moving_makes_readings_worse() -> None:
    rest, walk = (
        lived(REST, 0.2),
        lived(REST + 'after 1 s SCENARIO x SETS WALK 80 /min OF maria WITH {"for_s":86400}', 0.2),
    )
    errors = [
        np.abs(PulseSensor(Chance(1)).reads(life, always(life)) - life.heart_rate) for life in (rest, walk)
    ]

    assert np.mean(errors[1]) > 1.3 * np.mean(errors[0])


def test_wild_samples_come_alone_and_as_often_as_said() -> None:
    life = lived(days=4)
    sensor = PulseSensor(Chance(1))
    moving = sensor.is_wild(life.at, np.ones(len(life.at), dtype=np.bool_))

    assert moving.mean() == pytest.approx(WILD_MOVING, rel=0.1)
    assert (moving[1:] & moving[:-1]).sum() < 0.02 * moving.sum()


def test_a_wild_sample_is_tens_of_beats_off() -> None:
    life = lived(REST, days=4)
    sensor = PulseSensor(Chance(1))
    wild = sensor.is_wild(life.at, np.zeros(len(life.at), dtype=np.bool_))
    off = np.abs(sensor.reads(life, always(life)) - life.heart_rate)

    assert wild.sum() > 5
    assert off[wild].min() > 18
    assert off[~wild].max() < 12


def test_four_of_ten_cold_hands_go_unnoticed() -> None:
    life = Body(MARIA, 7, Script()).state(np.arange(START, START + 400 * DAY, 60))
    sensor = OxygenSensor(Chance(1))
    cold = sensor.cold_hand(life)
    begun = cold.on & ~np.concatenate(([False], cold.on[:-1]))
    unnoticed = begun & ~sensor.is_noticed(cold)

    assert begun.sum() / 400 == pytest.approx(1.5, rel=0.15)
    assert unnoticed.sum() / begun.sum() == pytest.approx(0.4, abs=0.05)


def test_a_cold_hand_reads_low_and_only_a_noticed_one_is_marked_poor() -> None:
    life = lived(days=20, every=30)
    sensor = OxygenSensor(Chance(1))
    cold = sensor.cold_hand(life)
    still = (life.steps == 0) & (life.usual_oxygen - life.oxygen < 1.5)
    readings = sensor.reads(life, always(life))
    low = life.oxygen - readings.percent

    assert np.median(low[cold.on & still]) > 4
    assert np.median(low[~cold.on & still]) == pytest.approx(0, abs=1.2)
    assert np.array_equal(readings.poor[cold.on & still], sensor.is_noticed(cold)[cold.on & still])


def test_a_watch_off_the_wrist_says_zero_and_not_worn() -> None:
    text = REST + 'after 60 s SCENARIO x SETS OFF_WRIST OF maria WITH {"for_s":120}'
    sayings = home([MARIA], played(text, [MARIA])).says(START - 0.5, START + 300)
    rates = dict(said_by(sayings, "watch-1", "HR"))

    assert {at for at, rate in rates.items() if rate == 0} == {float(at) for at in range(60, 180)}
    assert said_by(sayings, "watch-1", "WORN") == [(0, True), (60, False), (180, True)]
    assert numbers(said_by(sayings, "oximeter-1", "SPO2")).min() > 90


def test_an_oximeter_off_the_finger_says_zero_and_the_watch_goes_on() -> None:
    text = REST + 'after 60 s SCENARIO x SETS OFF_FINGER OF maria WITH {"for_s":30}'
    sayings = home([MARIA], played(text, [MARIA])).says(START - 0.5, START + 120)
    oxygen = dict(said_by(sayings, "oximeter-1", "SPO2"))

    assert {at for at, value in oxygen.items() if value == 0} == {float(at) for at in range(60, 90)}
    assert numbers(said_by(sayings, "watch-1", "HR")).min() > 0


def test_a_silent_device_says_nothing_and_then_goes_on() -> None:
    text = REST + 'after 60 s SCENARIO x SETS SILENCE watch-1 WITH {"for_s":30}'
    sayings = home([MARIA], played(text, [MARIA])).says(START - 0.5, START + 120)
    spoke = {at for at, _ in said_by(sayings, "watch-1", "HR")}

    assert spoke == {float(at) for at in range(121) if not 60 <= at < 90}


def test_a_watch_is_charged_every_day_and_says_so_before_it_falls_silent() -> None:
    life = lived(days=10, every=60)
    contact = Wear(Chance(1), Script(), "maria", "watch-1", Kind.OFF_WRIST, 19.5).contact(life)
    sayings = home([MARIA], every=60).says(START, START + 10 * DAY)
    silent_days = (~contact.measures).sum() * 60 / 3600

    assert 4 < silent_days < 14
    assert not (contact.worn & ~contact.measures).any()
    assert [value for _, value in said_by(sayings, "watch-1", "WORN")].count(False) >= 9


def test_steps_are_told_each_full_minute_for_the_minute_that_ended() -> None:
    text = REST + 'after 120 s SCENARIO x SETS WALK 100 /min OF maria WITH {"for_s":120}'
    sayings = home([MARIA], played(text, [MARIA])).says(START - 0.5, START + 400)
    steps = said_by(sayings, "watch-1", "STEPS")

    assert steps == [(0, steps[0][1]), (60, 0), (120, 0), (180, 100), (240, 100), (300, 0), (360, 0)]


def test_low_oxygen_people_read_low_all_day() -> None:
    person = replace(MARIA, oxygen=90.0, profile="low-oxygen", dips=0.0)
    sayings = home([person], played(REST, [person])).says(START, START + 600)

    assert numbers(said_by(sayings, "oximeter-1", "SPO2")).mean() == pytest.approx(90, abs=1.5)
