"""Erasing and backing up while a real recorder is at work."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from healthmon import log
from healthmon.clock import SystemClock
from healthmon.events import wire
from tests.fakes.homes import ROOT, real_home
from tests.unit.log.entries import entry

LINE = (
    '{"id": "f:%d", "time": "2026-01-02T03:04:05Z", "subject": "W", "verb": "MEASURES", "object": "HR", '
    '"context": {"person": "%s", "value": %d}}\n'
)


@pytest.fixture(autouse=True)
def _folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))


@dataclass(frozen=True, slots=True)
class _Erased:
    lines: int
    out_of_reach: list[str]


def healthmon(*words: str) -> str:
    """What the command says; it must go well."""
    command = [sys.executable, "-m", "healthmon", *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def test_a_person_is_erased_and_a_backup_made_while_readings_come_in(tmp_path: Path) -> None:
    data, file = tmp_path / "home", tmp_path / "old.jsonl"
    people = ["rosa" if number % 3 else "jan" for number in range(3_000)]
    file.write_text("".join(LINE % (n, who, 60 + n % 40) for n, who in enumerate(people)), "utf-8")
    with real_home(data) as home, home.publisher() as gateway:
        healthmon("log", "import", str(file), "--data", str(data))
        assert home.measure(gateway, range(60, 80))
        told = healthmon("data", "erase", "rosa", "--yes", "--json", "--data", str(data))
        done = wire.read(told.encode(), _Erased)
        assert home.measure(gateway, range(80, 100))
        healthmon("data", "backup", str(tmp_path / "b.tar"), "--data", str(data))
        assert home.measure(gateway, range(100, 120))
        assert home.logged(1_060, verb="MEASURES")
        home.recorder.kill()
        home.restart()
        entries = home.entries()

    assert done.lines >= people.count("rosa")
    assert done.out_of_reach
    assert {entry.person for entry in entries if entry.verb == "MEASURES"} == {"jan", "maria"}
    assert [entry.context["lines"] for entry in entries if entry.verb == "ERASES"] == [done.lines]
    assert log.verify(data).is_whole
    healthmon("data", "restore", str(tmp_path / "b.tar"), "--data", str(tmp_path / "new"))
    restored = list(log.read(tmp_path / "new"))
    assert restored == entries[: len(restored)]
    assert len(restored) > 1_040


def test_an_erasure_whose_recorder_died_is_told_by_the_next_one(tmp_path: Path) -> None:
    data = tmp_path / "home"
    with log.EventLog.open(data, clock=SystemClock()) as journal:
        journal.append([entry(0, {"person": "rosa", "value": 60})])
        done = journal.erase(log.Erasure(data, "rosa"))  # and here it died

    with real_home(data) as home:
        assert home.logged(1, verb="ERASES")
        home.recorder.kill()
        home.restart()
        assert home.logged(2, verb="STARTS")
        told = home.said("ERASES")

    assert [entry.context["new_head"] for entry in told] == [done.new_head]
    assert log.unsaid_erasure(data) is None
