"""Work handed over in files: whatever is in them, the recorder goes on."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest

from healthmon.app.jobs.asked import ImportAsked
from healthmon.app.jobs.asked_folder import AskedFolder, Question, progress
from healthmon.app.jobs.desk import JobDesk
from healthmon.app.jobs.work import Means
from healthmon.clock import TurnedClock
from healthmon.dialects.native import Native
from healthmon.events import Entry
from healthmon.log import EventLog, LogError, LogReason, upkeep_lock
from healthmon.pipeline.backfill import Tally
from healthmon.pipeline.logic import Logic
from healthmon.pipeline.parser import Parser
from healthmon.pipeline.writer import Batch
from tests.fakes.pipeline import START, at, reading


@pytest.fixture
def means(tmp_path: Path) -> Iterator[Means]:
    """An open log with one reading."""
    with EventLog.open(tmp_path, clock=TurnedClock(START)) as journal:
        journal.append([Entry.of(reading(70, seconds=0), offset=0, received=START)])
        (tmp_path / "jobs").mkdir()
        yield Means(tmp_path, journal, Parser([Native()]))


def _asked(means: Means, asked: str) -> JobDesk:
    (means.data / "jobs" / "a.ask").write_text(asked, "utf-8")
    return JobDesk([AskedFolder(means.data / "jobs", means)])


@dataclass
class Sealing:
    """Work that acts on the open log itself, once nothing is on its way into it."""

    journal: EventLog
    problem: LogError | None = None
    tally: Tally = field(default_factory=Tally)
    durable_then: int = -1
    is_waiting: bool = False

    def step(self, logic: Logic, received: datetime, batch: Batch) -> None:
        batch.entries += logic.take(reading(71, seconds=1), received)

    def committed(self) -> None:
        if self.problem:
            raise self.problem
        self.durable_then = self.journal.next_offset
        self.journal.rotate()
        self.tally.done = True


@dataclass
class Heard:
    """A job with its answers kept, that comes once."""

    work: Sealing
    answers: list[Tally] = field(default_factory=list)
    given: bool = False

    def tell(self, tally: Tally) -> None:
        self.answers.append(tally)

    def take(self) -> "Heard | None":
        first, self.given = not self.given, True
        return self if first else None


def _turn(desk: JobDesk, journal: EventLog) -> None:
    batch, logic = Batch(), Logic([], next_offset=journal.next_offset)
    desk.step(logic, at(1), batch)
    journal.append(batch.entries)
    desk.committed()


@pytest.mark.parametrize(
    "asked",
    [
        "not json",
        '{"file": 7}',
        '{"kind": "bake a cake"}',
        '{"kind": 7}',
        '{"kind": "import", "file": "x", "zone": "Mars/Olympus"}',
        '{"kind": "import", "file": "x", "unit_seconds": 1e300}',
        '{"kind": "import", "file": "x", "time_from": "the stars"}',
        '{"kind": "import", "file": "/there/is/no/such/file.jsonl"}',
    ],
)
def test_a_job_that_makes_no_sense_is_answered_and_stops_nothing(means: Means, asked: str) -> None:
    desk, batch = _asked(means, asked), Batch()

    for _ in range(4):
        desk.step(Logic([]), at(1), batch)
        desk.committed()
    answer = progress(means.data / "jobs" / "a.told")

    assert answer is not None
    assert (answer.done, answer.problem != "", batch.entries) == (True, True, [])


def test_an_answer_that_cannot_be_written_stops_nothing(means: Means) -> None:
    desk = _asked(means, "not json")
    (means.data / "jobs" / "a.new").mkdir()

    desk.step(Logic([]), at(1), Batch())

    assert desk.is_busy is False


def test_a_question_that_a_dead_recorder_began_is_asked_again(means: Means) -> None:
    told = means.data / "jobs" / "a.told"
    told.write_text('{"read": 5, "done": false}', "utf-8")

    _asked(means, "not json")

    assert not told.exists()


def test_a_question_of_before_there_were_kinds_is_an_import(means: Means) -> None:
    desk = _asked(means, '{"file": "history.jsonl"}')

    desk.step(Logic([]), at(1), Batch())

    assert desk.is_busy


def test_a_question_and_its_answer_are_taken_away(means: Means) -> None:
    question = Question(means.data / "jobs", ImportAsked("history.jsonl"))
    desk = JobDesk([AskedFolder(means.data / "jobs", means)])
    desk.step(Logic([]), at(1), Batch())
    desk.committed()
    told = question.answer()
    question.withdraw()

    assert (told is not None, list((means.data / "jobs").iterdir())) == (True, [])


def test_a_job_acts_on_the_log_when_what_it_gave_is_durable(means: Means) -> None:
    job = Heard(Sealing(means.journal))

    _turn(JobDesk([job]), means.journal)

    assert (
        job.work.durable_then,
        len(list((means.data / "log").glob("segment-*"))),
        job.answers[-1].done,
    ) == (
        2,
        2,
        True,
    )


def test_a_job_that_fails_while_it_acts_is_answered_in_one_line(means: Means) -> None:
    job = Heard(Sealing(means.journal, LogError(LogReason.DISK_FULL, "the disk is full: free some space")))
    desk = JobDesk([job])

    _turn(desk, means.journal)

    assert (desk.is_busy, job.answers[-1].done, job.answers[-1].problem) == (
        False,
        True,
        "the disk is full: free some space",
    )


def test_an_erasure_that_waits_for_a_backup_leaves_the_processor_alone(means: Means) -> None:
    (means.data / "jobs" / "a.ask").write_text('{"kind": "erase", "person": "maria"}', "utf-8")
    desk = JobDesk([AskedFolder(means.data / "jobs", means)])
    logic, turns = Logic([], next_offset=1), 0
    with upkeep_lock(means.data):
        while desk.is_busy or not turns:
            desk.step(logic, at(1), Batch())
            desk.committed()
            turns += 1
            assert turns < 100
        desk.step(logic, at(1), Batch())
        desk.committed()
        rests_on = not desk.is_busy

    answer = progress(means.data / "jobs" / "a.told")
    assert (rests_on, answer is not None and not answer.done) == (True, True)
