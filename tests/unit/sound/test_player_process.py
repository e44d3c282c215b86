"""A player goes on whatever its machine has lost since it started."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from healthmon import assets
from healthmon.assets import AssetsError, AssetsReason
from healthmon.sound import BURSTS, SoundState, Told
from healthmon.sound.__main__ import Ears, Mouth, _goes_on, _wav
from healthmon.sound.player import Player
from healthmon.sound.talk import Said
from tests.unit.sound.test_player import HIGH, Speaker

WORKS = Told(SoundState.WORKS, "Built-in")


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    reader, writer = os.pipe()
    yield reader, writer
    os.close(reader)
    os.close(writer)


def test_a_recorder_that_reads_nothing_for_hours_holds_up_no_sound(pipe: tuple[int, int]) -> None:
    reader, writer = pipe
    mouth = Mouth(writer)
    for second in range(6 * 3600):
        mouth.say(WORKS, float(second))
    assert os.read(reader, 1 << 20).splitlines()[-1] == b"works Built-in"  # each line whole, or not at all
    mouth.say(WORKS, 6 * 3600.0)
    assert os.read(reader, 100) == b"works Built-in\n"


def test_a_line_that_fails_is_one_that_has_ended(pipe: tuple[int, int], tmp_path: Path) -> None:
    _, writer = pipe
    os.write(writer, b"monitored\n")
    folder = os.open(tmp_path, os.O_RDONLY)  # can be waited for, and not be read
    try:
        ears = Ears(folder)
        assert ears.heard() == []
        assert ears.are_deaf
    finally:
        os.close(folder)


def test_a_burst_whose_file_is_missing_is_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*parts: str) -> bytes:
        raise AssetsError(AssetsReason.MISSING, f"{parts} are not there")

    there = {burst.name: _wav(burst) for burst in BURSTS.values()}
    monkeypatch.setattr(assets, "data", missing)
    assert {burst.name: _wav(burst) for burst in BURSTS.values()} == there


@pytest.mark.parametrize("error", [OSError("gone"), AssetsError(AssetsReason.MISSING, "gone")])
def test_whatever_the_machine_refuses_the_next_turn_comes(error: Exception) -> None:
    def turn() -> bool:
        raise error

    assert _goes_on(turn)


def test_a_sound_that_cannot_be_read_is_told() -> None:
    def lost(_: object) -> bytes:
        raise FileNotFoundError("high-heart.wav")

    one = Player(Speaker(), lost)
    one.hear(Said.SOUND, HIGH, 0.0)
    assert one.turn(0.0).state is SoundState.FAILED
