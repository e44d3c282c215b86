"""Whatever comes in whatever order: a trend never lies about it."""

from datetime import UTC, datetime, timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from healthmon.view.screen import Curve
from healthmon.view.trend import TrendRing

START = datetime(2026, 11, 22, 12, tzinfo=UTC)
LENGTH = timedelta(minutes=10)

values = st.integers(35, 220).map(float)
readings = st.lists(
    st.tuples(st.integers(0, 600_000).map(lambda ms: ms / 1000), values), min_size=1, max_size=400
)
columns = st.integers(1, 80)


def ring_of(told: list[tuple[float, float]]) -> TrendRing:
    ring = TrendRing()
    for seconds, value in told:
        ring.take(START.timestamp() + seconds, value)
    return ring


def drawn(told: list[tuple[float, float]], width: int, *, start: datetime = START) -> Curve:
    return ring_of(told).window(start, start + LENGTH, width)


@given(readings, columns)
def test_the_mean_lies_between_lowest_and_highest(told: list[tuple[float, float]], width: int) -> None:
    curve = drawn(told, width)

    there = ~np.isnan(curve.mean)
    assert (curve.low[there] <= curve.mean[there]).all()
    assert (curve.mean[there] <= curve.high[there]).all()


@given(readings, columns)
def test_time_only_goes_forward(told: list[tuple[float, float]], width: int) -> None:
    assert (np.diff(drawn(told, width).at) > 0).all()


@given(readings, columns)
def test_every_reading_is_within_some_envelope(told: list[tuple[float, float]], width: int) -> None:
    curve = drawn(told, width)

    for _, value in told:
        assert ((curve.low <= value) & (value <= curve.high)).any()


@given(readings, columns)
def test_the_extremes_are_never_lost(told: list[tuple[float, float]], width: int) -> None:
    curve = drawn(told, width)

    assert np.nanmin(curve.low) == min(value for _, value in told)
    assert np.nanmax(curve.high) == max(value for _, value in told)


@given(readings, columns, st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter(
    told: list[tuple[float, float]], width: int, chance: object
) -> None:
    shuffled = list(told)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis' Random

    ring = ring_of(shuffled[: len(shuffled) // 2])
    ring.window(START, START + LENGTH, width)
    for seconds, value in shuffled[len(shuffled) // 2 :]:
        ring.take(START.timestamp() + seconds, value)

    late, sorted_in = ring.window(START, START + LENGTH, width), drawn(sorted(told), width)
    np.testing.assert_allclose(late.at, sorted_in.at, rtol=0, atol=1e-5)
    np.testing.assert_allclose(late.mean, sorted_in.mean, rtol=0, atol=1e-5)
    np.testing.assert_array_equal(late.low, sorted_in.low)
    np.testing.assert_array_equal(late.high, sorted_in.high)


@given(readings, st.integers(2, 40), st.integers(0, 300))
def test_a_shifted_window_has_the_same_buckets(
    told: list[tuple[float, float]], width: int, shift: int
) -> None:
    told = [*told, *((600.0 + second, 70.0) for second in range(1000))]
    first = drawn(told, width)
    later = drawn(told, width, start=START + timedelta(seconds=shift))

    edge = LENGTH / width * 2
    common = (START + timedelta(seconds=shift) + edge).timestamp(), (START + LENGTH - edge).timestamp()
    np.testing.assert_allclose(inside(first, *common), inside(later, *common), rtol=0, atol=1e-5)


@given(readings, columns)
def test_no_more_points_than_columns_and_gaps_ask_for(told: list[tuple[float, float]], width: int) -> None:
    curve = drawn(told, width)

    assert len(curve.at) <= 3 * (width + 4)


def inside(curve: Curve, start: float, end: float) -> np.ndarray:
    within = (curve.at >= start) & (curve.at < end) & ~np.isnan(curve.mean)
    return np.array([curve.at[within], curve.mean[within], curve.low[within], curve.high[within]])
