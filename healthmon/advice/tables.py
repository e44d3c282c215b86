"""This is the place for the model the recorder scores with: one step table for each feature, and their sum.

Scikit-learn trained it; `healthmon.training` compiled it. Here it is only looked up: no scikit-learn, no
pickle, a file that a person can read and that cannot run anything.
"""

import hashlib
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from itertools import pairwise
from math import isfinite

from healthmon.advice.moment import FEATURE_VERSION, FEATURES
from healthmon.events import wire

FORMAT = "healthmon-advice-1"
MOST_BYTES = 2_000_000
_OUTSIDE = 0.1  # of a training range beyond it: then the model has not seen the like


class ModelFault(StrEnum):
    """Why a model is refused. Stored in the log: never change a word."""

    MISSING = "model-missing"
    TOO_LARGE = "model-too-large"
    NOT_A_MODEL = "model-not-a-model"
    FORMAT = "model-format"
    FEATURES = "model-features"
    TABLES = "model-tables"
    NOT_FINITE = "model-not-finite"
    NOT_MONOTONE = "model-not-monotone"
    HASH = "model-hash"


@dataclass(frozen=True, slots=True)
class Refused:
    """A model that is not used, and why. Then the rules stand alone, as they can."""

    fault: ModelFault
    detail: str


@dataclass(frozen=True, slots=True)
class Table:
    """What one feature adds to the score: `values[i]` up to and with `thresholds[i]`, the last beyond."""

    feature: str
    thresholds: tuple[float, ...]
    values: tuple[float, ...]
    typical: float  # the median of the training set: what contributions are measured against

    def value(self, amount: float) -> float:
        """What this much of the feature adds."""
        return self.values[bisect_left(self.thresholds, amount)]


@dataclass(frozen=True, slots=True)
class Model:
    """A trained model as its file holds it. `id` is the SHA-256 of everything else in it."""

    format: str
    id: str
    created: str  # the time of the last training event, RFC 3339: never of the training itself
    data_kind: str
    feature_version: int
    base: float
    tables: tuple[Table, ...]
    monotone: tuple[int, ...]
    training_ranges: dict[str, tuple[float, float]]
    metrics: dict[str, dict[str, float]]
    training: dict[str, str]  # persons, hours, seed, and the digest of the files
    versions: dict[str, str]

    @property
    def short_id(self) -> str:
        """Enough of the id to tell models apart on a screen and in the log."""
        return self.id[:12]

    def score(self, features: Sequence[float]) -> float:
        """How usual these features are, 0 to 100, before any cap."""
        return within(self.base + sum(table.value(x) for table, x in zip(self.tables, features, strict=True)))

    def contributions(self, features: Sequence[float]) -> tuple[float, ...]:
        """What each feature adds against its typical value, in points: with `typical_score`, the score."""
        pairs = zip(self.tables, features, strict=True)
        return tuple(table.value(x) - table.value(table.typical) for table, x in pairs)

    @property
    def typical_score(self) -> float:
        """The score, unclipped, of a person whose every feature is typical."""
        return self.base + sum(table.value(table.typical) for table in self.tables)

    def strangers(self, features: Sequence[float]) -> tuple[str, ...]:
        """The features beyond what the model was trained on, by more than a tenth of that range."""
        pairs = zip(self.tables, features, strict=True)
        ranges = self.training_ranges
        return tuple(table.feature for table, x in pairs if _is_outside(x, ranges[table.feature]))


def within(score: float) -> float:
    """A score held at 0 and 100."""
    return min(100.0, max(0.0, score))


def read_model(payload: bytes | None) -> Model | Refused:
    """The model in these bytes, checked for everything its promises rest on; a refusal instead of trouble.

    None is a file that is not there. Never raises on any bytes.
    """
    if payload is None:
        return Refused(ModelFault.MISSING, "there is no model file; the rules stand alone")
    if len(payload) > MOST_BYTES:
        return Refused(ModelFault.TOO_LARGE, f"{len(payload)} bytes; a model has at most {MOST_BYTES}")
    try:
        model = wire.read(payload, Model)
    except wire.WireError as error:
        return Refused(ModelFault.NOT_A_MODEL, str(error))
    return _fault(model) or model


def write_model(model: Model) -> bytes:
    """The bytes of the model's file, its id set. The same model gives the same bytes."""
    return wire.write(replace(model, id=digest(model))) + b"\n"


def digest(model: Model) -> str:
    """The SHA-256 of all that the model holds but its id."""
    return hashlib.sha256(wire.write(replace(model, id=""))).hexdigest()


def _fault(model: Model) -> Refused | None:
    if model.format != FORMAT:
        return Refused(ModelFault.FORMAT, f"format {model.format[:40]!r}; this version reads {FORMAT}")
    if model.feature_version != FEATURE_VERSION or tuple(t.feature for t in model.tables) != FEATURES:
        return Refused(ModelFault.FEATURES, f"other features than version {FEATURE_VERSION}; train it again")
    checks = (_table_fault, _number_fault, _monotone_fault, _digest_fault)
    return next((refused for check in checks if (refused := check(model))), None)


def _table_fault(model: Model) -> Refused | None:
    for table in model.tables:
        if len(table.values) != len(table.thresholds) + 1 or not _rises(table.thresholds):
            return Refused(ModelFault.TABLES, f"the table of {table.feature} has steps out of order")
        if table.feature not in model.training_ranges:
            return Refused(ModelFault.TABLES, f"no training range for {table.feature}")
    return None if _is_time(model.created) else Refused(ModelFault.TABLES, "created is no time")


def _number_fault(model: Model) -> Refused | None:
    numbers = [model.base, *(bound for pair in model.training_ranges.values() for bound in pair)]
    for table in model.tables:
        numbers += [*table.thresholds, *table.values, table.typical]
    return None if all(map(isfinite, numbers)) else Refused(ModelFault.NOT_FINITE, "a number is not finite")


def _monotone_fault(model: Model) -> Refused | None:
    if model.monotone != (-1,) * len(FEATURES):
        return Refused(ModelFault.NOT_MONOTONE, "it does not say that every feature only lowers the score")
    for table in model.tables:
        if not _rises([-value for value in table.values], strictly=False):
            return Refused(ModelFault.NOT_MONOTONE, f"more {table.feature} would raise the score")
    return None


def _digest_fault(model: Model) -> Refused | None:
    found = digest(model)
    if found == model.id:
        return None
    return Refused(ModelFault.HASH, f"it says it is {model.id[:12]}, but its content is {found[:12]}")


def _rises(values: Sequence[float], *, strictly: bool = True) -> bool:
    return all(a < b if strictly else a <= b for a, b in pairwise(values))


def _is_time(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def _is_outside(amount: float, trained: tuple[float, float]) -> bool:
    low, high = trained
    slack = _OUTSIDE * max(high - low, 1.0)
    return not low - slack <= amount <= high + slack
