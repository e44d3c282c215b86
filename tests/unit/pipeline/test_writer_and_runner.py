"""Durable first, acknowledged after; and nothing lost when the disk refuses."""

import threading

import pytest

from healthmon.clock import TurnedClock
from healthmon.dialects.native import Native
from healthmon.events import Event, Message, Refusal, Rejected, Thing, wire
from healthmon.log import LogError, LogReason
from healthmon.pipeline.errors import PipelineError, PipelineReason
from healthmon.pipeline.logic import Logic
from healthmon.pipeline.parser import Parser
from healthmon.pipeline.runner import Runner, Stages
from healthmon.pipeline.writer import Batch, Writer
from tests.fakes.pipeline import START, Diary, reading


class NoJobs:
    is_busy = False

    def step(self, logic: Logic, received: object, batch: Batch) -> None:
        """Nothing to do."""

    def committed(self) -> None:
        """Nothing to tell."""


def _message(event: Event, receipt: int) -> Message:
    return Message("healthmon/home/watch-1/event", wire.write(event), receipt=receipt)


def _runner(diary: Diary, logic: Logic | None = None) -> Runner:
    stages = Stages(diary, Parser([Native()]), logic or Logic([]), Writer(diary, diary, diary))
    return Runner(stages, TurnedClock(START))


def test_nothing_is_acknowledged_before_it_is_durable() -> None:
    diary = Diary([_message(reading(70, seconds=0), 1), _message(reading(71, seconds=1), 2)])

    _runner(diary).turn(threading.Event(), NoJobs())

    assert diary.happened == ["durable 2", "acknowledged [1, 2]"]


def test_the_bytes_of_a_refused_message_are_kept_before_it_is_acknowledged() -> None:
    diary = Diary([Message("healthmon/home/watch-1/event", b"{", receipt=7)])

    _runner(diary).turn(threading.Event(), NoJobs())

    assert diary.happened == ["kept not-json", "durable 1", "acknowledged [7]"]


def test_a_repeated_message_is_acknowledged_and_not_written_again() -> None:
    event = reading(70, seconds=0)
    diary = Diary([_message(event, 1), _message(event, 2)])

    _runner(diary).turn(threading.Event(), NoJobs())

    assert (len(diary.entries), diary.acknowledged) == (1, [1, 2])


def test_while_the_log_refuses_nothing_is_acknowledged_and_the_problem_is_told() -> None:
    diary = Diary([_message(reading(70, seconds=0), 1)])
    diary.failures = [PipelineError(PipelineReason.STUCK_TIMER, "the disk is full; free some space")]
    runner, stopped = _runner(diary), threading.Event()
    stopped.set()

    runner.turn(stopped, NoJobs())

    assert (runner.problem, diary.acknowledged) == ("the disk is full; free some space", [])


def test_a_batch_that_failed_is_written_when_the_log_is_back() -> None:
    diary = Diary([_message(reading(70, seconds=0), 1)])
    diary.failures = [PipelineError(PipelineReason.STUCK_TIMER, "the disk is full; free some space")]
    runner = _runner(diary)
    runner.retry = 0.0

    runner.turn(threading.Event(), NoJobs())

    assert (runner.problem, diary.acknowledged, len(diary.entries)) == ("", [1], 1)


def test_the_recorders_own_words_are_durable_when_said() -> None:
    diary = Diary()
    event = Event(id="", time=START, subject=Thing("MONITOR"), verb="STARTS", object=Thing("RECORDER"))

    _runner(diary).say(event, threading.Event(), starts=True)

    assert [entry.verb for entry in diary.entries] == ["STARTS"]


def test_a_log_that_expects_another_offset_is_not_asked_again() -> None:
    diary = Diary([_message(reading(70, seconds=0), 1)])
    diary.failures = [LogError(LogReason.OUT_OF_ORDER, "offset 6 came where offset 0 belongs")]

    with pytest.raises(LogError, match="offset 6"):
        _runner(diary).turn(threading.Event(), NoJobs())


def test_what_the_broker_turned_away_is_written_with_everything_else() -> None:
    diary = Diary([_message(reading(70, seconds=0), 1)])
    turned_away = [Rejected(Message("elsewhere", b""), Refusal.NOT_ALLOWED, "no")] * 3

    _runner(diary).turn(threading.Event(), NoJobs(), refused=turned_away)

    assert diary.happened == ["kept not-allowed"] * 3 + ["durable 4", "acknowledged [1]"]


def test_how_long_the_log_has_refused_is_known_until_it_is_back() -> None:
    diary = Diary([_message(reading(70, seconds=0), 1)])
    diary.failures = [PipelineError(PipelineReason.STUCK_TIMER, "the disk is full; free some space")] * 2
    runner, lasted = _runner(diary), list[float]()
    runner.retry = 0.001
    runner.meanwhile = lambda: lasted.append(runner.refused_for)

    runner.turn(threading.Event(), NoJobs())

    assert 0 < lasted[0] < lasted[1]
    assert runner.refused_for == 0


def test_told_to_stop_while_the_log_refuses_it_says_that_nothing_more_may_be_said() -> None:
    diary, stopped = Diary([_message(reading(70, seconds=0), 1)]), threading.Event()
    diary.failures = [PipelineError(PipelineReason.STUCK_TIMER, "the disk is full; free some space")]
    stopped.set()

    assert _runner(diary).turn(stopped, NoJobs()) is False
