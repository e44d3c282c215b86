"""Whoever asks a recorder hears of it, also when it ends or hangs."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from healthmon.app import handing_over
from healthmon.app.handing_over import ask_recorder
from healthmon.app.heartbeat import Heartbeat, beat
from healthmon.app.jobs.asked import ImportAsked
from healthmon.app.places import Places
from healthmon.app.processes import ProcessError, ProcessReason
from healthmon.clock import TurnedClock
from healthmon.events import wire
from healthmon.log import EventLog
from healthmon.pipeline.backfill import Tally
from tests.fakes.pipeline import START

ASKED = ImportAsked("history.jsonl")


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    return Places(tmp_path / "home").prepared()


@pytest.fixture
def held(places: Places) -> Iterator[EventLog]:
    """A log that is being recorded, by somebody who answers nothing."""
    with EventLog.open(places.data, clock=TurnedClock(START)) as journal:
        yield journal


def _beat(places: Places, number: int) -> None:
    state = Heartbeat(
        written=datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=number),
        pid=1,
        version="0",
        offset=0,
        queue=0,
        broker_up=True,
        broker_problem="",
        disk_free=1,
        problem="",
        events_per_second=0.0,
        clock="system",
    )
    beat(places.heartbeat, state)


def test_a_recorder_that_hangs_is_told_in_one_line(places: Places, held: EventLog) -> None:
    with pytest.raises(ProcessError, match=r"has stood still for 0 s: end it with healthmon stop") as told:
        ask_recorder(places, ASKED, lambda _: None, patience=0.3)

    assert (told.value.reason, list(places.jobs.iterdir())) == (ProcessReason.STANDS_STILL, [])


def test_a_recorder_that_ends_is_told_in_one_line(places: Places) -> None:
    with pytest.raises(ProcessError, match="the recorder ended while it was at this; run this again"):
        ask_recorder(places, ASKED, lambda _: None)


def test_a_recorder_that_shows_signs_of_life_is_waited_for(
    places: Places, held: EventLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns = iter(range(7))

    def slowly(_tally: Tally) -> None:
        number = next(turns, 7)
        _beat(places, number)
        _tell(places, Tally(read=1, done=number == 7))

    _beat(places, 0)
    monkeypatch.setattr(handing_over, "time", _Turns(places))

    assert ask_recorder(places, ASKED, slowly, patience=15.0).done


def _tell(places: Places, tally: Tally) -> None:
    for ask in places.jobs.glob("*.ask"):
        ask.with_suffix(".told").write_bytes(wire.write(tally))


class _Turns:
    """The time of who asks: each look takes ten seconds, and at the first one the recorder answers."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._now = 0.0

    def monotonic(self) -> float:
        return self._now

    def sleep(self, _seconds: float) -> None:
        if self._now == 0.0:
            _tell(self._places, Tally())
        self._now += 10.0
