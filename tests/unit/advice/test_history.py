"""What is usual is the median of the same hour of earlier days."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from healthmon.advice.history import History
from healthmon.advice.minutes import Settled

FIRST = datetime(2026, 9, 1, tzinfo=UTC)


def _at(day: int, hour: int, minute: int = 0) -> int:
    return int((FIRST + timedelta(days=day, hours=hour, minutes=minute)).timestamp()) // 60


def _settled(minute: int, rate: float = 60.0, *, load: float = 0.0, oxygen: float = 97.0) -> Settled:
    return Settled(minute, rate, oxygen, load, still=load == 0, dip=False)


def _hour(history: History, day: int, hour: int, rate: float) -> None:
    for minute in range(0, 60, 5):
        history.learn(_settled(_at(day, hour, minute), rate))


def test_the_usual_rate_is_that_of_the_same_hour() -> None:
    history = History()
    for day in range(5):
        for hour in range(24):
            _hour(history, day, hour, 60 + hour)

    assert history.resting(_at(5, 10, 30)) == 70


def test_between_the_middles_of_two_hours_it_glides() -> None:
    history = History()
    for day in range(5):
        for hour in range(24):
            _hour(history, day, hour, 60 + hour)

    assert history.resting(_at(5, 11)) == 70.5


def test_nothing_is_usual_before_three_days() -> None:
    history = History()
    for day in range(2):
        _hour(history, day, 10, 70)

    assert history.resting(_at(2, 10)) is None


def test_one_wild_day_moves_nothing() -> None:
    history = History()
    for day in range(5):
        _hour(history, day, 10, 130 if day == 2 else 70)

    assert history.resting(_at(5, 10, 30)) == 70


def test_an_hour_says_nothing_about_itself() -> None:
    history = History()
    for day in range(4):
        _hour(history, day, 10, 60 + 10 * day)
    _hour(history, 4, 10, 150)
    _hour(history, 4, 9, 150)

    assert history.resting(_at(4, 10, 30)) == 75


def test_an_hour_that_is_never_lived_borrows_from_its_neighbours() -> None:
    history = History()
    for day in range(4):
        _hour(history, day, 9, 66)

    assert history.resting(_at(4, 12)) == 66


def test_the_order_of_learning_does_not_matter() -> None:
    answers = set()
    for order in permutations(range(4)):
        history = History()
        for day in order:
            _hour(history, day, 10, 60 + day)
        answers.add(history.resting(_at(4, 10, 30)))

    assert answers == {61.5}


def test_what_is_imported_later_is_heeded_at_once() -> None:
    history = History()
    for day in range(3, 6):
        _hour(history, day, 10, 70)
    before = history.resting(_at(6, 10, 30))
    for day in range(3):
        _hour(history, day, 10, 60)
    _hour(history, 2, 11, 60)

    assert (before, history.resting(_at(6, 10, 30))) == (70, 65)


def test_a_step_adds_what_this_person_has_shown() -> None:
    history = History()
    for day in range(20):
        for hour in range(24):
            _hour(history, day, hour, 60)
        for minute in range(20):
            history.learn(_settled(_at(day, 23, minute), 78, load=90))

    assert history.rise(90, _at(20, 10)) == pytest.approx(18, abs=2)


def test_before_anything_is_shown_a_step_adds_three_tenths() -> None:
    assert History().rise(100, _at(0, 10)) == pytest.approx(30)


def test_the_usual_oxygen_is_that_of_the_same_hour() -> None:
    history = History()
    for day, oxygen in enumerate((97, 96, 88, 97)):
        for minute in range(60):
            history.learn(_settled(_at(day, 10, minute), oxygen=oxygen))
            history.learn(_settled(_at(day, 22, minute), oxygen=94))

    assert (history.oxygen(_at(4, 10, 30)), history.oxygen(_at(4, 22, 30))) == (96.5, 94)


def test_days_of_nights_that_stand_out_say_nothing_about_usual() -> None:
    history = History()
    for day in range(11):
        for hour in range(24):
            _hour(history, day, hour, 75 if day >= 5 else 60)

    assert history.resting(_at(11, 12, 30)) == 60


def test_memory_is_bounded_by_the_days() -> None:
    history = History()
    for day in range(90):
        for hour in range(24):
            _hour(history, day, hour, 60)

    assert len(history._hours) <= 29 * 24
