"""Real recorders that die, with real players: what sounds, who ends it, and that nothing is left."""

import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from healthmon.app import processes
from healthmon.app.heartbeat import is_alive
from healthmon.app.places import Places
from healthmon.cli.main import main
from healthmon.sound.post import HUSHED, Alone, alone
from tests.fakes.homes import RealHome, eventually, real_home


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RealHome]:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("HEALTHMON_SOUND_OUTPUT", "null")
    with real_home(tmp_path / "home") as made:
        assert eventually(lambda: any(entry.value == "works" for entry in made.said("REPORTS", "SOUND")))
        yield made
        made.recorder.end() if made.recorder.popen.returncode is None else None
        main(["sound", "quiet", "--data", str(made.data)])


def _measures(home: RealHome) -> None:
    with home.publisher() as publisher:
        assert home.measure(publisher, range(60, 64))
        assert home.logged(4, verb="MEASURES")
        # What a later turn has logged shows that the turn before is over: the player was told.
        assert home.measure(publisher, range(64, 68))
        assert home.logged(8, verb="MEASURES")


def _left_alone(home: RealHome) -> Alone:
    """The player of a recorder that was killed, which says that it is alone."""
    home.recorder.kill()
    runtime = Places(home.data).runtime
    assert eventually(lambda: alone(runtime) is not None)
    found = alone(runtime)
    assert found is not None
    return found


def test_a_killed_recorder_leaves_a_player_that_ends_when_somebody_says_so(
    home: RealHome, capsys: pytest.CaptureFixture[str]
) -> None:
    _measures(home)
    left = _left_alone(home)
    assert is_alive(left.pid)
    assert main(["sound", "quiet", "--data", str(home.data)]) == 0
    assert "nobody has been watched since" in capsys.readouterr().out
    assert eventually(lambda: not is_alive(left.pid))


def test_it_ends_when_a_recorder_is_back_which_leaves_one_that_knows_as_much(home: RealHome) -> None:
    _measures(home)
    first = _left_alone(home)
    home.restart()
    assert eventually(lambda: not is_alive(first.pid))
    second = _left_alone(home)  # nothing was measured meanwhile: the log told that somebody is monitored
    assert second.pid != first.pid


def test_who_stops_a_recorder_that_died_hears_since_when_nobody_was_watched(
    home: RealHome, capsys: pytest.CaptureFixture[str]
) -> None:
    _measures(home)
    left = _left_alone(home)
    assert main(["stop", "--data", str(home.data)]) == 0
    assert "Nobody has been watched since" in capsys.readouterr().out
    assert eventually(lambda: not is_alive(left.pid))


def test_one_that_hangs_and_is_killed_because_it_did_not_stop_is_not_heard(
    home: RealHome, monkeypatch: pytest.MonkeyPatch
) -> None:
    _measures(home)
    hushed = Places(home.data).runtime / HUSHED
    home.recorder.popen.send_signal(signal.SIGSTOP)
    monkeypatch.setattr(processes, "wait_for", lambda _: False)  # who has patience waits for 20 s
    with pytest.raises(processes.ProcessError, match="kill -9"):
        processes.stop_recorder(home.data)
    assert hushed.exists()
    home.recorder.kill()
    assert eventually(lambda: not hushed.exists())  # its player has seen it, and is gone


def test_a_runtime_folder_that_was_cleaned_away_is_there_again_and_a_death_is_told_in_it(
    home: RealHome,
) -> None:
    _measures(home)
    runtime = Places(home.data).runtime
    shutil.rmtree(runtime)
    assert eventually((runtime / "heartbeat.json").exists)
    assert is_alive(_left_alone(home).pid)


def test_a_player_does_not_outlive_the_home_of_its_recorder(home: RealHome) -> None:
    _measures(home)
    left = _left_alone(home)
    shutil.rmtree(home.data)
    assert eventually(lambda: not is_alive(left.pid))


def test_a_recorder_that_was_stopped_leaves_nothing(home: RealHome) -> None:
    _measures(home)
    home.recorder.end()
    runtime = Places(home.data).runtime
    assert alone(runtime) is None
    assert not (runtime / "heartbeat.json").exists()


def test_the_unit_that_ships_is_one_that_systemd_understands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, root: Path
) -> None:
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("needs systemd-analyze")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    unit = tmp_path / "healthmon.service"
    shipped = (root / "resources" / "systemd" / "healthmon.service").read_text("utf-8")
    # Where it is installed is somebody's own: any program that exists stands for it.
    unit.write_text(shipped.replace("ExecStart=healthmon ", f"ExecStart={sys.executable} "), "utf-8")
    told = subprocess.run(
        [analyze, "--user", "--man=no", "verify", str(unit)], capture_output=True, text=True, check=False
    )
    assert (told.returncode, told.stderr) == (0, "")
    assert "KillMode=process" in shipped.splitlines()
