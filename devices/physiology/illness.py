"""This is the place for what goes wrong in a body: days of illness, minutes of a racing heart or low oxygen.

Only people of a training set fall ill by chance. Sizes follow the project's prototype (+12 /min and -4.5
points at the height of an illness; +40..75 /min; -8..-14 points): our choice, not measured on patients.
"""

from dataclasses import dataclass

import numpy as np

from devices.arrays import Bools, Floats
from devices.chance import Chance
from devices.daytime import DAY
from devices.envelope import trapezoid
from devices.happenings import Happenings

FEVER = 12.0  # /min
BREATHLESS = 4.5  # points of oxygen


@dataclass(frozen=True, slots=True, eq=False)
class Trouble:
    """What chance does to a body at some times."""

    ill: Floats  # 0..1
    racing: Floats  # /min added
    sinking: Floats  # points of oxygen lost
    is_racing: Bools
    is_sinking: Bools


@dataclass(frozen=True, slots=True)
class Health:
    """What may befall one person."""

    chance: Chance
    falls_ill: bool

    def trouble(self, times: Floats) -> Trouble:
        """What befalls the person at these times."""
        if not self.falls_ill:
            none, never = np.zeros(len(times)), np.zeros(len(times), dtype=np.bool_)
            return Trouble(none, none, none, never, never)
        racing, is_racing = self._acute("racing", times, (40.0, 75.0), rise=20.0)
        sinking, is_sinking = self._acute("sinking", times, (8.0, 14.0), rise=40.0)
        return Trouble(self._ill(times), racing, sinking, is_racing, is_sinking)

    def _ill(self, times: Floats) -> Floats:
        kind = Happenings(self.chance.of("illness"), 12 * DAY, 0.25, (4 * DAY, 7 * DAY))
        now = kind.at(times)
        worst = kind.draw("worst", now.slot, low=0.5, high=1)
        return np.where(now.on, worst * trapezoid(now.age, now.lasts, rise=DAY, fall=1.5 * DAY), 0.0)

    def _acute(
        self, what: str, times: Floats, size: tuple[float, float], *, rise: float
    ) -> tuple[Floats, Bools]:
        kind = Happenings(self.chance.of(what), 8 * 3600, 0.12, (150, 1200))
        now = kind.at(times)
        worst = kind.draw("worst", now.slot, low=size[0], high=size[1])
        shape = trapezoid(now.age, now.lasts, rise=rise, fall=60)
        return np.where(now.on, worst * shape, 0.0), now.on
