"""A real recorder on a computer whose clock is behind what its log was stamped with."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from healthmon import log
from healthmon.events import Entry
from tests.fakes.homes import Process, eventually


@pytest.fixture(autouse=True)
def _folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))


@contextmanager
def _recording(data: Path, *words: str) -> Iterator[None]:
    recorder = Process(["healthmon", "record", "--data", str(data), *words])
    try:
        assert recorder.says("recording to"), recorder.lines
        yield
    finally:
        assert recorder.end() == 0


def _said(data: Path, verb: str) -> list[Entry]:
    return [entry for entry in log.read(data) if (entry.verb, str(entry.object)[-5:]) == (verb, "CLOCK")]


def test_a_clock_that_is_behind_the_log_is_told_and_raised_and_time_goes_on(tmp_path: Path) -> None:
    data, a_day_ago = tmp_path / "home", (datetime.now(UTC) - timedelta(days=1)).isoformat()
    with _recording(data, "--clock", f"{a_day_ago}@2"):
        pass  # its clock is a day ahead
    *_, ahead = log.read(data)

    with _recording(data, "--clock", f"{a_day_ago}@1.5"):  # twelve hours behind that
        assert eventually(lambda: bool(_said(data, "RAISES")))

    *_, last = log.read(data)
    assert _said(data, "REPORTS")[0].value == "behind"
    assert timedelta() < last.received - ahead.received < timedelta(hours=1)
