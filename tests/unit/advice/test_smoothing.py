"""One thing is said for a while: scores do not tremble and bands do not flap."""

from datetime import timedelta

import pytest

from healthmon.advice.smoothing import Band, Banding, Smoother
from tests.unit.advice.wearer import MINUTE, START


def _bands(*scores: float) -> list[Band]:
    banding = Banding()
    return [banding.judge(START + minute * MINUTE, score) for minute, score in enumerate(scores)]


@pytest.mark.parametrize(
    ("score", "band"),
    [
        (100, Band.USUAL),
        (80, Band.USUAL),
        (79, Band.WORTH_A_LOOK),
        (60, Band.WORTH_A_LOOK),
        (59, Band.OUT_OF_USUAL),
    ],
)
def test_bands_end_at_80_and_60(score: float, band: Band) -> None:
    assert _bands(score) == [band]


def test_a_worse_band_is_told_at_once() -> None:
    assert _bands(90, 50) == [Band.USUAL, Band.OUT_OF_USUAL]


def test_a_better_band_waits_five_minutes() -> None:
    assert _bands(79, 95, 95, 95, 95, 95)[-2:] == [Band.WORTH_A_LOOK, Band.USUAL]


def test_a_better_band_wants_five_points_more() -> None:
    assert set(_bands(79, *[84] * 30)) == {Band.WORTH_A_LOOK}


def test_a_band_is_never_better_than_its_score() -> None:
    scores = [81, 79, 86, 62, 40, 66, 90, 90, 90, 90, 90, 90, 90]
    order = list(Band)

    bands = _bands(*scores)

    assert all(
        order.index(band) >= order.index(_bands(score)[0]) for band, score in zip(bands, scores, strict=True)
    )


def test_a_step_is_followed_with_a_memory_of_ten_minutes() -> None:
    smoother = Smoother()
    smoother.smooth(START, (0.0,))

    shown = [smoother.smooth(START + minute * MINUTE, (-100.0,))[0] for minute in range(1, 11)]

    assert shown[-1] == pytest.approx(-63.2, abs=0.1)


def test_after_a_long_silence_it_starts_again() -> None:
    smoother = Smoother()
    smoother.smooth(START, (0.0,))

    assert smoother.smooth(START + timedelta(minutes=11), (-100.0,)) == (-100.0,)
