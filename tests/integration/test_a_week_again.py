"""A week of two people: replayed twice it tells the same alarms, byte for byte, as it told when it was lived.

Lived means: messages arrive with delays of their own, timers are looked at at chance moments, a carer
answers, and the recorder dies now and then and goes on from a checkpoint and what the log holds after it.
"""

from collections.abc import Iterator
from datetime import timedelta
from heapq import merge
from random import Random

from devices.daytime import DAY
from devices.worn.stretch import wearers
from healthmon.advice import Advise
from healthmon.app.keeping.logic import brought_back, kept
from healthmon.events import Entry, Event, Thing, TimeSource
from healthmon.pipeline.derived import Proof
from healthmon.pipeline.house import house_rules
from healthmon.pipeline.logic import Logic
from healthmon.pipeline.monitor import monitor_says
from healthmon.settings import RuleSettings
from tests.bench.wear_life import entries, introduced
from tests.fakes.stories import VERSIONS

START = 1767398400.0  # 2026-01-03: one of the two falls ill, and hovers at her limits
EVERY = 30.0  # s: the test is to end within a minute
DEATHS = 5
SECOND = timedelta(seconds=1)


def _logic() -> Logic:
    """The rules of a home but for advice, which raises nothing and takes most of the time."""
    rules = [rule for rule in house_rules(RuleSettings()).rules if not isinstance(rule, Advise)]
    return Logic(rules)


def _said() -> Iterator[Event]:
    """What two watches said, in the order of their times."""
    people = wearers(5001, 23, 24)
    stretches = [(one, one.stretch(START, START + 7 * DAY, EVERY)) for one in people]
    told = [[*introduced(one, START), *entries(one.person.id, stretch)] for one, stretch in stretches]
    for number, entry in enumerate(merge(*told, key=lambda one: one.received)):
        yield entry.called(f"w:{number}")


class _Recorder:
    """Lives the week. It is killed between two messages, after a checkpoint of some time before."""

    def __init__(self, chance: Random) -> None:
        self.log: list[Entry] = []
        self._chance, self._logic, self._checkpoint = chance, _logic(), (0, b"")

    def starts(self, event: Event) -> None:
        start = monitor_says("STARTS", Thing("RECORDER"), event.time, {"versions": VERSIONS})
        self.log += self._logic.start(start.timed(event.time, TimeSource.RECEIVE), event.time)

    def hears(self, event: Event) -> None:
        received = event.time + self._chance.uniform(0, 2) * SECOND
        for _ in range(self._chance.choice((0, 0, 0, 1, 3))):
            self.log += self._logic.tick(received - self._chance.uniform(0, 5) * SECOND)
        made = self._logic.take(_plain(event), received)
        self.log += made
        for alarm in [one for one in made if (one.verb, one.object.type) == ("RAISES", "ALARM")][:1]:
            if self._chance.random() < 0.3:
                self.log += self._logic.take(_answered(alarm), alarm.received)

    def keeps(self) -> None:
        self._checkpoint = (len(self.log), kept(self._logic))

    def dies(self, event: Event) -> None:
        place, state = self._checkpoint
        found = brought_back([state])
        assert found is not None
        self._logic = found
        self.log += self._logic.recall(self.log[place:])
        self.starts(event)


def _plain(event: Event) -> Event:
    """Without its place in a log: it has none yet."""
    return Event(
        id=event.id,
        time=event.time,
        subject=event.subject,
        verb=event.verb,
        object=event.object,
        context=event.context,
    )


def _answered(alarm: Entry) -> Event:
    return Event(
        id=f"answer:{alarm.offset}",
        time=alarm.received,
        subject=Thing("CAREGIVER", "anna"),
        verb="ACKNOWLEDGES",
        object=alarm.object,
        context={key: alarm.context[key] for key in ("person", "episode") if key in alarm.context},
    )


def _week() -> list[Entry]:
    said, chance = list(_said()), Random(7)
    deaths = {chance.randrange(1_000, len(said)) for _ in range(DEATHS)}
    kept_before = {death - chance.randrange(1, 900) for death in deaths}
    recorder = _Recorder(chance)
    recorder.starts(said[0])
    for number, event in enumerate(said):
        if number in kept_before:
            recorder.keeps()
        if number in deaths:
            recorder.dies(event)
        recorder.hears(event)
    return recorder.log


def _replayed(log: list[Entry]) -> Proof:
    """The log's inputs through a fresh logic: whatever it remarks is compared byte for byte."""
    proof = Proof(_logic(), VERSIONS)
    for entry in log:
        proof.observe(entry)
    return proof


def test_a_week_replayed_twice_tells_what_it_told_live() -> None:
    log = _week()
    raised = [one for one in log if (one.verb, one.object.type) == ("RAISES", "ALARM")]

    proof, again = _replayed(log), _replayed(log)

    assert len(raised) > 50
    assert (proof.first_difference, again.first_difference) == (None, None)
    assert again.stretches == proof.stretches
