"""This is the place for recordings: CSV files of what real people's devices measured, second by second.

Columns record_id, time_s, hr_bpm, spo2_pct, resp_rpm; others are left alone; an empty cell was not measured.
A row that cannot be read is left out whole and counted by its reason: numbers are never guessed.
"""

import csv
import gzip
import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO, TypeAlias

from devices.errors import DeviceError, DeviceReason

QUANTITIES = {"hr_bpm": "HR", "spo2_pct": "SPO2", "resp_rpm": "RR"}
_NEEDED = ("record_id", "time_s")
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
_COMMA = re.compile(r"[+-]?\d+,\d+")

Amount: TypeAlias = int | float


@dataclass(frozen=True, slots=True)
class Sample:
    """What was measured at one moment, in s since the recording's own zero."""

    at: float
    amounts: tuple[tuple[str, Amount], ...]


@dataclass(slots=True)
class Recording:
    """A file's samples by record, in the order of their times, and how many rows were left out, and why."""

    samples: dict[str, list[Sample]] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)

    def only(self, records: Iterable[str]) -> "Recording":
        """The same with these records alone. Raises DeviceError for one that is not there."""
        for record in records:
            if record not in self.samples:
                known = ", ".join(list(self.samples)[:8])
                raise DeviceError(DeviceReason.BAD_OPTION, f"no record {record!r}: there are {known}")
        return Recording({record: self.samples[record] for record in records}, self.left_out)

    def span(self) -> float:
        """Seconds from the first to the last sample of the longest record."""
        return max((samples[-1].at - samples[0].at for samples in self.samples.values()), default=0.0)


def read_recording(path: Path) -> Recording:
    """All of a .csv or .csv.gz file. Raises DeviceError when it is no such recording."""
    try:
        with _opened(path) as file:
            recording = _read(csv.DictReader(file), str(path))
    except (OSError, EOFError, UnicodeDecodeError, csv.Error) as error:
        raise DeviceError(DeviceReason.BAD_RECORDING, f"{path} cannot be read as CSV: {error}") from error
    if not recording.samples:
        raise DeviceError(DeviceReason.BAD_RECORDING, f"{path} holds no sample that can be read")
    for samples in recording.samples.values():
        samples.sort(key=lambda sample: sample.at)
    return recording


def _opened(path: Path) -> TextIO:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8", newline="")
    return path.open(encoding="utf-8", newline="")


def _read(rows: "csv.DictReader[str]", name: str) -> Recording:
    header = rows.fieldnames or []
    missing = [column for column in _NEEDED if column not in header]
    if missing or not any(column in header for column in QUANTITIES):
        wanted = ", ".join(missing) or "one of " + ", ".join(QUANTITIES)
        raise DeviceError(
            DeviceReason.BAD_RECORDING, f"{name} is no recording: its first line lacks {wanted}"
        )
    recording = Recording()
    for row in rows:
        sample = _sample(row)
        if isinstance(sample, str):
            recording.left_out[sample] += 1
        elif sample.amounts:
            recording.samples.setdefault(row["record_id"], []).append(sample)
    return recording


def _sample(row: dict[str, str]) -> Sample | str:
    """The sample of a row, or in a few words why it is none."""
    if None in row or None in row.values():
        return "wrong number of columns"
    if not row["record_id"]:
        return "no record_id"
    at = _number(row["time_s"])
    if isinstance(at, str) or at is None:
        return at or "no time_s"
    amounts = []
    for column, quantity in QUANTITIES.items():
        amount = _number(row.get(column, ""))
        if isinstance(amount, str):
            return amount
        if amount is not None:
            amounts.append((quantity, amount))
    return Sample(float(at), tuple(amounts))


def _number(text: str) -> Amount | str | None:
    """The number, None for an empty cell, or in a few words why it is none."""
    text = text.strip()
    if not text:
        return None
    if not _NUMBER.fullmatch(text):
        return "decimal comma" if _COMMA.fullmatch(text) else "not a number"
    number = float(text)
    if not math.isfinite(number):
        return "not a number"
    return int(number) if number.is_integer() else number
