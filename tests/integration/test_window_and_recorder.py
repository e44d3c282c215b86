"""The window and the recorder live and die apart."""

import os
import signal
from datetime import timedelta
from pathlib import Path
from time import monotonic

from healthmon import log
from healthmon.app.feed import LogFeed
from healthmon.app.heartbeat import is_alive
from healthmon.app.places import Places
from healthmon.app.window import pulse
from healthmon.clock import SystemClock
from healthmon.view.desk import LogDesk
from healthmon.view.screen import Recording
from tests.fakes.homes import PATIENCE, Process, eventually, real_home


def _desk(data: Path) -> LogDesk:
    heartbeat = Places(data).heartbeat
    damages: list[log.Damage] = []
    return LogDesk(LogFeed(data, damages.append), SystemClock(), heartbeat=lambda: pulse(heartbeat))


def _shows(desk: LogDesk, state: Recording, *, patience: float = PATIENCE) -> bool:
    return eventually(lambda: desk.tick().connection.recording is state, patience=patience)


def _is_written(data: Path) -> bool:
    """Whether something stands in the log. Who holds it may not have made it yet."""
    try:
        return log.next_offset(data) > 0
    except log.LogError:
        return False


def test_a_killed_recorder_shows_within_five_seconds_and_again_when_it_is_back(tmp_path: Path) -> None:
    with real_home(tmp_path) as home:
        desk = _desk(tmp_path)
        assert _shows(desk, Recording.RECORDING)
        home.recorder.kill()
        since = monotonic()
        assert _shows(desk, Recording.NOT_RECORDING, patience=5.0)
        assert timedelta(seconds=monotonic() - since) < timedelta(seconds=5)
        home.restart()

        assert _shows(desk, Recording.RECORDING)


def test_a_closed_window_leaves_the_recorder_recording(tmp_path: Path) -> None:
    window = Process(["healthmon", "--data", str(tmp_path), "--for", "4s"])
    assert window.ended() == 0
    assert eventually(lambda: log.holder(tmp_path) is not None)  # it may still be starting
    recorder = log.holder(tmp_path)

    assert recorder is not None
    assert is_alive(recorder)
    assert Process(["healthmon", "stop", "--data", str(tmp_path)]).ended() == 0


def test_a_killed_window_leaves_the_recorder_recording(tmp_path: Path) -> None:
    window = Process(["healthmon", "--data", str(tmp_path)])
    assert eventually(lambda: log.holder(tmp_path) is not None)
    window.kill()
    recorder = log.holder(tmp_path)

    assert recorder is not None
    assert is_alive(recorder)
    assert Process(["healthmon", "stop", "--data", str(tmp_path)]).ended() == 0


def test_a_window_starts_another_recorder_when_one_dies(tmp_path: Path) -> None:
    window = Process(["healthmon", "--data", str(tmp_path)])
    assert eventually(lambda: log.holder(tmp_path) is not None)
    first = log.holder(tmp_path)
    assert first is not None
    assert eventually(lambda: _is_written(tmp_path))
    os.kill(first, signal.SIGKILL)

    assert eventually(lambda: log.holder(tmp_path) not in {None, first})
    assert window.end() == 0
    assert Process(["healthmon", "stop", "--data", str(tmp_path)]).ended() == 0
