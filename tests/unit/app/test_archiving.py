"""The archive as the upkeep and the shell ask for it."""

import json
import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from healthmon.app import archiving
from healthmon.app.archiving import archive_step, prunable
from healthmon.app.places import Places
from healthmon.app.retention import Rule
from healthmon.app.upkeep import look_after
from healthmon.archive import Lake
from healthmon.archive.erase import erase, verify
from healthmon.cli.main import main
from healthmon.settings import Settings, load
from tests.unit.archive.lakes import START, logged
from tests.unit.archive.readback import offsets_in


def _settings(data: Path, **flags: str | bool) -> Settings:
    named = {name.replace("__", "."): value for name, value in flags.items()}
    return load({"paths.data": str(data), **named}, environ={})


def test_the_upkeep_archives_what_is_new(tmp_path: Path) -> None:
    logged(tmp_path, 50, 60)
    archive_step(Places(tmp_path), _settings(tmp_path))
    logged(tmp_path, 10)

    archive_step(Places(tmp_path), _settings(tmp_path))

    assert offsets_in(tmp_path / "lake") == list(range(120))


def test_the_upkeep_archives_nothing_when_told_so(tmp_path: Path) -> None:
    logged(tmp_path, 50)

    archive_step(Places(tmp_path), _settings(tmp_path, archive__automatic=False))

    assert not (tmp_path / "lake").exists()


def test_the_upkeep_leaves_a_lake_that_another_writes(tmp_path: Path) -> None:
    logged(tmp_path, 50)

    with Lake(tmp_path / "lake").held():
        archive_step(Places(tmp_path), _settings(tmp_path))

    assert offsets_in(tmp_path / "lake") == []


def test_the_upkeep_tries_a_damaged_segment_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    logged(tmp_path, 50)
    (path,) = [path for path in (tmp_path / "log").glob("segment-*0.jsonl") if path.stat().st_size > 9_000]
    path.write_bytes(path.read_bytes().replace(b'"verb":"MEASURES"', b'"verb":"MEASUREZ"', 1))
    archive_step(Places(tmp_path), _settings(tmp_path))
    tried: list[object] = []
    monkeypatch.setattr(archiving, "archive_now", tried.append)

    archive_step(Places(tmp_path), _settings(tmp_path))

    assert (tried, "MEASUREZ" in path.read_text()) == ([], True)


def test_the_upkeep_archives_anew_what_was_erased_in_the_lake_only(tmp_path: Path) -> None:
    logged(tmp_path, 50)
    archive_step(Places(tmp_path), _settings(tmp_path))
    erase(tmp_path / "lake", lambda entry: entry.person == "jan")

    archive_step(Places(tmp_path), _settings(tmp_path))

    assert offsets_in(tmp_path / "lake") == list(range(50))


def test_an_upkeep_with_every_step_brings_a_lake_about(tmp_path: Path) -> None:
    logged(tmp_path, 50)

    problems = look_after(Places(tmp_path).prepared(), _settings(tmp_path))

    assert (problems, offsets_in(tmp_path / "lake")) == ([], list(range(50)))


def test_the_lake_may_be_elsewhere(tmp_path: Path) -> None:
    logged(tmp_path / "data", 50)

    archive_step(Places(tmp_path / "data"), _settings(tmp_path / "data", archive__lake=str(tmp_path / "big")))

    assert offsets_in(tmp_path / "big") == list(range(50))


def test_what_is_archived_may_be_pruned_and_the_rest_not(tmp_path: Path) -> None:
    settings = _settings(tmp_path)
    logged(tmp_path, 50, 60)
    archive_step(Places(tmp_path), settings)
    logged(tmp_path, 70)

    plan = prunable(settings, Rule(keep=timedelta(0)), START + timedelta(days=9))

    assert (plan.before, "run healthmon log archive" in plan.why_not) == (110, True)


def test_the_shell_archives_and_says_how_much(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    logged(tmp_path, 50, 60)

    code = main(["log", "archive", "--json", "--data", str(tmp_path)])

    told = json.loads(capsys.readouterr().out)
    assert (code, told["segments"], told["rows"], told["left"]) == (0, 2, 110, [])


def test_the_shell_judges_a_lake(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    logged(tmp_path, 300)
    main(["log", "archive", "--data", str(tmp_path)])
    file = next((tmp_path / "lake").glob("date=*/*.parquet"))
    before = main(["log", "archive", "--verify", "--data", str(tmp_path)])
    file.write_bytes(file.read_bytes()[:-1])

    after = main(["log", "archive", "--verify", "--data", str(tmp_path)])

    assert (before, after, file.name in capsys.readouterr().out) == (0, 1, True)


@pytest.mark.parametrize("syscalls", [3, 12, 30, 60])
def test_an_archive_that_is_killed_goes_on_where_it_was(tmp_path: Path, syscalls: int) -> None:
    logged(tmp_path, *[300] * 4)

    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path), str(syscalls)], check=False, env={**os.environ}
    )
    seen = offsets_in(tmp_path / "lake")
    main(["log", "archive", "--data", str(tmp_path)])

    assert done.returncode == -signal.SIGKILL
    assert len(seen) == len(set(seen))
    assert (offsets_in(tmp_path / "lake"), verify(tmp_path / "lake")) == (list(range(1_200)), [])
    assert not list((tmp_path / "lake").rglob("*.new"))


KILLED = """
import os, signal, sys
from pathlib import Path

left = int(sys.argv[2])

def counted(real):
    def call(*words, **more):
        global left
        left -= 1
        if left <= 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*words, **more)
    return call

from healthmon.log import Disk
for name in ("create", "sync", "sync_folder", "make_folder"):
    setattr(Disk, name, counted(getattr(Disk, name)))
Path.replace = counted(Path.replace)
from healthmon.archive.archive import archive
archive(Path(sys.argv[1]), Path(sys.argv[1]) / "lake")
"""
