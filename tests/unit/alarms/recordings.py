"""Real recordings, read from the folder beside the checkout: never part of it."""

import csv
import gzip
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from healthmon.events import Entry
from tests.unit.rules.stream import measured

COLUMNS = (("hr_bpm", "HR"), ("spo2_pct", "SPO2"))


@cache
def _rows(path: Path) -> tuple[dict[str, str], ...]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return tuple(csv.DictReader(lines))


def people(path: Path) -> list[str]:
    """The records of one file."""
    return sorted({row["record_id"] for row in _rows(path)})


def hours(path: Path) -> float:
    """How long all its records are together."""
    spans = {row["record_id"]: float(row["time_s"]) for row in _rows(path)}
    return sum(spans.values()) / 3_600


def entries(path: Path, person: str, *, every: int = 1, delivery: str | None = None) -> Iterator[Entry]:
    """The readings of one record, by a watch of its own; one second in `every` when thinned."""
    for row in _rows(path):
        seconds = float(row["time_s"])
        if row["record_id"] != person or int(seconds) % every:
            continue
        for column, quantity in COLUMNS:
            if row[column]:
                value, device = float(row[column]), f"watch-{person}"
                yield measured(seconds, quantity, value, person=person, device=device, delivery=delivery)
