"""This is the place for what a replay costs: a log through all rules, from memory and from disk, on one core.

Ten people, heart rate and oxygen once a second, from watches that number what they say. Besides: the same
with lows for two minutes in twenty, and simulated people. In processor time, without sound or network.
"""

import gc
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import process_time

from healthmon import log
from healthmon.clock import SystemClock
from healthmon.events import Entry, Rule, Thing, wire
from healthmon.log import EventLog
from healthmon.pipeline.house import house_rules
from healthmon.pipeline.logic import Logic
from healthmon.reports.stats import stats
from healthmon.settings import RuleSettings
from tests.bench.long_home import Home, write

START = datetime(2026, 11, 22, 4, tzinfo=UTC)
ROUNDS = 5
PEOPLE = 10
SECONDS = 3_000
COMMIT = 2_000
WANTED = "what the issue asks for"
FOLD = "json.loads of each line, and a dict"

Row = dict[str, object]


def measure() -> list[Row]:
    """Everything in events a second; the figures of the log beside a peer that knows no rules."""
    well, low = list(_readings(low_for=0)), list(_readings(low_for=120))
    with TemporaryDirectory() as name:
        folder = Path(name)
        with _frozen():
            rows = [*_in_memory(well, low), *_each_rule(well)]
        _stored(folder / "well", well)
        with _frozen():
            return [*rows, *_from_disk(folder / "well", well), *_a_house(folder / "house")]


def _in_memory(well: list[Entry], low: list[Entry]) -> Iterator[Row]:
    whole = _row("replay: all rules, entries in memory", _rate(_learnt, well))
    yield {**whole, "peer": WANTED, "peer_value": 250_000}
    yield _row("replay: all rules, low a tenth of the time", _rate(_learnt, low))
    yield _row("replay: logic without rules", _rate(partial(_learnt, which=slice(0)), well))
    yield _row("live: all rules, each reading taken", _rate(_taken, well))


def _each_rule(well: list[Entry]) -> Iterator[Row]:
    for place, rule in enumerate(_rules()):
        rate = _rate(partial(_learnt, which=slice(place, place + 1)), well)
        yield _row(f"replay: logic and rule {rule.name} alone", rate)


def _from_disk(folder: Path, well: list[Entry]) -> Iterator[Row]:
    lines = [wire.write(entry) for entry in well]
    theirs = len(lines) / _least(lambda: _folded(lines))
    for name, work in (
        ("replay: all rules, from a log on disk", lambda: _learnt(log.read(folder))),
        ("log.read alone, checksums judged", lambda: _listened(log.read(folder))),
        ("log stats", lambda: _listened(stats(log.read(folder)))),
    ):
        yield {**_row(name, len(well) / _least(work)), "peer": FOLD, "peer_value": theirs}
    yield _row("wire.read_entry alone", len(lines) / _least(lambda: _listened(map(wire.read_entry, lines))))
    yield _row("log stats of entries in memory", len(well) / _least(lambda: _listened(stats(well))))


def _a_house(data: Path) -> Iterator[Row]:
    write(data, Home(days=0.1))
    lived = list(log.read(data))
    yield _row("replay: all rules, simulated people", _rate(_learnt, lived))


def _rules() -> Sequence[Rule]:
    return house_rules(RuleSettings()).rules


def _learnt(entries: Iterable[Entry], which: slice = slice(None)) -> None:
    Logic(_rules()[which]).learn(entries)


def _taken(entries: Iterable[Entry]) -> None:
    logic = Logic(_rules())
    for entry in entries:
        logic.take(entry, entry.received)


def _listened(what: Iterable[object]) -> None:
    for _ in what:
        pass


def _folded(lines: Iterable[bytes]) -> dict[str, float]:
    sums: dict[str, float] = {}
    for line in lines:
        entry = json.loads(line)
        what = f"{entry['context']['person']} {entry['object']['type']}"
        sums[what] = sums.get(what, 0.0) + entry["context"]["value"]
    return sums


def _stored(folder: Path, entries: list[Entry]) -> None:
    with EventLog.open(folder, clock=SystemClock()) as journal:
        for begun in range(0, len(entries), COMMIT):
            journal.append(entries[begun : begun + COMMIT])


def _readings(low_for: int) -> Iterator[Entry]:
    chance, offset = Random(7), 0
    for second in range(SECONDS):
        low = second % 1_200 >= 1_200 - low_for
        for person in range(PEOPLE):
            for place, (quantity, value) in enumerate((("HR", 70), ("SPO2", 86 if low else 97))):
                told = value + chance.randint(-3, 3) // (1 + 2 * place)
                yield _reading(offset, f"p{person}", 2 * second + place + 1, (quantity, told))
                offset += 1


def _reading(offset: int, person: str, number: int, what: tuple[str, int]) -> Entry:
    device, (quantity, value) = f"watch-{person}", what
    second = offset // (2 * PEOPLE)
    at = START + timedelta(seconds=second, milliseconds=37 * (offset % PEOPLE))
    return Entry(
        id=f"{device}:1:{number}",
        time=at,
        received=START + timedelta(seconds=second, milliseconds=400 + offset % 20),
        subject=Thing("WATCH", device),
        verb="MEASURES",
        object=Thing(quantity),
        context={"value": value, "unit": "/min" if quantity == "HR" else "%", "person": person},
        offset=offset,
    )


@contextmanager
def _frozen() -> Iterator[None]:
    """What is measured is the rules, not the collector walking over the stored entries."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _rate(work: Callable[[list[Entry]], None], entries: list[Entry]) -> float:
    return len(entries) / _least(partial(work, entries))


def _least(work: Callable[[], object]) -> float:
    """The best of some rounds, in processor time: the machine is shared, and only ever makes it slower."""
    return min(_spent(work) for _ in range(ROUNDS))


def _spent(work: Callable[[], object]) -> float:
    before = process_time()
    work()
    return process_time() - before


def _row(name: str, value: float) -> Row:
    return {"name": name, "value": round(value), "unit": "events/s"}
