"""A shell says whether anybody records: no recorder, one that hangs, one that starts, one that records."""

import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from healthmon.app.heartbeat import Heartbeat, beat, real_now
from healthmon.app.places import Places
from healthmon.app.unwatched import Why, unwatched
from healthmon.clock import SystemClock
from healthmon.log import EventLog
from tests.unit.log.entries import entries, written

BEAT = Heartbeat(real_now(), os.getpid(), "1", 0, 0, True, "", 0, "", 0.0, "system")


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    """A home that was recorded once."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "runtime"))
    written(tmp_path / "home", 20)
    return Places(tmp_path / "home").prepared()


def _beats(places: Places, *, ago: float = 0.0, pid: int | None = None) -> Heartbeat:
    made = replace(BEAT, written=real_now() - timedelta(seconds=ago), pid=pid or os.getpid())
    assert beat(places.heartbeat, made)
    return made


def test_one_that_was_stopped_recorded_until_its_last_entry(places: Places) -> None:
    nobody = unwatched(places.data)

    assert nobody is not None
    assert (nobody.why, nobody.since) == (Why.NO_RECORDER, entries(20)[-1].received)


def test_one_that_was_killed_recorded_until_its_last_pulse(places: Places) -> None:
    last = _beats(places, ago=60)

    nobody = unwatched(places.data)

    assert nobody is not None
    assert (nobody.why, nobody.since) == (Why.NO_RECORDER, last.written)


def test_one_with_a_pulse_records(places: Places) -> None:
    with EventLog.open(places.data, clock=SystemClock()):
        _beats(places)

        assert unwatched(places.data) is None


def test_one_that_holds_the_log_without_a_pulse_stands_still(places: Places) -> None:
    with EventLog.open(places.data, clock=SystemClock()):
        last = _beats(places, ago=60)
        nobody = unwatched(places.data)

    assert nobody is not None
    assert (nobody.why, nobody.since) == (Why.STANDS_STILL, last.written)


def test_one_after_a_pulse_of_another_is_starting(places: Places) -> None:
    with EventLog.open(places.data, clock=SystemClock()):
        _beats(places, ago=60, pid=os.getpid() + 1)
        nobody = unwatched(places.data)

    assert nobody is not None
    assert nobody.why is Why.STARTING
