"""What a trend promises: gaps are gaps, a spike stays where it is, the newest reading is there."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from healthmon.view.screen import Curve
from healthmon.view.trend import KEPT, MOST_READINGS, TrendRing

START = datetime(2026, 11, 22, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(hours=24)


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def ring(*readings: tuple[float, float]) -> TrendRing:
    """A trend of (seconds after the start, value)."""
    made = TrendRing()
    for seconds, value in readings:
        made.take(at(seconds).timestamp(), value)
    return made


def steady(start: float, end: float, step: float, value: float = 70) -> list[tuple[float, float]]:
    return [(float(seconds), value) for seconds in np.arange(start, end, step)]


def holes(curve: Curve) -> list[float]:
    """Where the line is broken, in seconds after the start."""
    return [float(at) - START.timestamp() for at in curve.at[np.isnan(curve.mean)]]


def points(curve: Curve) -> list[tuple[float, float]]:
    return list(zip((curve.at - START.timestamp()).tolist(), curve.mean.tolist(), strict=True))


def test_few_readings_are_drawn_as_they_are() -> None:
    curve = ring((0, 70), (1, 74), (2, 72)).window(at(0), at(10), 100)

    assert points(curve) == [(0, 70), (1, 74), (2, 72)]


def test_many_readings_share_a_column_with_their_lowest_and_highest() -> None:
    made = ring(*((float(s), 60 + s % 10) for s in range(3600)))

    curve = made.window(at(0), at(3600), 60)

    assert len(curve.at) <= 63
    assert (curve.low[1:-2] == 60).all()
    assert (curve.high[1:-2] == 69).all()


def test_a_silence_of_more_than_three_periods_and_30_s_is_a_gap() -> None:
    made = ring(*steady(0, 60, 1), *steady(91, 120, 1))

    assert holes(made.window(at(0), at(120), 600)) == [75]


def test_a_silence_of_30_s_is_no_gap() -> None:
    made = ring(*steady(0, 60, 1), *steady(89, 120, 1))

    assert holes(made.window(at(0), at(120), 600)) == []


def test_a_watch_that_measures_once_a_minute_has_no_gaps() -> None:
    made = ring(*steady(0, 3600, 60))

    assert holes(made.window(at(0), at(3600), 600)) == []


def test_a_history_by_the_minute_and_a_present_by_the_second_both_hold_together() -> None:
    made = ring(*steady(0, 3600, 60), *steady(3600, 7200, 1))

    assert holes(made.window(at(0), at(7200), 600)) == []


def test_a_gap_is_drawn_where_it_is_also_in_columns() -> None:
    made = ring(*steady(0, 40_000, 1), *steady(40_040, 80_000, 1))

    (hole,) = holes(made.window(at(0), at(86_400), 600))

    assert 39_999 < hole < 40_040


def test_a_spike_stays_where_it_is_while_the_plot_scrolls() -> None:
    made = ring(*steady(0, 3500, 1), (3500, 150), *steady(3501, 7200, 1))

    curves = [made.window(at(end) - HOUR, at(end), 600) for end in range(7000, 7060)]

    tops = {float(curve.at[np.argmax(curve.high)]) for curve in curves}
    assert len(tops) == 1


def test_the_newest_reading_is_the_last_point() -> None:
    made = ring(*steady(0, 86_000, 1), (86_001, 99))

    curve = made.window(at(86_001) - DAY, at(86_001), 600)

    assert points(curve)[-1] == (86_001, 99)


def test_a_late_reading_takes_its_place_in_time() -> None:
    made = ring((0, 70), (10, 72))
    first = made.window(at(0), at(20), 100)

    made.take(at(5).timestamp(), 99)

    assert points(first) == [(0, 70), (10, 72)]
    assert points(made.window(at(0), at(20), 100)) == [(0, 70), (5, 99), (10, 72)]


def test_a_late_reading_closes_the_gap_it_fills() -> None:
    made = ring(*steady(0, 60, 1), *steady(100, 160, 1))
    assert len(holes(made.window(at(0), at(160), 600))) == 1

    for seconds, value in steady(60, 100, 1):
        made.take(at(seconds).timestamp(), value)

    assert holes(made.window(at(0), at(160), 600)) == []


def test_readings_of_one_instant_share_a_point() -> None:
    curve = ring((0, 70), (1, 80), (1, 90), (2, 70)).window(at(0), at(10), 100)

    assert points(curve) == [(0, 70), (1, 85), (2, 70)]
    assert (curve.low[1], curve.high[1]) == (80, 90)


def test_the_line_goes_on_to_the_edge_of_the_plot() -> None:
    curve = ring(*steady(0, 3600, 10)).window(at(1000), at(1500), 600)

    assert curve.at[0] < at(1000).timestamp()
    assert curve.at[-1] > at(1499).timestamp()


def test_nothing_new_gives_the_same_curve() -> None:
    made = ring(*steady(0, 7200, 1))

    assert made.window(at(0), at(7200), 600) is made.window(at(0), at(7200), 600)


def test_an_empty_trend_draws_nothing() -> None:
    assert points(TrendRing().window(at(0), at(10), 100)) == []


def test_what_is_older_than_a_day_goes() -> None:
    made = ring(*steady(0, 4 * 86_400, 60))

    made.take(at(10).timestamp(), 200)

    assert float(made.window(at(0), at(100), 100).high.max(initial=0)) < 200


@pytest.mark.parametrize("per_second", [1, 2, 5])
def test_a_fast_device_keeps_its_24_hours_in_bounded_memory(per_second: int) -> None:
    made = TrendRing()
    for number in range(100_000 * per_second):
        made.take(START.timestamp() + number / per_second, 70 + number % 7)

    newest = at(100_000)
    curve = made.window(newest - KEPT, newest, 600)

    assert len(made) <= 1.2 * MOST_READINGS
    assert made.nbytes < 1.4e6
    assert curve.at[1] < (newest - KEPT).timestamp() + 300
    assert (curve.low[1:-1].min(), curve.high[1:-1].max()) == (70, 76)


def test_a_thinned_trend_keeps_its_spikes() -> None:
    made = TrendRing()
    for number in range(250_000):
        made.take(START.timestamp() + number / 2, 160 if number == 100_000 else 70)

    curve = made.window(at(125_000) - DAY, at(125_000), 600)

    assert curve.high.max() == 160


def test_the_period_is_what_the_newest_readings_tell() -> None:
    made = ring(*steady(0, 3600, 60))

    assert made.period() == 60
    assert ring((0, 70)).period() is None
