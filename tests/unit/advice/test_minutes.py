"""Whole minutes are learnt from once, and mean the same whatever the device's rate."""

from math import nan

import pytest

from healthmon.advice.minutes import SETTLE, Settled, Window, is_valid_oxygen, is_valid_rate


def _window() -> tuple[Window, list[Settled]]:
    learnt: list[Settled] = []
    return Window(learnt.append), learnt


def _hear(window: Window, number: int, *, rate: float | None = None, oxygen: float | None = None) -> None:
    minute = window.minute(number)
    assert minute is not None
    if rate is not None:
        minute.rate.hear(rate, valid=True)
    if oxygen is not None:
        minute.oxygen.hear(oxygen, valid=True)


@pytest.mark.parametrize("value", [0, 19, 251, 255, -1, nan])
def test_no_heart_beats_like_this(value: float) -> None:
    assert not is_valid_rate(value)


@pytest.mark.parametrize("value", [0, 34, 101, 127, 255, -1, nan])
def test_no_oxygen_is_like_this(value: float) -> None:
    assert not is_valid_oxygen(value)


def test_a_minute_is_learnt_once_when_five_newer_ones_began() -> None:
    window, learnt = _window()
    for number in range(100, 107):
        _hear(window, number, rate=60)

    assert [settled.minute for settled in learnt] == [100, 101]


def test_the_rate_of_a_minute_is_its_median() -> None:
    window, learnt = _window()
    for rate in (60, 61, 200):
        _hear(window, 100, rate=rate)
    _hear(window, 100 + SETTLE, rate=60)

    assert learnt[0].rate == 61


def test_a_settled_minute_takes_nothing_more() -> None:
    window, _ = _window()
    for number in range(100, 110):
        _hear(window, number, rate=60)

    assert window.minute(103) is None


def test_words_a_little_late_reach_their_minute() -> None:
    window, learnt = _window()
    _hear(window, 101, rate=80)
    _hear(window, 100, rate=60)
    _hear(window, 107, rate=80)

    assert [(settled.minute, settled.rate) for settled in learnt] == [(100, 60), (101, 80)]


def test_when_time_goes_back_an_hour_the_window_starts_again() -> None:
    window, learnt = _window()
    _hear(window, 1000, rate=60)
    _hear(window, 100, rate=70)
    _hear(window, 106, rate=70)

    assert [(settled.minute, settled.rate) for settled in learnt] == [(1000, 60), (100, 70)]


def test_a_dip_is_counted_where_it_begins() -> None:
    window, learnt = _window()
    for number in range(100, 130):
        _hear(window, number, oxygen=93 if 110 <= number < 113 or number == 120 else 97)

    assert (window.dips(130), [s.minute for s in learnt if s.dip]) == (2, [110, 120])


def test_dips_are_forgotten_after_an_hour() -> None:
    window, _ = _window()
    for number in range(100, 180):
        _hear(window, number, oxygen=93 if number == 110 else 97)

    assert (window.dips(170), window.dips(171)) == (1, 0)


def test_a_fast_device_and_a_slow_one_count_the_same_dips() -> None:
    slow, fast = _window()[0], _window()[0]
    for number in range(100, 130):
        oxygen = 93 if number in {110, 120} else 97
        _hear(slow, number, oxygen=oxygen)
        for place in range(60):
            _hear(fast, number, oxygen=oxygen if place == 0 else 97)

    assert fast.dips(130) == slow.dips(130)


def test_a_flood_is_listened_to_but_not_kept() -> None:
    window, _ = _window()
    for _ in range(5_000):
        _hear(window, 100, rate=60)
    minute = window.peek(100)

    assert minute is not None
    assert minute.rate.said == 600
