"""This is the place for what rules and alarms cost: events a second, on one core, in pure Python."""

import gc
from collections import deque
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from functools import partial
from random import Random
from statistics import median
from time import process_time

from healthmon.alarms import Alarms
from healthmon.events import Entry, Rule, Thing
from healthmon.rules import HeartRateSpike, LowOxygen

START = datetime(2026, 11, 22, 4, tzinfo=UTC)
ROUNDS = 7
PEOPLE = 10
SECONDS = 3_000
ALL = (HeartRateSpike, LowOxygen, Alarms)
NAIVE = "statistics.median of both windows for each reading"

Row = dict[str, object]


def measure() -> list[Row]:
    """Ten people, heart rate and oxygen once a second: all well, and all low for two minutes in twenty."""
    well, low = list(readings(low_for=0)), list(readings(low_for=120))
    hearts = [entry for entry in well if entry.object.type == "HR" and entry.person == "p0"]
    gc.collect()
    gc.freeze()  # what is measured is the rules, not the collector walking over the stored entries
    try:
        return [
            _row("rules, all well", _rate(partial(_judged, ALL), well)),
            _row("rules, low a tenth of the time", _rate(partial(_judged, ALL), low)),
            _row("rule hr-spike, all well", _rate(partial(_judged, (HeartRateSpike,)), well)),
            _row("rule low-oxygen, all well", _rate(partial(_judged, (LowOxygen,)), well)),
            _row("rule alarms, all well", _rate(partial(_judged, (Alarms,)), well)),
            {
                **_row("rule hr-spike, heart rates only", _rate(partial(_judged, (HeartRateSpike,)), hearts)),
                "peer": NAIVE,
                "peer_value": _rate(_naive_spikes, hearts[:600]),
            },
        ]
    finally:
        gc.unfreeze()


def _row(name: str, value: float) -> Row:
    return {"name": name, "value": round(value), "unit": "events/s"}


def _rate(work: Callable[[list[Entry]], None], entries: list[Entry]) -> float:
    """The best of some rounds, in processor time: the machine is shared, and only ever makes it slower."""
    return len(entries) / min(_spent(partial(work, entries)) for _ in range(ROUNDS))


def _spent(work: Callable[[], None]) -> float:
    before = process_time()
    work()
    return process_time() - before


def _judged(kinds: tuple[Callable[[], Rule], ...], entries: list[Entry]) -> None:
    rules = [kind() for kind in kinds]
    for entry in entries:
        for rule in rules:
            due = rule.due()
            if due is not None and due <= entry.received:
                rule.fire(entry.received)
            rule.observe(entry)


def _naive_spikes(entries: Iterable[Entry]) -> None:
    kept: deque[tuple[datetime, float]] = deque()
    for entry in entries:
        kept.append((entry.time, entry.amount or 0.0))
        while entry.time - kept[0][0] > timedelta(seconds=320):
            kept.popleft()
        now = [value for at, value in kept if entry.time - at < timedelta(seconds=7)]
        usual = [value for at, value in kept if entry.time - at >= timedelta(seconds=20)]
        if len(usual) >= 3:
            median(now) - median(usual)


def readings(low_for: int) -> Iterable[Entry]:
    chance, offset = Random(7), 0
    for second in range(SECONDS):
        low = second % 1_200 >= 1_200 - low_for
        for person in range(PEOPLE):
            values = {"HR": 70 + chance.randint(-3, 3), "SPO2": (86 if low else 97) + chance.randint(-1, 1)}
            for quantity, value in values.items():
                yield _entry(offset, START + timedelta(seconds=second), f"p{person}", quantity, value)
                offset += 1


def _entry(offset: int, at: datetime, person: str, quantity: str, value: int) -> Entry:
    return Entry(
        id=f"{person}:1:{offset}",
        time=at,
        received=at,
        subject=Thing("WATCH", f"watch-{person}"),
        verb="MEASURES",
        object=Thing(quantity),
        context={"value": value, "unit": "/min" if quantity == "HR" else "%", "person": person},
        offset=offset,
    )
