"""The recorder's sign of life."""

import os
from datetime import UTC, datetime
from pathlib import Path

from healthmon.app.heartbeat import Heart, Heartbeat, beat, is_alive, last_beat


def _state() -> Heartbeat:
    return Heartbeat(
        written=datetime(2026, 1, 1, tzinfo=UTC),
        pid=os.getpid(),
        version="0",
        offset=7,
        queue=0,
        broker_up=True,
        broker_problem="",
        disk_free=1,
        problem="",
        events_per_second=0.0,
        clock="system",
    )


def test_a_beat_is_read_as_it_was_written(tmp_path: Path) -> None:
    beat(tmp_path / "heartbeat.json", _state())

    assert last_beat(tmp_path / "heartbeat.json") == _state()


def test_no_beat_and_half_a_beat_are_none(tmp_path: Path) -> None:
    path = tmp_path / "heartbeat.json"
    path.write_bytes(b'{"written": "2026')

    assert (last_beat(path), last_beat(tmp_path / "none.json")) == (None, None)


def test_a_beat_that_cannot_be_written_is_skipped(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert beat(tmp_path / "file" / "heartbeat.json", _state()) is False


def test_a_folder_that_was_cleaned_away_is_made_again(tmp_path: Path) -> None:
    assert beat(tmp_path / "cleaned" / "heartbeat.json", _state())
    assert (tmp_path / "cleaned").stat().st_mode & 0o077 == 0


def test_a_heart_that_stops_takes_its_sign_away(tmp_path: Path) -> None:
    heart = Heart(tmp_path / "heartbeat.json", _state)
    heart.start()
    heart.stop()

    assert last_beat(tmp_path / "heartbeat.json") is None


def test_this_process_is_alive() -> None:
    assert is_alive(os.getpid())


def test_whoever_stands_still_shows_no_sign_of_life(tmp_path: Path) -> None:
    path = tmp_path / "heartbeat.json"
    heart = Heart(path, lambda: None, every=0.001)
    heart.start()
    seen = last_beat(path)
    heart.stop()

    assert seen is None
