"""A recorder that ends because somebody wants it silences its player; one that fails does not."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from healthmon import log
from healthmon.app.cares.cares import Cares
from healthmon.app.cares.heard import Heard
from healthmon.app.cares.sound_care import SoundCare
from healthmon.clock import SystemClock
from healthmon.settings import PathSettings, Settings, SoundSettings
from tests.unit.app.cares.test_sound_care import FakePlayer


@pytest.fixture
def player() -> FakePlayer:
    return FakePlayer()


@pytest.fixture
def cares(tmp_path: Path, player: FakePlayer) -> Iterator[Cares]:
    with log.EventLog.open(tmp_path, clock=SystemClock()) as journal:
        made = Cares.of(Settings(paths=PathSettings(str(tmp_path))), journal, log.DeadLetters(tmp_path))
        sound = SoundCare(SoundSettings(), lambda _: player)
        sound.look_after(None, is_monitored=True)
        yield replace(made, sound=Heard(sound))


def test_an_orderly_end_says_goodbye(cares: Cares, player: FakePlayer) -> None:
    with cares:
        pass
    assert player.heard == ["monitored", "bye"]


def test_an_error_says_none(cares: Cares, player: FakePlayer) -> None:
    with pytest.raises(ZeroDivisionError), cares:
        raise ZeroDivisionError
    assert (player.heard, player.is_left) == (["monitored"], True)
