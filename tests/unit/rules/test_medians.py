"""The medians of the last seconds, and of the minutes before them."""

from datetime import timedelta

import pytest

from healthmon.rules.medians import SlidingMedians, median
from tests.unit.rules.stream import moment


def windows(most: int = 10_000) -> SlidingMedians:
    return SlidingMedians(timedelta(seconds=7), timedelta(seconds=20), timedelta(minutes=5), most=most)


@pytest.mark.parametrize(("values", "middle"), [([4.0], 4.0), ([1.0, 2.0], 1.5), ([1.0, 2.0, 9.0], 2.0)])
def test_the_median_is_the_middle(values: list[float], middle: float) -> None:
    assert median(values) == middle


def test_a_reading_is_in_now_for_seven_seconds_and_in_the_baseline_after_twenty() -> None:
    medians = windows()
    medians.add(moment(0), 60.0)

    seen = []
    for seconds in (6, 7, 19, 20, 320, 321):
        medians.add(moment(seconds), 90.0)
        seen.append((60.0 in medians.now, 60.0 in medians.baseline))

    assert seen == [
        (True, False),
        (False, False),
        (False, False),
        (False, True),
        (False, True),
        (False, False),
    ]


def test_a_flood_shortens_the_baseline_and_nothing_else() -> None:
    medians = windows(most=5)
    for number in range(3_000):
        medians.add(moment(number / 10), float(number))

    assert len(medians.baseline) == 5
    assert max(medians.baseline) == 2799.0
    assert len(medians.now) == 70


def test_nothing_is_left_after_clearing() -> None:
    medians = windows()
    for seconds in range(400):
        medians.add(moment(seconds), 70.0)

    medians.clear()

    assert medians.now == medians.baseline == []
    assert not medians.reaches(moment(0))
