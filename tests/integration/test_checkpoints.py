"""Checkpoints by the real child process: a recorder starts from them, and the child dies with its parent."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from healthmon import log
from healthmon.app.heartbeat import is_alive
from healthmon.app.keeping.care import upkeep_child
from healthmon.app.keeping.fold import newest_fold
from healthmon.app.keeping.logic import newest_logic
from healthmon.app.opening import open_log
from healthmon.app.places import Places
from healthmon.app.processes import wait_for
from healthmon.clock import TurnedClock
from healthmon.log import Damage
from healthmon.settings import LogSettings, PathSettings, Settings
from tests.bench.long_home import Home, write

HOME = Home(days=0.02, people=2)


def _settings(data: Path) -> Settings:
    return Settings(paths=PathSettings(data=str(data)), log=LogSettings(overflow_mib=1, reserve_mib=1))


def test_the_child_keeps_what_the_recorder_then_starts_from(tmp_path: Path) -> None:
    ends = write(tmp_path, HOME, judged=True)
    settings = _settings(tmp_path)
    places = Places(tmp_path).prepared()

    code = upkeep_child(places, settings).wait()

    assert (code, (tmp_path / "upkeep.txt").read_text()) == (0, "")
    assert newest_fold(tmp_path)[1] == newest_logic(tmp_path, settings)[1] == ends


def test_a_recorder_reads_only_what_came_after_the_checkpoint(tmp_path: Path) -> None:
    ends = write(tmp_path, HOME, judged=True)
    settings = _settings(tmp_path)
    places = Places(tmp_path).prepared()
    upkeep_child(places, settings).wait()
    segment = next((tmp_path / "log").glob("segment-*"))
    content = bytearray(segment.read_bytes())
    content[len(content) // 2] ^= 1  # who reads it all stumbles here
    segment.write_bytes(content)

    kept = open_log(places, settings, TurnedClock(HOME.start))

    kept.journal.close()
    assert (kept.logic.next_offset, kept.damages) == (ends, ())


def test_with_damaged_checkpoints_a_recorder_reads_everything(tmp_path: Path) -> None:
    ends = write(tmp_path, HOME, judged=True)
    settings = _settings(tmp_path)
    places = Places(tmp_path).prepared()
    upkeep_child(places, settings).wait()
    for path in (tmp_path / "checkpoints").glob("*.ckpt"):
        path.write_bytes(path.read_bytes()[:-20] + b"x" * 20)
    damages: list[Damage] = []

    kept = open_log(places, settings, TurnedClock(HOME.start))

    kept.journal.close()
    assert kept.logic.next_offset == ends
    assert list(log.read(tmp_path, on_damage=damages.append))[-1].offset == ends - 1


def test_the_child_does_not_outlive_its_recorder(tmp_path: Path) -> None:
    """A parent that starts a child over a long log, tells its number, and is killed."""
    write(tmp_path, Home(days=0.3, people=2))
    parent = subprocess.Popen(
        [sys.executable, "-c", _PARENT, str(tmp_path)], stdout=subprocess.PIPE, stdin=subprocess.PIPE
    )
    assert parent.stdout is not None
    child = int(parent.stdout.readline())

    os.kill(parent.pid, signal.SIGKILL)
    parent.communicate()

    assert wait_for(lambda: not is_alive(child))


_PARENT = """
import sys
from pathlib import Path
from healthmon.app.keeping.care import upkeep_child
from healthmon.app.places import Places
from healthmon.settings import PathSettings, Settings

data = Path(sys.argv[1])
child = upkeep_child(Places(data), Settings(paths=PathSettings(data=str(data))))
print(child.pid, flush=True)
sys.stdin.read()
"""
