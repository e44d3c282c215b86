"""A time in which the log could not be written stands in the log: since when, until when, why."""

import threading
from datetime import timedelta
from functools import partial

import pytest

from healthmon.clock import TurnedClock
from healthmon.dialects.native import Native
from healthmon.events import Entry, Event, Json, Message, Thing, wire
from healthmon.events.not_recorded import Backlog, NotRecorded
from healthmon.log import LogError, LogReason
from healthmon.pipeline.house import house_rules
from healthmon.pipeline.logic import Logic
from healthmon.pipeline.monitor import monitor_says
from healthmon.pipeline.parser import Parser
from healthmon.pipeline.runner import Runner, Stages
from healthmon.pipeline.writer import Writer
from healthmon.settings import RuleSettings
from tests.fakes.pipeline import START, Diary, at, reading
from tests.unit.pipeline.test_writer_and_runner import NoJobs

FULL = LogError(LogReason.DISK_FULL, "the disk is full: free some space")


class Night:
    """A recorder whose log can refuse for half an hour of its clock, which takes a moment of ours."""

    def __init__(self, logic: Logic | None = None) -> None:
        self.diary = Diary()
        self.clock = TurnedClock(START)
        self.logic = logic or Logic([])
        stages = Stages(
            self.diary, Parser([Native()]), self.logic, Writer(self.diary, self.diary, self.diary)
        )
        self.runner = Runner(stages, self.clock)
        self.runner.retry, self.runner.told_after = 0.001, 0.0005
        self.number = 0

    def turn(self, *events: Event) -> None:
        """These come, and one turn is made of them."""
        for event in events:
            self.number += 1
            topic = f"healthmon/home/{event.subject.id}/event"
            self.diary.waiting.append(Message(topic, wire.write(event), receipt=self.number))
        self.runner.turn(threading.Event(), NoJobs())

    def refuse(self, *, minutes: float = 29) -> None:
        """The log refuses the next batch, until the clock has gone on so far."""
        self.diary.failures = [FULL] * 3
        self.runner.meanwhile = partial(self.pass_until, minutes)

    def pass_until(self, minutes: float) -> None:
        """Now it is so many minutes after the start."""
        self.clock.turn_to(START + timedelta(minutes=minutes))

    def gaps(self) -> list[Entry]:
        """What the log says of it."""
        return [entry for entry in self.diary.entries if entry.object.type == "GAP"]


def test_the_log_says_since_when_until_when_why_and_that_nothing_is_lost() -> None:
    night = Night()
    night.runner.backlog = lambda _: Backlog(waiting=312, lost=0)
    night.refuse()

    night.turn(reading(70, seconds=0))
    night.turn()

    (gap,) = night.gaps()
    assert NotRecorded.told_by(gap) == NotRecorded(at(0), gap.received, "disk-full", Backlog(312, 0))
    assert (gap.context["why"], gap.value, gap.unit) == ("not-recorded", 29 * 60, "s")


def test_it_is_said_before_anything_that_came_meanwhile() -> None:
    night = Night()
    night.refuse()

    night.turn(reading(70, seconds=0))
    night.turn(reading(71, seconds=60), reading(72, seconds=120))

    assert [str(one.object) for one in night.diary.entries] == ["HR", "GAP", "HR", "HR"]


def test_what_nobody_can_know_is_not_said() -> None:
    night = Night()
    night.refuse()

    night.turn(reading(70, seconds=0))
    night.turn()

    assert "lost" not in night.gaps()[0].context


def test_it_is_said_once() -> None:
    night = Night()
    night.refuse()

    for _ in range(3):
        night.turn(reading(70, seconds=night.number))

    assert len(night.gaps()) == 1


def test_a_log_that_refused_for_a_moment_is_no_gap() -> None:
    night = Night()
    night.runner.told_after = 10.0
    night.refuse(minutes=0.01)

    night.turn(reading(70, seconds=0))
    night.turn()

    assert night.gaps() == []


def test_a_disk_that_hangs_is_told_too() -> None:
    night = Night()
    night.runner.told_after = -1.0  # nothing is so short that it is not told

    night.turn(reading(70, seconds=0))
    night.turn()

    assert night.gaps()[0].context["reason"] == "hangs"


def test_an_alarm_that_rang_is_unknown_after_it_and_nothing_fell_due_in_it() -> None:
    night = Night(Logic(house_rules(RuleSettings()).rules))
    for second in range(0, 60, 5):
        night.clock.turn_to(at(second))
        night.turn(_oxygen(84, second))
    night.refuse()

    night.clock.turn_to(at(60))
    night.turn(_oxygen(84, 60))
    night.turn()

    (gap,) = night.gaps()
    after = [
        (one.verb, one.object.id, one.context["why"])
        for one in night.diary.entries[gap.offset - night.diary.entries[0].offset + 1 :]
        if one.verb in {"RAISES", "FLAGS"}
    ]
    assert after
    assert all(why == "not-recorded" for _, _, why in after)


@pytest.mark.parametrize(
    "context",
    [
        {"why": "not-recorded"},
        {"why": "not-recorded", "since": "yesterday", "until": "today"},
        {"why": "not-recorded", "since": "2026-11-22T14:02:00", "until": "2026-11-22T14:31:00"},
        {"value": 32400, "unit": "s"},
    ],
)
def test_other_gaps_and_odd_ones_are_none(context: dict[str, Json]) -> None:
    assert NotRecorded.told_by(monitor_says("REPORTS", Thing("GAP"), START, context)) is None


def _oxygen(value: float, second: float) -> Event:
    return Event(
        id=f"ox:{second}",
        time=at(second),
        subject=Thing("OXIMETER", "ox-1"),
        verb="MEASURES",
        object=Thing("SPO2"),
        context={"value": value, "unit": "%", "person": "maria"},
    )
