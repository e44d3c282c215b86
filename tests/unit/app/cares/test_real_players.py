"""Real players, each a process: what they say and outlive, and that they end."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from healthmon.app.cares.sound_care import PlayerProcess, SoundCare, player_in
from healthmon.settings import NotifySettings, SoundSettings
from healthmon.sound import BURSTS, Family, SoundState, Urgency
from healthmon.sound.post import Alone, alone, quiet
from tests.fakes.homes import PATIENCE, eventually

HIGH = BURSTS[Urgency.HIGH, Family.OXYGEN]
SHOWS_NOTHING = NotifySettings(desktop=False)


def test_the_real_player_sounds_tells_and_ends(tmp_path: Path) -> None:
    care = SoundCare(SoundSettings(output="null"), player_in(tmp_path, SHOWS_NOTHING, tmp_path))
    try:
        while care.state is None:
            care.look_after(HIGH)
        assert care.state.state is SoundState.WORKS
    finally:
        care.stop()


@pytest.fixture
def player(tmp_path: Path) -> Iterator[PlayerProcess]:
    """A real player that has said its first word; it is gone afterwards."""
    made = PlayerProcess(SoundSettings(output="null"), tmp_path, SHOWS_NOTHING, tmp_path)
    while not made.receive():
        assert made._process.poll() is None
    yield made
    made._process.kill()
    made.end()


def _left_alone(player: PlayerProcess, folder: Path) -> Alone:
    player.leave()
    assert eventually(lambda: alone(folder) is not None)
    found = alone(folder)
    assert found is not None
    return found


def test_the_real_player_ends_with_a_recorder_that_monitored_nobody(player: PlayerProcess) -> None:
    player.leave()
    assert player._process.wait(PATIENCE) == 0  # by itself: `end` would kill one that takes its time


def test_the_real_player_of_a_dead_recorder_is_alone_until_it_is_told_to_be_quiet(
    player: PlayerProcess, tmp_path: Path
) -> None:
    assert player.send("sound high heart\n")
    assert _left_alone(player, tmp_path).pid == player._process.pid
    assert player._process.poll() is None
    quiet(tmp_path)
    assert player._process.wait(PATIENCE) == 0


def test_the_real_player_of_a_dead_recorder_ends_when_another_begins(
    player: PlayerProcess, tmp_path: Path
) -> None:
    assert player.send("monitored\n")
    _left_alone(player, tmp_path)
    newer = PlayerProcess(SoundSettings(output="null"), tmp_path, SHOWS_NOTHING, tmp_path)
    try:
        assert player._process.wait(PATIENCE) == 0
        assert alone(tmp_path) is None
    finally:
        newer.end()


def test_the_real_player_of_a_demo_ends_with_its_recorder(tmp_path: Path) -> None:
    made = PlayerProcess(SoundSettings(output="null"), tmp_path, SHOWS_NOTHING, None)
    assert made.send("monitored\nsound high heart\n")
    made.leave()
    assert made._process.wait(PATIENCE) == 0
    assert alone(tmp_path) is None


def test_a_real_player_that_is_killed_is_replaced_and_nobody_is_told(tmp_path: Path) -> None:
    players: list[PlayerProcess] = []

    def start(settings: SoundSettings) -> PlayerProcess:
        players.append(PlayerProcess(settings, tmp_path, SHOWS_NOTHING, tmp_path))
        return players[-1]

    care = SoundCare(SoundSettings(output="null"), start)
    told: list[SoundState] = []

    def has_spoken(number: int) -> bool:
        news = care.look_after(HIGH)
        told.extend([news.told.state] if news is not None else [])
        return len(players) == number and care._has_spoken

    try:
        assert eventually(lambda: has_spoken(1))
        players[0]._process.kill()
        assert eventually(lambda: has_spoken(2))
        assert told == [SoundState.WORKS]
    finally:
        care.stop()


def test_the_real_player_is_silent_after_a_goodbye(player: PlayerProcess, tmp_path: Path) -> None:
    assert player.send("monitored\nsound high heart\nbye\n")
    player.end()
    assert (player._process.returncode, alone(tmp_path)) == (0, None)
