"""The two weeks before a demo hold no leap of a heart: the only one is the one that the demo plants."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from devices.cli import main
from healthmon.events import Entry, Event
from healthmon.imports.json_lines import ImportOptions, read
from healthmon.rules import HeartRateSpike


def _history(tmp_path: Path, seed: int) -> list[Event]:
    file = tmp_path / "history.jsonl"
    words = ["simulate", "--people", "2", "--seed", str(seed), "--scenario", "calm", "--history", "4d"]
    assert main([*words, "--until", "2026-11-22T08:00:00Z", "--out", str(file)]) == 0
    return [line for line in read(file, ImportOptions()) if isinstance(line, Event)]


@pytest.mark.parametrize("seed", [1, 7])
def test_nothing_in_it_is_a_spike(tmp_path: Path, seed: int) -> None:
    rule, now = HeartRateSpike(), datetime(2026, 11, 22, 8, tzinfo=UTC)
    events = _history(tmp_path, seed)

    marks = [
        mark
        for offset, event in enumerate(events)
        for mark in rule.observe(Entry.of(event, offset=offset, received=now))
    ]

    assert len(events) > 10_000
    assert marks == []


def test_people_walk_no_faster_than_their_pace(tmp_path: Path) -> None:
    steps = [event.amount or 0 for event in _history(tmp_path, 7) if event.object.type == "STEPS"]

    assert 0 < max(steps) <= 20
