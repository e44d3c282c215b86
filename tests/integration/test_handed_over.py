"""What a real recorder is handed: dropped files, refused messages to be fed again, a broker that is away."""

import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from healthmon import log
from healthmon.clock import SystemClock
from healthmon.events import Message, Refusal, Rejected, wire
from healthmon.log import DeadLetters, EventLog
from tests.fakes.homes import ROOT, Process, eventually, real_home

LINE = '{"id": "f:%d", "time": "2026-01-02T03:04:05Z", "subject": "W", "verb": "MEASURES", "object": "HR"}\n'
SAYS = b'{"subject": "WATCH", "verb": "MEASURES", "object": "HR", "context": {"value": 171}}'


@pytest.fixture(autouse=True)
def _folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))


@dataclass(frozen=True, slots=True)
class _Told:
    read: int
    stored: int


def _refeed(data: Path, *words: str) -> tuple[int, int]:
    """How many letters were read, and events stored."""
    command = [sys.executable, "-m", "healthmon", "log", "refeed", "--json", "--data", str(data), *words]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    told = wire.read(done.stdout.encode(), _Told)
    return told.read, told.stored


def _refuse(data: Path) -> None:
    """As a recorder of an older version would have left it."""
    rejected = Rejected(Message("healthmon/home/watch-1/event", SAYS), Refusal.BAD_TIME, "an older parser")
    DeadLetters(data).keep(rejected, SystemClock().now(), 0)


def test_a_dropped_file_is_imported_while_readings_come_in(tmp_path: Path) -> None:
    data = tmp_path / "home"
    with real_home(data) as home, home.publisher() as gateway:
        (data / "drop" / "old.jsonl").write_text("".join(LINE % number for number in range(2_500)), "utf-8")
        assert home.measure(gateway, range(60, 80))

        assert eventually((data / "drop" / "done" / "old.jsonl").exists)
        assert home.logged(2_520, verb="MEASURES")


def test_a_recorder_feeds_refused_messages_again_once(tmp_path: Path) -> None:
    data = tmp_path / "home"
    data.mkdir()
    _refuse(data)
    with real_home(data) as home:
        first, second = _refeed(data), _refeed(data)
        (entry,) = home.said("MEASURES")

    assert (first, second) == ((1, 1), (0, 0))
    assert (entry.amount, entry.context["delivery"]) == (171, "import")


def test_without_a_recorder_they_are_fed_here(tmp_path: Path) -> None:
    data = tmp_path / "home"
    EventLog.open(data, clock=SystemClock()).close()
    _refuse(data)

    assert [_refeed(data, "--dry-run"), _refeed(data), _refeed(data)] == [(1, 1), (1, 1), (0, 0)]


def test_a_broker_that_is_not_there_is_told_in_the_log(tmp_path: Path) -> None:
    with socket.socket() as taken:  # bound and not listening: nobody else can answer there
        taken.bind(("127.0.0.1", 0))
        url = f"mqtt://127.0.0.1:{taken.getsockname()[1]}"
        recorder = Process(["healthmon", "record", "--data", str(tmp_path / "home"), "--broker", url])
        assert recorder.says("recording to"), recorder.lines
        try:
            assert eventually(lambda: _told(tmp_path / "home") == ["away"])
        finally:
            assert recorder.end() == 0


def _told(data: Path) -> list[object]:
    return [entry.value for entry in log.read(data) if str(entry.object) == "BROKER"]
