"""This is the place for walking about: how many steps each minute has, and what they do to the heart.

Heart rate follows movement with its own gain and delay (structure: doi:10.1016/j.crmeth.2021.100058). The
gain of 0.30 /min for each step per minute and the 45 s are our choice, not measured.
"""

from dataclasses import dataclass

import numpy as np

from devices.arrays import Bools, Floats, Ints
from devices.chance import Chance
from devices.daytime import seconds
from devices.happenings import Happenings
from devices.people import Person
from devices.physiology.easing import eased

_DELAY = 0.75  # minutes
_POTTERING = 0.12  # of the waking minutes hold a few steps


@dataclass(frozen=True, slots=True)
class Walking:
    """What one person walks on days that nobody directs."""

    person: Person
    chance: Chance

    def steps(self, minutes: Ints, asleep: Bools) -> Floats:
        """Steps in each minute; none while asleep."""
        walks = Happenings(self.chance.of("walks"), 5400, self.person.vigour, (180, 1200))
        walk = walks.at(seconds(minutes))
        pace = walks.draw("pace", walk.slot, low=50, high=60 + 55 * self.person.vigour)
        pottering = np.where(
            self.chance.of("potters").even(minutes) < _POTTERING,
            4 + 16 * self.chance.of("pottering").even(minutes),
            0.0,
        )
        unsteady = 1 + 0.06 * self.chance.of("unsteady").bell(minutes)
        return np.where(asleep, 0.0, np.where(walk.on, pace * unsteady, pottering))

    def effect(self, steps: Floats) -> Floats:
        """Heart rate added by the end of each minute, in /min."""
        return self.person.effort * eased(steps, _DELAY)
