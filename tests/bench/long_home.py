"""This is the place for a log of many days, made quickly: a heart rate a second, an oxygen each tenth.

`python -m tests.bench.long_home FOLDER --days 30 --people 8` takes some minutes and 4 GB. The same arguments
make the same readings. With `--judged` every reading goes through the rules too, as in a recorder.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from math import cos, pi
from pathlib import Path
from random import Random
from typing import NamedTuple

from healthmon import __version__
from healthmon.clock import TurnedClock
from healthmon.events import Entry, Event, Json, Thing
from healthmon.log import EventLog
from healthmon.pipeline.house import house_rules
from healthmon.pipeline.logic import Logic
from healthmon.settings import RuleSettings

START = datetime(2026, 11, 1, tzinfo=UTC)
SECOND = timedelta(seconds=1)
ON_THE_WAY = timedelta(milliseconds=60)
BATCH = 20_000
HR, SPO2 = Thing("HR"), Thing("SPO2")


class Home(NamedTuple):
    """How long, how many, and which chance."""

    days: float = 1.0
    people: int = 8
    seed: int = 1
    start: datetime = START

    @property
    def end(self) -> datetime:
        """When the last reading is taken."""
        return self.start + timedelta(days=self.days)


def events(home: Home) -> Iterator[tuple[Event, datetime]]:
    """What is said in this home, and when each was received."""
    for number in range(home.people):
        person = f"person-{number}"
        given: dict[str, Json] = {"person": person}
        profile: dict[str, Json] = {**given, "name": f"Person {number}", "zone": "Europe/Berlin"}
        for thing, verb, context in (
            (Thing("PERSON", person), "SETS", profile),
            (Thing("WATCH", f"watch-{number}"), "ASSIGNS", given),
        ):
            told = home.start + ON_THE_WAY
            yield _event(f"{verb}-{number}", told, (Thing("CAREGIVER", "anna"), verb, thing), context), told
    bodies = [_Body(number, Random(f"{home.seed}/{number}")) for number in range(home.people)]
    for second in range(1, int(home.days * 86_400)):
        at = home.start + second * SECOND
        received = at + ON_THE_WAY
        for body in bodies:
            for event in body.said(second, at):
                yield event, received


class _Body:
    """One wearer: slow by night, livelier by day, now and then a run upstairs."""

    def __init__(self, number: int, chance: Random) -> None:
        self._chance = chance
        self._watch = Thing("WATCH", f"watch-{number}")
        self._person = f"person-{number}"
        self._shift = timedelta(milliseconds=7 * number)
        self._base = 58 + 2 * number
        self._climbs_until = 0
        self._wander = 0.0

    def said(self, second: int, at: datetime) -> Iterator[Event]:
        draw = self._chance.random()
        self._wander = 0.98 * self._wander + 2 * draw - 1
        if draw < 5e-5:
            self._climbs_until = second + 90
        climb = 45 if second < self._climbs_until else 0
        rate = round(self._base - 7 * cos(2 * pi * second / 86_400) + self._wander + climb)
        yield self._measured("h", second, at, (HR, rate, "/min"))
        if second % 10 == 0:
            yield self._measured("o", second, at, (SPO2, 97 - (draw < 0.2) - (draw < 0.02), "%"))

    def _measured(self, kind: str, second: int, at: datetime, what: tuple[Thing, int, str]) -> Event:
        quantity, value, unit = what
        context: dict[str, Json] = {"value": value, "unit": unit, "person": self._person}
        name = f"{self._watch.id}:b1:{kind}{second}"
        return _event(name, at + self._shift, (self._watch, "MEASURES", quantity), context)


def _event(name: str, at: datetime, said: tuple[Thing, str, Thing], context: dict[str, Json]) -> Event:
    subject, verb, thing = said
    return Event(id=name, time=at, subject=subject, verb=verb, object=thing, context=context)


def entries(home: Home, *, judged: bool = False) -> Iterator[Entry]:
    """The log of this home. `judged`: with what the rules remark, else the readings alone."""
    if not judged:
        for offset, (event, received) in enumerate(events(home)):
            yield Entry.of(event, offset=offset, received=received)
        return
    logic = Logic(house_rules(RuleSettings()).rules)
    for event, received in events(home):
        yield from logic.take(event, received)


def write(folder: Path, home: Home, *, judged: bool = False, batch: int = BATCH) -> int:
    """Append it to the log in this folder; how many entries."""
    with EventLog.open(folder, clock=TurnedClock(home.start)) as log:
        for some in _batches(entries(home, judged=judged), batch):
            log.append(some)
        return log.next_offset


def _batches(all_of_them: Iterable[Entry], size: int) -> Iterator[list[Entry]]:
    some: list[Entry] = []
    for entry in all_of_them:
        some.append(entry)
        if len(some) >= size:
            yield some
            some = []
    yield some


def main(words: list[str]) -> int:
    """Make one, and say how long it became."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.long_home", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--days", type=float, default=30.0)
    parser.add_argument("--people", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--judged", action="store_true")
    args = parser.parse_args(words)
    made = write(args.folder, Home(args.days, args.people, args.seed), judged=args.judged)
    sys.stdout.write(f"healthmon {__version__}: {made:,} entries in {args.folder}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
