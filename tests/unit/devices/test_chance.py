"""Chance depends on who, what and when, and on nothing that was drawn before."""

import hashlib
from itertools import pairwise

import numpy as np
import pytest

from devices.chance import Chance
from devices.daytime import DAY
from devices.happenings import Happenings

MANY = np.arange(200_000, dtype=np.int64)


def test_the_same_words_draw_the_same_numbers() -> None:
    once, again = Chance(7, "maria").of("steps"), Chance(7, "maria", "steps")

    assert once.even(MANY[:50]).tolist() == again.even(MANY[:50]).tolist()


def test_a_draw_does_not_depend_on_what_else_is_drawn() -> None:
    chance = Chance(7, "maria")

    assert chance.bell([5])[0] == chance.bell(MANY[:10])[5]


@pytest.mark.parametrize("words", [(8, "maria"), (7, "yusuf"), ("7m", "aria")])
def test_other_words_draw_other_numbers(words: tuple[str | int, ...]) -> None:
    overlap = set(Chance(7, "maria").even(MANY[:1000])) & set(Chance(*words).even(MANY[:1000]))

    assert not overlap


def splitmix64(key: int, index: int) -> int:
    """Steele, Lea and Flood's generator in plain whole numbers: its state after so many steps, mixed."""
    mixed = (key + (index + 1) * 0x9E3779B97F4A7C15) % 2**64
    mixed = ((mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9) % 2**64
    mixed = ((mixed ^ mixed >> 27) * 0x94D049BB133111EB) % 2**64
    return mixed ^ mixed >> 31


def test_these_draws_never_change() -> None:
    # A new numpy or a new machine must not change what a seed means: histories are compared by their bytes.
    key = int.from_bytes(hashlib.blake2b(b"7\x1fmaria", digest_size=8).digest(), "big")
    plain = [(splitmix64(key, index) >> 11) / 2**53 for index in (0, 1, 10**9, -1)]

    assert Chance(7, "maria").even([0, 1, 10**9, -1]).tolist() == plain


def test_even_draws_fill_the_unit_interval_evenly() -> None:
    share, _ = np.histogram(Chance(1).even(MANY), bins=10, range=(0, 1))

    assert share.min() > 19_000
    assert share.max() < 21_000


def test_bell_draws_have_mean_0_and_deviation_1_and_no_tails() -> None:
    draws = Chance(1).bell(MANY)

    assert draws.mean() == pytest.approx(0, abs=0.02)
    assert draws.std() == pytest.approx(1, abs=0.02)
    assert np.abs(draws).max() < 3.47


def test_a_smooth_line_forgets_itself_after_its_time() -> None:
    line = Chance(1).smooth(np.arange(100_000, dtype=np.float64), 50)

    assert line.std() == pytest.approx(1, abs=0.05)
    assert np.abs(np.diff(line)).max() < 0.2
    assert np.corrcoef(line[:-200], line[200:])[0, 1] == pytest.approx(0, abs=0.1)


def test_things_happen_as_often_and_as_long_as_told() -> None:
    kind = Happenings(Chance(3), 3600, 0.25, (60, 120))
    times = np.arange(0, 400 * DAY, 10)

    now = kind.at(times)

    assert now.on.mean() == pytest.approx(0.25 * 90 / 3600, rel=0.1)
    assert now.lasts[now.on].min() >= 60
    assert now.lasts[now.on].max() <= 120


def test_what_happens_can_be_asked_for_in_any_stretch() -> None:
    kind = Happenings(Chance(3), 3600, 0.5, (600, 3600))
    times = np.arange(0, 3 * DAY, 60)

    whole, piece = kind.at(times).on, kind.at(times[1000:1100]).on

    assert whole[1000:1100].tolist() == piece.tolist()


def test_beginnings_are_listed_once_however_the_time_is_cut() -> None:
    kind = Happenings(Chance(3), 3600, 0.5, (60, 60))
    edges = np.arange(0, 5 * DAY, 777).tolist()

    in_pieces = [begin for a, b in pairwise(edges) for begin in kind.between(a, b)]

    assert in_pieces == list(kind.between(edges[0], edges[-1]))
    assert len(in_pieces) == pytest.approx(60, abs=20)
