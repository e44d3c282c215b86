"""The recorder's clock is set back, or its machine sleeps: alarms come in time, and none of old data."""

import threading
from datetime import timedelta

import pytest

from healthmon.dialects.native import Native
from healthmon.events import Entry, Event, Message, Thing, wire
from healthmon.pipeline.house import house_rules
from healthmon.pipeline.logic import Logic
from healthmon.pipeline.parser import Parser
from healthmon.pipeline.runner import Runner, Stages
from healthmon.pipeline.writer import Writer
from healthmon.settings import RuleSettings
from tests.fakes.machine import Machine
from tests.fakes.pipeline import START, Diary, at
from tests.unit.pipeline.test_writer_and_runner import NoJobs

HOUR = 3600.0


class Recorder:
    """A recorder on a machine, and a watch that knows the time of the room."""

    def __init__(self, log: list[Entry] | None = None, machine: Machine | None = None) -> None:
        self.machine = machine or Machine(START)
        self.diary = Diary()
        self.logic = Logic(house_rules(RuleSettings()).rules)
        self.logic.recall(log or [])
        stages = Stages(
            self.diary, Parser([Native()]), self.logic, Writer(self.diary, self.diary, self.diary)
        )
        self.runner = Runner(stages, self.machine.clock, receipt=self.machine.receipt())
        self._begun = 0.0

    def starts(self) -> None:
        said = Event(id="", time=START, subject=Thing("MONITOR"), verb="STARTS", object=Thing("RECORDER"))
        self.runner.say(said, threading.Event(), starts=True)

    def hears(self, oxygen: float, seconds: int, told: float) -> None:
        """A reading each second, the first of them told at that time."""
        for second in range(seconds):
            self.diary.waiting.append(_oxygen(oxygen, told + second))
            self.turns(1)

    def turns(self, seconds: int) -> None:
        for _ in range(seconds):
            self.runner.turn(threading.Event(), NoJobs())
            self.machine.work(1)

    def said(self, *verbs: str) -> list[Entry]:
        return [entry for entry in self.diary.entries if entry.verb in verbs]

    def rings(self) -> list[Entry]:
        return [entry for entry in self.said("RAISES") if entry.object.id == "SPO2_CRIT"]


def _oxygen(value: float, told: float) -> Message:
    event = Event(
        id=f"o:{told}",
        time=at(told),
        subject=Thing("WATCH", "watch-1"),
        verb="MEASURES",
        object=Thing("SPO2"),
        context={"value": value, "unit": "%", "person": "maria"},
    )
    return Message("healthmon/home/watch-1/event", wire.write(event), receipt=1)


def test_an_alarm_comes_in_time_though_the_clock_was_set_back_an_hour() -> None:
    recorder = Recorder()
    recorder.hears(97, 60, told=0)
    recorder.machine.set_clock(-HOUR)
    recorder.hears(80, 25, told=60)

    recorder.turns(10)  # the last readings are on their way: only the timer can tell

    (raised,) = recorder.rings()
    assert raised.received - at(60) <= timedelta(seconds=31)


def test_a_watch_timed_by_receipt_rings_though_the_clock_was_set_back_an_hour() -> None:
    recorder = Recorder()
    recorder.hears(97, 60, told=-9 * HOUR)
    recorder.machine.set_clock(-HOUR)

    recorder.hears(80, 40, told=60 - 9 * HOUR)

    assert len(recorder.rings()) == 1


def test_a_log_of_a_clock_that_was_a_year_ahead_silences_nobody() -> None:
    ahead = Recorder(machine=Machine(at(365 * 24 * HOUR)))
    ahead.starts()
    ahead.hears(97, 60, told=0)
    recorder = Recorder(ahead.diary.entries, Machine(at(3600)))
    recorder.starts()

    recorder.hears(80, 40, told=3600)

    assert len(recorder.rings()) == 1


def test_nothing_is_raised_on_what_was_measured_before_the_machine_slept() -> None:
    recorder = Recorder()
    recorder.hears(97, 60, told=0)
    recorder.hears(84, 25, told=60)
    recorder.machine.sleep(9 * HOUR)

    recorder.turns(120)

    assert recorder.rings() == []


def test_a_gap_is_said_before_anything_else_is_stamped_after_it() -> None:
    recorder = Recorder()
    recorder.hears(80, 5, told=0)
    before = len(recorder.diary.entries)
    recorder.machine.sleep(9 * HOUR)

    recorder.hears(80, 1, told=9 * HOUR + 5)

    gap, reading = recorder.diary.entries[before:][:2]
    assert (gap.verb, gap.object, gap.value, gap.unit) == ("REPORTS", Thing("GAP"), 9 * HOUR, "s")
    assert (gap.received, reading.verb) == (at(9 * HOUR + 5), "MEASURES")


def test_what_is_low_after_waking_rings_anew() -> None:
    recorder = Recorder()
    recorder.hears(84, 20, told=0)
    recorder.machine.sleep(9 * HOUR)

    recorder.hears(84, 40, told=20 + 9 * HOUR)

    (raised,) = recorder.rings()
    assert raised.received - at(20 + 9 * HOUR) == pytest.approx(
        timedelta(seconds=30), abs=timedelta(seconds=1)
    )


def test_an_alarm_that_rang_before_the_machine_slept_is_unknown_after_it() -> None:
    recorder = Recorder()
    recorder.hears(80, 60, told=0)
    recorder.machine.sleep(9 * HOUR)

    recorder.turns(1)

    flags = [entry for entry in recorder.said("FLAGS") if entry.object.id == "SPO2_CRIT"]
    assert [flag.context["why"] for flag in flags] == ["not-recorded"]


def test_a_log_with_gaps_and_steps_of_the_clock_says_the_same_when_replayed() -> None:
    recorder = Recorder()
    recorder.starts()
    recorder.hears(80, 20, told=0)
    recorder.machine.sleep(9 * HOUR)
    recorder.hears(80, 60, told=20 + 9 * HOUR)
    recorder.machine.set_clock(-HOUR)
    recorder.hears(97, 60, told=80 + 9 * HOUR)
    logic = Logic(house_rules(RuleSettings()).rules)
    derived = [entry for entry in recorder.diary.entries if entry.id.startswith("m:")]

    foreseen = [one for entry in recorder.diary.entries for one in _foreseen(logic, entry)]

    assert (foreseen == derived, len(derived) > 0) == (True, True)


def _foreseen(logic: Logic, entry: Entry) -> list[Entry]:
    expected = logic.foresee(entry)[:1] if entry.id.startswith("m:") else []
    logic.learn([entry])
    return expected
