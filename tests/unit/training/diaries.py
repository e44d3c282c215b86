"""This is the place for small diaries of simulated people, with their truth, written in an instant.

Three nights and a morning each: enough nights to know what is usual, and a morning in which things happen.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from math import exp
from pathlib import Path
from random import Random

from healthmon.events import Json, Thing, wire

START = datetime(2026, 9, 1, tzinfo=UTC)


def diary(path: Path, people: int = 5, *, low_oxygen: int = 1, seed: int = 1) -> Path:
    """A file of so many ordinary people and some with low oxygen."""
    names = [(f"p{n}", n >= people) for n in range(people + low_oxygen)]
    lines = [line for name, low in names for line in _life(name, Random(f"{seed} {name}"), low=low)]
    path.write_bytes(wire.write_lines(lines))
    return path


def say(name: str, verb: str, what: str, at: datetime, context: dict[str, Json]) -> wire.Said:
    """One line of a diary."""
    subject = Thing("SIMULATOR", "body") if what == "TRUTH" else Thing("WATCH", f"watch-{name}")
    told = at.isoformat().replace("+00:00", "Z")
    return wire.Said(subject=subject, verb=verb, object=Thing(what), time=told, context=context)


def _life(name: str, chance: Random, *, low: bool) -> Iterator[wire.Said]:
    profile = "low-oxygen" if low else "adult"
    yield say(name, "SETS", "PERSON", START, {"person": name, "profile": profile, "zone": "UTC"})
    rate, oxygen = chance.uniform(55, 70), 90.0 if low else chance.uniform(96, 98)
    for day in range(3):
        for minute in range(420 + (200 if day == 2 else 0)):
            at = START + timedelta(days=day, minutes=minute)
            excess, drop = _trouble(chance, minute) if minute >= 420 else (0.0, 0.0)
            yield from _minute(name, at, (rate, oxygen), (excess, drop), chance)


def _trouble(chance: Random, minute: int) -> tuple[float, float]:
    """Every half hour something else, as large as chance will have it."""
    slot = Random(f"{minute // 30} {chance.getstate()[1][0]}")
    return slot.choice([0.0, slot.uniform(0, 60)]), slot.choice([0.0, slot.uniform(0, 12)])


def _minute(
    name: str,
    at: datetime,
    usual: tuple[float, float],
    trouble: tuple[float, float],
    chance: Random,
) -> Iterator[wire.Said]:
    rate, oxygen = usual[0] + trouble[0], usual[1] - trouble[1]
    measured = {"HR": rate + chance.gauss(0, 1.5), "SPO2": min(100.0, oxygen + chance.gauss(0, 0.4))}
    for what, value in measured.items():
        yield say(name, "MEASURES", what, at, {"value": round(value), "person": name})
    quality = 100 * exp(-(1.1 * max(0, trouble[0] - 10) / 30 + 1.3 * max(0, trouble[1] - 2.5) / 7))
    truth: dict[str, Json] = {"value": quality, "person": name, "hr_expected": usual[0]}
    yield say(name, "REPORTS", "TRUTH", at, truth)
