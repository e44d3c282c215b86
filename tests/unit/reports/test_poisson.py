"""The exact interval of a Poisson rate, against published tables."""

import pytest

from healthmon.reports.poisson import at_most, interval, rate


# Garwood 1936, as in the tables of Ulm (Am J Epidemiol 1990; 131: 373-375) and every book since.
@pytest.mark.parametrize(
    ("count", "low", "high"),
    [
        (0, 0.0, 3.6889),
        (1, 0.0253, 5.5716),
        (2, 0.2422, 7.2247),
        (3, 0.6187, 8.7673),
        (4, 1.0899, 10.2416),
        (5, 1.6235, 11.6683),
        (10, 4.7954, 18.3904),
        (20, 12.2165, 30.8884),
        (30, 20.2409, 42.8269),
        (100, 81.3640, 121.6268),
    ],
)
def test_the_interval_is_the_published_one(count: int, low: float, high: float) -> None:
    assert interval(count) == pytest.approx((low, high), abs=6e-5)


@pytest.mark.parametrize("count", [1, 7, 60, 1_000])
def test_each_end_leaves_out_as_much_as_it_says(count: int) -> None:
    low, high = interval(count, confidence=0.99)

    assert (1 - at_most(count - 1, low), at_most(count, high)) == pytest.approx((0.005, 0.005))


def test_a_rate_is_by_day() -> None:
    found = rate(2, 4.0)

    assert (found.per_day, found.low, found.high) == pytest.approx((0.5, 0.06055, 1.80617), abs=1e-5)


def test_without_days_there_is_no_rate() -> None:
    assert rate(2, 0.0).per_day is None
