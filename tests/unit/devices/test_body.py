"""A body follows the hour, sleep, steps, coffee, illness and what a scenario plants."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from devices.cohort import cohort
from devices.daytime import day, hour
from devices.people import Person, at_home
from devices.physiology.body import Body, State
from devices.physiology.caffeine import Coffee, caffeine
from devices.stage.script import Script
from tests.unit.devices.homes import DAY, START, played

MARIA, YUSUF, *_ = at_home(12)


def lived(person: Person, days: int = 10, script: Script | None = None, *, every: float = 60) -> State:
    return Body(person, 7, script or Script()).state(np.arange(START, START + days * DAY, every))


def test_a_body_is_the_same_however_its_life_is_looked_at() -> None:
    body = Body(MARIA, 7, Script())
    each_second = body.state(np.arange(START, START + 7200.0))
    each_minute = body.state(np.arange(START, START + 7200.0, 60))

    assert np.allclose(each_second.heart_rate[::60], each_minute.heart_rate, atol=1e-9)
    assert np.allclose(each_second.oxygen[::60], each_minute.oxygen, atol=1e-9)


def test_another_seed_is_another_life() -> None:
    times = np.arange(START, START + 7200, 60)

    assert Body(MARIA, 7, Script()).state(times).heart_rate.tolist() != (
        Body(MARIA, 8, Script()).state(times).heart_rate.tolist()
    )


@pytest.mark.parametrize("person", at_home(12), ids=lambda person: person.id)
def test_the_heart_is_slowest_before_waking(person: Person) -> None:
    life = lived(person)
    hours = hour(life.at)
    by_hour = [float(life.heart_rate[(hours >= h) & (hours < h + 1)].mean()) for h in range(24)]

    assert 2 <= int(np.argmin(by_hour)) <= 6
    assert np.mean(by_hour[13:18]) - min(by_hour) > 8


@pytest.mark.parametrize("person", at_home(12), ids=lambda person: person.id)
def test_nobody_at_home_is_near_a_limit_of_the_heart_by_chance(person: Person) -> None:
    life = lived(person)

    assert life.heart_rate.min() > 40
    assert life.heart_rate[life.steps == 0].max() < 110


@pytest.mark.parametrize("person", at_home(12), ids=lambda person: person.id)
def test_people_sleep_at_night_and_only_then(person: Person) -> None:
    life = lived(person)
    hours = hour(life.at)

    assert life.asleep[(hours >= 1) & (hours < 4)].all()
    assert not life.asleep[(hours >= 10) & (hours < 20)].any()
    assert life.steps[life.asleep].max() == 0


def test_oxygen_dips_at_night_in_those_who_are_said_to_dip() -> None:
    still, dipping = (replace(MARIA, dips=dips) for dips in (0.0, 15.0))
    nights = [lived(person, 4, every=5) for person in (still, dipping)]
    lost = [(life.usual_oxygen - life.oxygen) > 3 for life in nights]

    assert not lost[0].any()
    assert lost[1].sum() > 100
    assert not lost[1][~nights[1].asleep].any()


def test_steps_raise_the_heart_within_minutes_and_it_comes_down_again() -> None:
    script = played(
        "after 0 s SCENARIO x SETS REST OF maria\n"
        'after 10 min SCENARIO x SETS WALK 90 /min OF maria WITH {"for_s":600}',
        [MARIA],
    )
    life = lived(MARIA, 1, script, every=1)
    before, walking, after = (float(np.median(life.heart_rate[s : s + 120])) for s in (400, 1000, 1800))

    assert walking - before == pytest.approx(0.30 * 90, abs=5)
    assert after - before == pytest.approx(0, abs=5)


def test_a_coffee_peaks_after_three_quarters_of_an_hour_and_halves_in_five() -> None:
    drunk = caffeine(np.arange(0.0, 12 * 3600.0, 60.0), [Coffee(0.0, 250)])
    peak = int(np.argmax(drunk))

    assert peak == pytest.approx(44, abs=2)
    assert drunk[peak] == pytest.approx(0.43 * 250 * 0.90, rel=0.05)
    assert drunk[peak + 360] / drunk[peak + 60] == pytest.approx(0.5, abs=0.02)


def test_coffee_does_not_raise_heart_rates_on_the_whole() -> None:
    effects = np.array([person.caffeine for person in cohort(0, 400)])

    assert effects.mean() == pytest.approx(0.4, abs=0.3)
    assert (effects < 0).mean() > 0.3


def test_everybody_drinks_about_as_much_coffee_as_they_are_said_to() -> None:
    cups = Body(YUSUF, 7, Script()).coffees(START, START + 30 * DAY)

    assert len(cups) / 30 == pytest.approx(YUSUF.cups * 0.92, rel=0.2)
    assert all(6 < hour(np.array([cup.at]))[0] < 18 for cup in cups)


def test_cups_do_not_depend_on_how_the_time_is_cut() -> None:
    edges = np.arange(START, START + 5 * DAY, 4321.0).tolist()
    pieces = [cup for a, b in pairwise(edges) for cup in Body(YUSUF, 7, Script()).coffees(a, b)]

    assert pieces == list(Body(YUSUF, 7, Script()).coffees(edges[0], edges[-1]))


def test_the_day_belongs_to_the_home() -> None:
    midnight_in_berlin = np.array([START - START % DAY - 3600.0])

    assert hour(midnight_in_berlin).tolist() == [0.0]
    assert day(midnight_in_berlin)[0] == day(midnight_in_berlin - 1)[0] + 1


def test_the_training_set_holds_illness_low_oxygen_and_acute_events() -> None:
    people = cohort(0, 40)
    lives = [lived(person, 21, every=300) for person in people]

    assert sum(person.profile == "low-oxygen" for person in people) >= 3
    assert sum(life.ill.max() > 0.4 for life in lives) >= 10
    assert sum(life.trouble.is_racing.any() for life in lives) >= 20
    assert sum(life.trouble.is_sinking.any() for life in lives) >= 20


def test_nobody_at_home_falls_ill_by_chance() -> None:
    assert not any(person.falls_ill for person in at_home(40))
    assert lived(MARIA, 21).ill.max() == 0


def test_more_people_do_not_change_the_first() -> None:
    assert cohort(3, 5) == cohort(3, 50)[:5]
    assert at_home(2) == at_home(30)[:2]


def test_people_are_told_apart() -> None:
    people = at_home(40)

    assert len({person.id for person in people}) == 40
    assert len({person.name for person in people}) == 40
