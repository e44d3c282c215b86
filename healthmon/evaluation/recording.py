"""This is the place for recordings: what was measured of one person, in arrays, from a table or a log."""

import csv
import gzip
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

import numpy as np

from healthmon import log
from healthmon.evaluation.errors import EvaluationError, EvaluationReason
from healthmon.events import Delivery, Entry
from healthmon.events.plausible import GATES
from healthmon.events.vocabulary import HR, SPO2

Floats: TypeAlias = "np.ndarray[tuple[int], np.dtype[np.float64]]"

COLUMNS = {"hr_bpm": HR, "spo2_pct": SPO2}
WANTED = ("record_id", "time_s", "hr_bpm", "spo2_pct", "resp_rpm", "source_label")
STALE = 10.0  # seconds for which a value stands for the present, where readings are laid on a grid
_START = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Recording:
    """One person's readings in the order of their times (s). NaN: nothing was measured of that then."""

    name: str
    seconds: Floats
    values: Mapping[str, Floats]

    @property
    def hours(self) -> float:
        """How long there were readings: gaps of more than `STALE` beside the usual step are left out."""
        steps = np.diff(self.seconds)
        longest = max(STALE, 3 * self.step)
        return float(steps[steps <= longest].sum()) / 3600

    @property
    def step(self) -> float:
        """The usual time between two readings, in s."""
        return float(np.median(np.diff(self.seconds))) if len(self.seconds) > 1 else 1.0

    @property
    def seed(self) -> int:
        """A number of its own, whatever else is evaluated with it."""
        return zlib.crc32(self.name.encode())

    def has(self, quantity: str) -> bool:
        """Whether it holds any reading of this."""
        return bool(np.isfinite(self.values[quantity]).any())

    def thinned(self, every: float) -> "Recording":
        """What a watch would have told that measures once in `every` seconds."""
        turn = np.floor((self.seconds - self.seconds[0]) / every)
        kept = np.concatenate([[True], np.diff(turn) > 0])
        values = {name: values[kept] for name, values in self.values.items()}
        return Recording(self.name, self.seconds[kept], values)

    def on_a_grid(self, quantity: str) -> Floats:
        """The value of each second: the last one that is at most `STALE` old, else NaN."""
        values = self.values[quantity]
        there = np.isfinite(values)
        times, values = self.seconds[there], values[there]
        grid = np.arange(self.seconds[0], self.seconds[-1] + 1)
        if not len(times):
            return np.full(len(grid), np.nan)
        last = np.searchsorted(times, grid, side="right") - 1
        is_fresh = (last >= 0) & (grid - times[np.maximum(last, 0)] <= STALE)
        return np.where(is_fresh, values[np.maximum(last, 0)], np.nan)


def recordings(path: Path) -> list[Recording]:
    """What a CSV table, packed or not, or a log folder holds. Raises EvaluationError or LogError."""
    if path.is_dir():
        found = from_entries(log.read(path))
    elif path.exists():
        found = _of_rows(_rows(path))
    else:
        raise EvaluationError(
            EvaluationReason.NOT_THERE, f"{path} is not there; give a CSV file or a log folder"
        )
    if not found:
        raise EvaluationError(EvaluationReason.EMPTY, f"{path} holds no heart rate and no oxygen saturation")
    return found


def from_entries(entries: Iterable[Entry]) -> list[Recording]:
    """The readings of everybody in a log, however they were delivered; retained copies are none."""
    rows = (
        (
            entry.person or str(entry.subject),
            (entry.time - _START).total_seconds(),
            entry.object.type,
            entry.amount,
        )
        for entry in entries
        if entry.verb == "MEASURES" and entry.object.type in GATES and entry.delivery is not Delivery.RETAINED
    )
    return _of_rows((who, at, {kind: amount}) for who, at, kind, amount in rows if amount is not None)


def _rows(path: Path) -> Iterator[tuple[str, float, dict[str, float]]]:
    try:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open() as lines:
            table = csv.DictReader(lines)
            if missing := [name for name in WANTED[:3] if name not in (table.fieldnames or ())]:
                wanted = ", ".join(WANTED)
                raise EvaluationError(
                    EvaluationReason.UNKNOWN_COLUMNS,
                    f"{path} has no column {' nor '.join(missing)}; wanted are {wanted}",
                )
            for row in table:
                measured = {kind: float(row[name]) for name, kind in COLUMNS.items() if row.get(name)}
                yield row["record_id"], float(row["time_s"]), measured
    except ValueError as error:  # undecodable text is one, too
        raise EvaluationError(
            EvaluationReason.NOT_A_NUMBER, f"{path}: {error}; wanted are numbers"
        ) from error
    except (OSError, EOFError, csv.Error) as error:
        raise EvaluationError(
            EvaluationReason.NOT_READABLE, f"{path}: {error}; is it a CSV table?"
        ) from error


def _of_rows(rows: Iterable[tuple[str, float, dict[str, float]]]) -> list[Recording]:
    people: dict[str, dict[float, dict[str, float]]] = {}
    for who, at, measured in rows:
        if measured:
            people.setdefault(who, {}).setdefault(at, {}).update(measured)
    return [_recording(who, people[who]) for who in sorted(people)]


def _recording(who: str, told: dict[float, dict[str, float]]) -> Recording:
    seconds = sorted(told)
    values = {
        kind: np.array([_gated(kind, told[at].get(kind, np.nan)) for at in seconds], dtype=np.float64)
        for kind in COLUMNS.values()
    }
    return Recording(who, np.array(seconds, dtype=np.float64), values)


def _gated(kind: str, value: float) -> float:
    least, most = GATES[kind]
    return value if least <= value <= most else np.nan
