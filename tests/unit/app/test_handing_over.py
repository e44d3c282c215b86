"""Whoever asks a recorder hears of it, also when it ends or hangs."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

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


def test_a_recorder_that_shows_signs_of_life_is_waited_for(places: Places, held: EventLog) -> None:
    turns = iter(range(7))

    def slowly(_tally: Tally) -> None:
        number = next(turns, 7)
        _beat(places, number)
        _tell(places, Tally(read=1, done=number == 7))

    _beat(places, 0)
    with _FirstAnswer(places):
        tally = ask_recorder(places, ASKED, slowly, patience=0.3)

    assert tally.done


def _tell(places: Places, tally: Tally) -> None:
    for ask in places.jobs.glob("*.ask"):
        ask.with_suffix(".told").write_bytes(wire.write(tally))


class _FirstAnswer:
    """Answers as soon as somebody asks."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.wait(0.02):
            if list(self._places.jobs.glob("*.ask")):
                _tell(self._places, Tally())
                return
