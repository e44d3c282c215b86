"""Work handed over in files: whatever is in them, the recorder goes on."""

from pathlib import Path

import pytest

from healthmon.app.jobs import JobDesk, progress
from healthmon.clock import TurnedClock
from healthmon.events import Entry
from healthmon.log import EventLog
from healthmon.pipeline.logic import Logic
from healthmon.pipeline.writer import Batch
from tests.fakes.pipeline import START, at, reading


def _desk(tmp_path: Path, asked: str) -> JobDesk:
    with EventLog.open(tmp_path, clock=TurnedClock(START)) as journal:
        journal.append([Entry.of(reading(70, seconds=0), offset=0, received=START)])
    (tmp_path / "jobs").mkdir()
    (tmp_path / "jobs" / "a.ask").write_text(asked, "utf-8")
    return JobDesk(tmp_path / "jobs", tmp_path)


@pytest.mark.parametrize(
    "asked",
    [
        "not json",
        '{"file": 7}',
        '{"file": "x", "zone": "Mars/Olympus"}',
        '{"file": "x", "time_from": "the stars"}',
        '{"file": "/there/is/no/such/file.jsonl"}',
    ],
)
def test_a_job_that_makes_no_sense_is_answered_and_stops_nothing(tmp_path: Path, asked: str) -> None:
    desk, batch = _desk(tmp_path, asked), Batch()

    for _ in range(4):
        desk.step(Logic([]), at(1), batch)
        desk.committed()
    answer = progress(tmp_path / "jobs" / "a.told")

    assert answer is not None
    assert (answer.done, answer.problem != "", batch.entries) == (True, True, [])


def test_an_answer_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    desk = _desk(tmp_path, "not json")
    (tmp_path / "jobs" / "a.new").mkdir()

    desk.step(Logic([]), at(1), Batch())

    assert desk.is_busy is False


def test_a_question_that_a_dead_recorder_began_is_asked_again(tmp_path: Path) -> None:
    _desk(tmp_path, "not json")
    told = tmp_path / "jobs" / "a.told"
    told.write_text('{"read": 5, "done": false}', "utf-8")

    JobDesk(tmp_path / "jobs", tmp_path)

    assert not told.exists()
