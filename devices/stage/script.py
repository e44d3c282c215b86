"""This is the place for what a scenario plants, once its people and its start are known."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from devices.arrays import Bools, Floats
from devices.envelope import trapezoid
from healthmon.events.sentence import Spoken


class Kind(StrEnum):
    """What can be planted. These words are the scenarios' vocabulary."""

    REST = "REST"
    SLEEP = "SLEEP"
    WALK = "WALK"
    PACE = "PACE"
    GOOD_FIT = "GOOD_FIT"
    SPIKE = "SPIKE"
    DESATURATION = "DESATURATION"
    ILLNESS = "ILLNESS"
    COFFEE = "COFFEE"
    OFF_WRIST = "OFF_WRIST"
    OFF_FINGER = "OFF_FINGER"
    SILENCE = "SILENCE"


DIRECTING = (Kind.REST, Kind.SLEEP, Kind.WALK)


@dataclass(frozen=True, slots=True)
class Planted:
    """One thing that will happen to `who`: a person, or a device that falls silent.

    Times in s since the epoch and s; `amount` in the unit of its kind.
    """

    kind: Kind
    who: str
    start: float
    lasts: float
    amount: float = 0.0
    rise: float = 0.0
    fall: float = 0.0
    claimed: bool = False

    def strength(self, times: Floats) -> Floats:
        """How much of it there is at these times, 0 to 1."""
        return trapezoid(times - self.start, self.lasts, rise=self.rise, fall=self.fall)

    def covers(self, times: Floats, *, longer: float = 0.0) -> Bools:
        """Whether it goes on at these times, or at some moment of the `longer` seconds after them."""
        begins_before = times + longer >= self.start if longer == 0 else times + longer > self.start
        return np.asarray(begins_before & (times < self.start + self.lasts), dtype=np.bool_)


class Script:
    """All that is planted in one run, and what devices say word for word. Never changes."""

    def __init__(self, planted: Iterable[Planted] = (), said: Iterable[tuple[float, Spoken]] = ()) -> None:
        self._planted = tuple(planted)
        self.said = tuple(sorted(said, key=lambda one: one[0]))

    def of(self, who: str, *kinds: Kind) -> tuple[Planted, ...]:
        """What is planted for this person or device, in the order it was written."""
        return tuple(one for one in self._planted if one.who == who and one.kind in kinds)

    def covers(self, who: str, times: Floats, *kinds: Kind) -> Bools:
        """Whether any of these kinds goes on at these times."""
        on = np.zeros(len(times), dtype=np.bool_)
        for one in self.of(who, *kinds):
            on |= one.covers(times)
        return on
