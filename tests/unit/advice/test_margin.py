"""The bands of HR_UNUSUAL: minutes lie above in one of twenty, days in one of five, whoever it is."""

from random import Random

import pytest

from healthmon.advice.margin import DAYS, FEWEST, MISSED, STEP, DayBand, MinuteBand

LONG = 60 * 650  # minutes at rest of two months


@pytest.mark.parametrize("spread", [1.0, 3.0, 9.0])
def test_one_minute_in_twenty_lies_above_however_restless_the_heart(spread: float) -> None:
    chance = Random(7)

    assert _missed([chance.gauss(0, spread) for _ in range(LONG)]) == pytest.approx(MISSED, abs=0.01)


def test_one_in_twenty_while_the_usual_drifts_away() -> None:
    chance = Random(7)
    drifting = [chance.gauss(10 * minute / LONG, 3) for minute in range(LONG)]

    assert _missed(drifting) == pytest.approx(MISSED, abs=0.015)


def test_thirteen_days_are_too_few() -> None:
    band = DayBand()
    for day in range(FEWEST - 1):
        band.learn(day, 3.0)
    assert band.above(FEWEST, frozenset()) is None

    band.learn(FEWEST - 1, 3.0)
    assert band.above(FEWEST, frozenset()) == 3.0


def test_a_new_day_is_above_in_at_most_one_of_five() -> None:
    chance, band, above = Random(7), DayBand(), 0
    for day in range(2_000):
        limit, most = band.above(day, frozenset()), chance.expovariate(0.2)
        above += limit is not None and most > limit
        band.learn(day, most)

    assert 0.12 < above / 2_000 <= 0.2


def test_days_held_apart_say_nothing() -> None:
    band = DayBand()
    for day in range(DAYS + 5):
        band.learn(day, 30.0 if day >= DAYS - 3 else 3.0)

    assert band.above(40, frozenset()) == 30.0
    assert band.above(40, frozenset(range(DAYS - 3, DAYS + 5))) == 3.0


def test_a_day_does_not_measure_itself() -> None:
    band = DayBand()
    for day in range(FEWEST):
        band.learn(day, 3.0)
    band.learn(FEWEST, 50.0)

    assert band.above(FEWEST, frozenset()) == 3.0


def test_years_of_days_stay_small() -> None:
    band = DayBand()
    for day in range(5_000):
        band.learn(day, 3.0)

    assert len(band._most) == 2 * DAYS


def _missed(excesses: list[float]) -> float:
    """The share above; beside it, that the band's own travel accounts for every one of them."""
    band, above = MinuteBand(), 0
    begun = band.above
    for excess in excesses:
        above += excess > band.above
        band.learn(excess)
    assert above == pytest.approx(MISSED * len(excesses) + (band.above - begun) / STEP, abs=1e-3)
    return above / len(excesses)
