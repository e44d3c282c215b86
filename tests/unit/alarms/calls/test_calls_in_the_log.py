"""Calls in a recorder's logic: their ids are those of the log, and a restart forgets and repeats nothing."""

from datetime import timedelta

import pytest

from healthmon.alarms import Calls
from healthmon.app.keeping.logic import brought_back, kept
from healthmon.events import Entry, Event, Json, Thing, wire
from healthmon.pipeline.house import house_rules
from healthmon.pipeline.logic import Logic
from healthmon.pipeline.monitor import MONITOR, monitor_says
from healthmon.preserve import Rooms
from healthmon.settings import RuleSettings
from tests.fakes.stories import START

SECOND = timedelta(seconds=1)
ANNA = Thing("CAREGIVER", "anna")


class Recorder:
    """A logic, the log it wrote, and Maria's oxygen of 80 %. Seconds since it started."""

    def __init__(self) -> None:
        self.logic = Logic(house_rules(RuleSettings()).rules)
        self.log: list[Entry] = []
        self._number = 0
        self.log += self.logic.start(monitor_says("STARTS", Thing("RECORDER"), START, {}), START)
        self.take(0, MONITOR, "REPORTS", "CONTACTS", contacts=["anna", "ben"], zone="Europe/Berlin")

    @property
    def calls(self) -> Calls:
        """The live rule."""
        return calls_of(self.logic)

    def take(self, seconds: float, subject: Thing, verb: str, what: str, **context: Json) -> None:
        """Somebody says something."""
        self._number += 1
        kind, _, name = what.partition(" ")
        event = Event(
            id=f"e{self._number}",
            time=START + seconds * SECOND,
            subject=subject,
            verb=verb,
            object=Thing(kind, name),
            context=context,
        )
        self.log += self.logic.take(event, event.time)

    def suffocates(self, begins: int, ends: int, person: str = "maria") -> None:
        """Her oxygen is 80 % from then until then, 1 Hz."""
        watch = Thing("WATCH", f"watch-{person}")
        for second in range(begins, ends):
            self.take(second, watch, "MEASURES", "SPO2", value=80, unit="%", person=person)

    def said(self, verb: str) -> list[Entry]:
        """What the monitor said with this verb."""
        return [entry for entry in self.log if entry.verb == verb and entry.subject == MONITOR]


def calls_of(logic: Logic) -> Calls:
    """The rule in a logic."""
    rule = logic.rule("calls")
    assert isinstance(rule, Calls)
    return rule


def ringing() -> Recorder:
    """Anna was called at 30 s and Ben at 150 s; then Anna takes it."""
    recorder = Recorder()
    recorder.suffocates(1, 160)
    recorder.take(160, ANNA, "TAKES", "ALARM SPO2_CRIT", person="maria")
    recorder.take(161, ANNA, "SETS", "QUIET_HOURS", person="maria", **{"from": "22:00", "to": "07:00"})
    recorder.take(162, ANNA, "SETS", "DUTY", contacts=["ben", "anna"], weekly_test=True)
    return recorder


def lines(entries: list[Entry]) -> list[bytes]:
    """As they stand in the log."""
    return [wire.write(entry) for entry in entries]


def state(calls: Calls, seconds: float) -> tuple[object, ...]:
    """All that can be asked of it."""
    now = START + seconds * SECOND
    return (calls.pending(), calls.sounding(now), calls.open_calls(now), calls.due(), calls.on_duty())


def test_what_is_pending_has_the_ids_of_the_log() -> None:
    recorder = ringing()

    said = [entry.id for entry in recorder.log if entry.verb in {"ESCALATES", "TESTS"}]

    assert [one.id for one in recorder.calls.pending()] == said
    assert [entry.verb for entry in recorder.log if entry.id in said] == ["ESCALATES"] * 2 + ["TESTS"] * 2


def test_what_arrived_is_pending_no_more() -> None:
    recorder = ringing()

    for one in recorder.calls.pending():
        recorder.take(
            170, MONITOR, "NOTIFIES", f"CONTACT {one.contact}", cause=one.id, outcome="delivered", attempts=1
        )

    assert recorder.calls.pending() == ()


def test_the_log_brings_everything_back() -> None:
    recorder = ringing()

    again = Logic(house_rules(RuleSettings()).rules)
    owed = again.recall(recorder.log)

    assert owed == []
    assert state(calls_of(again), 170) == state(recorder.calls, 170)


def test_a_checkpoint_keeps_everything() -> None:
    recorder = ringing()

    logic = brought_back([kept(recorder.logic)])

    assert logic is not None
    assert state(calls_of(logic), 170) == state(recorder.calls, 170)
    later = START + 2_000 * SECOND
    assert lines(logic.tick(later)) == lines(recorder.logic.tick(later))


def test_calls_that_a_crash_cut_off_are_owed() -> None:
    recorder = Recorder()
    recorder.suffocates(1, 35)
    (called,) = recorder.said("ESCALATES")
    until = recorder.log.index(called)

    owed = Logic(house_rules(RuleSettings()).rules).recall(recorder.log[:until])

    assert [entry.id for entry in owed] == [called.id]


def test_after_a_restart_a_high_alarm_that_nobody_answered_calls_with_a_gap() -> None:
    recorder = Recorder()
    recorder.suffocates(1, 35)
    again = Logic(house_rules(RuleSettings()).rules)
    again.recall(recorder.log)

    at = START + timedelta(hours=1)
    made = again.start(monitor_says("STARTS", Thing("RECORDER"), at, {}), at)

    calls = [entry for entry in made if entry.verb == "ESCALATES"]
    assert [(one.context["why"], one.context["contact"], one.context["state"]) for one in calls] == [
        ("gap", "anna", "unknown")
    ]


def test_of_an_alarm_of_before_yesterday_nobody_is_told_until_a_reading_shows_it() -> None:
    recorder = Recorder()
    recorder.suffocates(1, 35)
    later = 25 * 3_600
    at = START + later * SECOND

    started = recorder.logic.start(monitor_says("STARTS", Thing("RECORDER"), at, {}), at)
    recorder.log.clear()
    recorder.suffocates(later + 100, later + 102)

    assert [entry.verb for entry in started] == ["STARTS", "FLAGS"]
    calls = [entry for entry in recorder.said("ESCALATES") if entry.object.id == "SPO2_CRIT"]
    assert [(entry.context["contact"], entry.context["why"]) for entry in calls] == [("anna", "raised")]
    sounds = recorder.calls.sounding(at + 102 * SECOND)
    assert sounds is not None
    assert sounds.alarm == "SPO2_CRIT"


def test_of_an_erased_person_nothing_is_left_and_of_others_everything() -> None:
    recorder = ringing()
    recorder.suffocates(163, 300, "john")
    johns = [one.id for one in recorder.calls.pending() if one.person == "john"]

    recorder.logic.forget("maria")

    now = START + 300 * SECOND
    assert b"maria" not in _words(recorder.calls)
    assert {one.person for one in recorder.calls.open_calls(now)} == {"john"}
    assert [one.id for one in recorder.calls.pending() if one.person == "john"] == johns != []


@pytest.mark.parametrize("verb", ["MEASURES", "PERCOLATES", "DETECTS"])
def test_a_reading_costs_it_nothing(verb: str) -> None:
    assert Calls().listener(verb, "SPO2") is None


def _words(calls: Calls) -> bytes:
    """Everything a checkpoint would hold of it, nothing compressed."""
    return Rooms(["healthmon.events", "healthmon.alarms"]).kept(calls).state
