"""What the axes promise: round numbers, far enough apart to read, on the wall clock of the zone."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from healthmon.gui.trend import ladder

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    ("span", "step"),
    [
        (300, 60),
        (900, 120),
        (3_600, 600),
        (6 * 3_600, 3_600),
        (24 * 3_600, 3 * 3_600),
        (14 * 86_400, 2 * 86_400),
    ],
)
def test_steps_are_round_and_not_crowded(span: float, step: float) -> None:
    assert ladder.time_step(span, 770) == step


def test_ticks_stand_on_round_local_times() -> None:
    ahead = timedelta(hours=5, minutes=30)
    zone = timezone(ahead)

    ticks = ladder.time_ticks(NOON, NOON + 7_200, 1_800, ahead.total_seconds())

    assert [ladder.time_label(tick, 1_800, zone) for tick in ticks] == [
        "17:30",
        "18:00",
        "18:30",
        "19:00",
        "19:30",
    ]


def test_midnight_is_labelled_with_the_day() -> None:
    assert ladder.time_label(NOON + 12 * 3_600, 3_600, UTC) == "Nov 23"


def test_short_steps_show_seconds() -> None:
    assert ladder.time_label(NOON + 30, 30, UTC) == "12:00:30"


def test_values_are_round_and_inside() -> None:
    assert ladder.value_ticks(84, 104, 4) == [84, 88, 92, 96, 100, 104]


@pytest.mark.parametrize("pixels", [60, 105, 160, 285, 600])
def test_value_labels_never_crowd(pixels: float) -> None:
    step = ladder.value_step(16, pixels)

    assert step * pixels / 16 >= 22 or step == 100
