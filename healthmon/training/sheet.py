"""This is the place for all rows side by side: what the fitting and the judging read."""

from array import array
from dataclasses import dataclass, field
from random import Random

import numpy as np
from numpy.typing import NDArray

from healthmon.advice.caps import Profile, oxygen_part, pulse_part
from healthmon.training.errors import TrainingError, TrainingReason
from healthmon.training.rows import Row

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

_HELD_OUT = 0.3
_FEWEST_PEOPLE = 3


@dataclass(slots=True)
class Sheet:
    """The rows of everybody. `who` is each row's place in `people`."""

    people: list[str] = field(default_factory=list)
    low_oxygen: set[str] = field(default_factory=set)
    _who: "array[int]" = field(default_factory=lambda: array("l"))
    _features: "array[float]" = field(default_factory=lambda: array("d"))
    _others: "array[float]" = field(default_factory=lambda: array("d"))

    def add(self, row: Row) -> None:
        """Take one row; each person's rows come together or interleaved."""
        if row.moment.features is None or row.moment.rate is None or row.moment.oxygen is None:
            return
        place = self._place(row)
        profile = Profile.LOW_OXYGEN if row.low_oxygen else Profile.ADULT
        part = pulse_part(row.moment.rate, profile) + oxygen_part(row.moment.oxygen, profile)
        missed = float("nan") if row.expected_rate is None else row.moment.usual[0] - row.expected_rate
        self._who.append(place)
        self._features.extend(row.moment.features)
        self._others.extend((row.quality, part, missed))

    @property
    def who(self) -> NDArray[np.int64]:
        """Whose row each is."""
        return np.array(self._who, dtype=np.int64)

    @property
    def features(self) -> Floats:
        """One row each, in the order of `FEATURES`."""
        return np.array(self._features, dtype=np.float64).reshape(len(self._who), -1)

    @property
    def quality(self) -> Floats:
        """What was true, 0 to 100."""
        return self._column(0)

    @property
    def parts(self) -> Floats:
        """Pulse and oxygen parts of NEWS2, 0 to 6: a baseline, never a target."""
        return self._column(1)

    @property
    def missed(self) -> Floats:
        """By how many /min the usual rate misses the one the simulator meant; NaN where it said none."""
        return self._column(2)

    def _column(self, which: int) -> Floats:
        return np.array(self._others, dtype=np.float64).reshape(-1, 3)[:, which]

    def _place(self, row: Row) -> int:
        if not self.people or self.people[-1] != row.person:
            if row.person not in self.people:
                self.people.append(row.person)
            if row.low_oxygen:
                self.low_oxygen.add(row.person)
        return self.people.index(row.person)


@dataclass(frozen=True, slots=True, eq=False)
class Split:
    """Who is learnt from, and who only judges. Nobody is in two of them."""

    taught: Bools
    held_out: Bools
    low_oxygen: Bools
    people_taught: int
    people_held_out: int
    people_low_oxygen: int


def split(sheet: Sheet, seed: int) -> Split:
    """Divide by person, never by row: rows of one person resemble each other far too much.

    Everybody with low oxygen judges, as people unlike those learnt from; 3 of 10 of the others judge too.
    Raises TrainingError when too few are left to learn from.
    """
    ordinary = [name for name in sorted(sheet.people) if name not in sheet.low_oxygen]
    Random(seed).shuffle(ordinary)
    aside = round(len(ordinary) * _HELD_OUT)
    if len(ordinary) < _FEWEST_PEOPLE or aside == 0:
        message = f"{len(ordinary)} people with a usual week are too few; simulate at least {_FEWEST_PEOPLE}"
        raise TrainingError(TrainingReason.FEW_PEOPLE, message)
    held_out = _rows_of(sheet, set(ordinary[:aside]))
    low_oxygen = _rows_of(sheet, sheet.low_oxygen)
    return Split(
        taught=~held_out & ~low_oxygen,
        held_out=held_out,
        low_oxygen=low_oxygen,
        people_taught=len(ordinary) - aside,
        people_held_out=aside,
        people_low_oxygen=len(sheet.low_oxygen),
    )


def _rows_of(sheet: Sheet, names: set[str]) -> Bools:
    inside = np.array([name in names for name in sheet.people], dtype=np.bool_)
    return np.asarray(inside[sheet.who], dtype=np.bool_)
