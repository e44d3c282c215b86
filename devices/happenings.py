"""This is the place for what happens now and then: a walk, a coffee, a cold hand, a fever.

Time is cut into equal slots of local time; in a share of them the thing happens once, at a chance
moment and for a chance while. Each slot is drawn from its own number, so any stretch can be asked for
on its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from devices.arrays import Bools, Floats, Ints
from devices.chance import Chance
from devices.daytime import DAY, local


@dataclass(frozen=True, slots=True, eq=False)
class Happening:
    """What is happening at each of some times: whether, since when, for how long, and in which slot."""

    on: Bools
    age: Floats  # s since it began; meaningless where it is not on
    lasts: Floats  # s; without end where it is not on
    slot: Ints


@dataclass(frozen=True, slots=True)
class Happenings:
    """One kind of thing that happens now and then to one person.

    `every` is the length of a slot in s, `share` the part of the slots it happens in, `lasts` its shortest
    and longest duration in s (no longer than a slot), `begins` the part of the slot in which it may begin.
    """

    chance: Chance
    every: float
    share: float
    lasts: tuple[float, float]
    begins: tuple[float, float] = (0.0, 1.0)

    def at(self, times: Floats) -> Happening:
        """What is happening at these times (at least one); what began last, where two overlap."""
        moments = local(times)
        slot = np.floor(moments / self.every).astype(np.int64)
        slots = np.arange(slot.min() - 1, slot.max() + 1, dtype=np.int64)
        begins, lasts = self._begin(slots), self._lasts(slots)
        here = slot - slots[0]
        this = (moments >= begins[here]) & (moments < begins[here] + lasts[here])
        here = np.where(this, here, here - 1)
        age = moments - begins[here]
        on = (age >= 0) & (age < lasts[here])
        return Happening(on=on, age=age, lasts=np.where(on, lasts[here], np.inf), slot=slots[here])

    def between(self, start: float, end: float) -> Iterator[tuple[float, int]]:
        """The beginnings from `start` up to but not including `end`, with their slots, in order."""
        first, last = (int(local(moment) // self.every) for moment in (start, end))
        slots = np.arange(first, last + 1, dtype=np.int64)
        slots = slots[self._lasts(slots) > 0]
        shift = local(0.0)
        for slot, begin in zip(slots.tolist(), self._begin(slots).tolist(), strict=True):
            if start <= begin - shift < end:
                yield begin - shift, slot

    def draw(self, what: str, slot: Ints, *, low: float, high: float) -> Floats:
        """How much, or which: one number from `low` to `high` for each slot."""
        return low + (high - low) * self.chance.of(what).even(slot)

    def _lasts(self, slot: Ints) -> Floats:
        """How long it lasts in these slots; 0 in those where it does not happen."""
        shortest, longest = self.lasts
        happens = self.chance.of("happens").even(slot) < self.share
        return np.where(happens, self.draw("lasts", slot, low=shortest, high=longest), 0.0)

    def _begin(self, slot: Ints) -> Floats:
        first, last = self.begins
        part: Floats = slot + self.draw("begins", slot, low=first, high=last)
        return part * self.every


def hour_of_day(hour: float) -> float:
    """An hour as the part of a day that `begins` wants."""
    return hour * 3600 / DAY
