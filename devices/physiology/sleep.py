"""This is the place for nights: when a person sleeps, how deep, and the dips that come with it.

Drops that last 10 to 60 s are what oxygen desaturation indices count (PMC11063702). Their depths are our
choice, so that healthy nights bottom out near 90 % as in 350 people (pubmed 8989066, abstract).
"""

from dataclasses import dataclass

import numpy as np

from devices.arrays import Bools, Floats
from devices.chance import Chance
from devices.daytime import day, hour
from devices.happenings import Happenings
from devices.people import Person

FALLING_ASLEEP = 12.0  # minutes: how slowly the heart follows sleep and waking
_SLOT = 120.0  # s: no more than one dip in each


@dataclass(frozen=True, slots=True)
class Sleep:
    """One person's nights."""

    person: Person
    chance: Chance

    def asleep(self, times: Floats) -> Bools:
        """Whether the person sleeps, on days that nobody directs."""
        today = day(times)
        wakes = self.person.wakes + 0.4 * self.chance.of("wakes").bell(today)
        retires = np.minimum(self.person.retires + 0.5 * self.chance.of("retires").bell(today), 23.9)
        now = hour(times)
        return np.asarray((now < wakes) | (now >= retires), dtype=np.bool_)

    def dips(self, times: Floats, asleep: Bools) -> Floats:
        """Points of oxygen lost to pauses in breathing: a slow fall, a quick recovery."""
        kind = Happenings(self.chance.of("dips"), _SLOT, self.person.dips * _SLOT / 3600, (15, 55))
        dip = kind.at(times)
        deepest = kind.draw("depth", dip.slot, low=0, high=1) ** 2 * 5 + 2.5
        part = dip.age / dip.lasts
        shape = np.minimum(part / 0.75, (1 - part) / 0.25)
        return np.where(dip.on & asleep, deepest * shape, 0.0)
