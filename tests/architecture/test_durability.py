"""What no pretended disk can show: that durable means the system's own sync, after the last byte."""

import os
from pathlib import Path

import pytest

from healthmon.clock import SystemClock
from healthmon.log import EventLog
from tests.unit.log.entries import entries


@pytest.mark.skipif(not hasattr(os, "fdatasync"), reason="a system that syncs otherwise")
def test_an_append_returns_after_the_systems_sync_of_its_last_byte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: dict[str, int] = {}
    really = os.fdatasync

    def noted(file: int) -> None:
        really(file)
        synced[os.path.realpath(f"/proc/self/fd/{file}")] = os.fstat(file).st_size

    monkeypatch.setattr(os, "fdatasync", noted)
    with EventLog.open(tmp_path, clock=SystemClock()) as log:
        log.append(entries(3))
        sizes = {os.path.realpath(path): path.stat().st_size for path in tmp_path.rglob("*.jsonl")}
        known = dict(synced)

    assert (len(sizes), {path: known.get(path) for path in sizes}) == (1, sizes)
