"""Promises of the worn watch: always the same, true where it says so, and hard where life is."""

import hashlib

import numpy as np
import pytest

from devices.arrays import Bools, Ints
from devices.daytime import DAY
from devices.worn.plan import CRITICAL, Injury
from devices.worn.stretch import Stretch, wearers

START = 1767225600.0  # 2026-01-01
# Of two people's first day. The simulator was frozen before any threshold of an alarm was chosen by it
# (docs/decisions/0032-simulated-wear.md): a change here makes every measured rate of alarms void.
FROZEN = "eaa31c228a7492dab47339a6f4b80cbe"


@pytest.fixture(scope="module")
def days() -> list[Stretch]:
    """Three days of eight people."""
    return [
        wearer.stretch(START, START + 3 * DAY, 5)
        for wearer in wearers(4001, 1, 8)
        if wearer.person.profile != "low-oxygen"
    ]


def _bytes(stretch: Stretch) -> bytes:
    told = (stretch.heart, stretch.oxygen, stretch.poor, stretch.steps, stretch.says_worn, stretch.is_silent)
    return b"".join(np.ascontiguousarray(one, dtype=np.int64).tobytes() for one in told)


def _longest(on: Bools) -> int:
    edges = np.diff(np.concatenate([[0], on.astype(np.int64), [0]]))
    return int((np.flatnonzero(edges == -1) - np.flatnonzero(edges == 1)).max(initial=0))


def _injured(stretch: Stretch) -> Bools:
    on = np.zeros(len(stretch.at), dtype=np.bool_)
    for one in stretch.injected:
        on |= (stretch.at >= one.start) & (stretch.at <= one.end)
    return on


def _is_reading(oxygen: Ints) -> Bools:
    return np.asarray((oxygen >= 35) & (oxygen <= 100))


def test_the_simulator_is_the_one_that_was_frozen() -> None:
    digest = hashlib.blake2b(digest_size=16)
    for wearer in wearers(4001, 1, 2):
        stretch = wearer.stretch(START, START + DAY, 5)
        digest.update(_bytes(stretch))
        digest.update(repr([(one.kind.value, round(one.start)) for one in stretch.injected]).encode())

    assert digest.hexdigest() == FROZEN


def test_how_a_life_is_cut_into_stretches_changes_nothing() -> None:
    wearer = wearers(4001, 3, 3)[0]
    whole = wearer.stretch(START, START + DAY, 5)
    parts = [wearer.stretch(START + n * DAY / 4, START + (n + 1) * DAY / 4, 5) for n in range(4)]

    assert np.array_equal(whole.oxygen, np.concatenate([part.oxygen for part in parts]))
    assert np.array_equal(whole.heart, np.concatenate([part.heart for part in parts]))


def test_a_quarter_of_the_readings_is_more_than_a_point_off(days: list[Stretch]) -> None:
    off = np.concatenate(
        [
            (one.oxygen - one.true_oxygen)[_is_reading(one.oxygen) & one.on_arm & ~one.cold & one.still]
            for one in days
        ]
    )

    assert 1.0 < off.std() < 1.8


def test_cold_hands_read_minutes_of_false_oxygen_that_nobody_notices(days: list[Stretch]) -> None:
    fooled = [
        _longest(_is_reading(one.oxygen) & (one.oxygen <= 88) & (one.true_oxygen > 92) & ~one.poor)
        for one in days
    ]

    assert max(fooled) * 5 >= 60


def test_pauses_of_breath_fall_below_88_for_seconds(days: list[Stretch]) -> None:
    natural = [np.asarray((one.true_oxygen <= 88) & ~_injured(one), dtype=np.bool_) for one in days]

    assert 0 < max(map(_longest, natural)) * 5 <= 40


def test_an_injured_body_is_where_the_plan_says(days: list[Stretch]) -> None:
    for stretch in days:
        for one in stretch.injected:
            held = (stretch.at > one.start + one.rise) & (stretch.at < one.start + one.rise + one.hold)
            if one.kind is Injury.DEEP and held.any():
                assert stretch.true_oxygen[held].max() <= CRITICAL["adult"]


def test_a_charging_watch_is_silent_once_a_day(days: list[Stretch]) -> None:
    silent = np.mean([one.is_silent.mean() for one in days])

    assert 0.02 < silent < 0.06
