"""This is the place for how a pulse oximeter errs about oxygen.

Each device has its own offset, motion makes it read low, and a cold hand (low perfusion) makes it read
far too low for minutes. It notices six of ten cold hands and marks them `quality: poor`; the other four
look like desaturations (shares from the project's prototype, our choice).
"""

from dataclasses import dataclass

import numpy as np

from devices.arrays import Bools, Floats
from devices.chance import Chance
from devices.happenings import Happening, Happenings
from devices.physiology.body import State
from devices.things.pulse_sensor import MOVING

NOTICED = 0.6
_COLD_EVERY = 4 * 3600.0  # s
_COLD_SHARE = 0.25  # of those: 1.5 a day


@dataclass(frozen=True, slots=True, eq=False)
class OxygenReadings:
    """What the oximeter says at each time, and where it doubts itself."""

    percent: Floats
    poor: Bools


@dataclass(frozen=True, slots=True)
class OxygenSensor:
    """One oximeter's view of one person's oxygen."""

    chance: Chance

    def reads(self, state: State, worn: Bools) -> OxygenReadings:
        """Whole percents at each time; 0 where it feels no pulse."""
        times, moving = state.at, state.steps > MOVING
        index = np.rint(times * 10).astype(np.int64)
        offset = 0.6 * float(self.chance.of("offset").bell([0])[0])
        error = 0.35 * self.chance.of("drift").smooth(times, 6) + 0.2 * self.chance.of("error").bell(index)
        shaken = np.where(moving, 2.5 * self.chance.of("shaken").smooth(times, 20) ** 2, 0.0)
        cold = self.cold_hand(state)
        depth = self._cold().draw("depth", cold.slot, low=4, high=12)
        swaying = 1 + 0.15 * self.chance.of("swaying").smooth(times, 15)
        read = state.oxygen + offset + error - shaken - np.where(cold.on, depth * swaying, 0.0)
        percent = np.where(worn, np.clip(np.rint(read), 50, 100), 0.0)
        return OxygenReadings(
            percent, np.asarray(worn & (self.is_noticed(cold) | (shaken > 1)), dtype=np.bool_)
        )

    def cold_hand(self, state: State) -> Happening:
        """When the hand is too cold for the light. Somebody whom a scenario seats or puts to bed is warm."""
        cold = self._cold().at(state.at)
        return Happening(cold.on & ~state.directed, cold.age, cold.lasts, cold.slot)

    def is_noticed(self, cold: Happening) -> Bools:
        """Which cold hands the device itself doubts."""
        noticed = self._cold().draw("noticed", cold.slot, low=0, high=1) < NOTICED
        return np.asarray(cold.on & noticed, dtype=np.bool_)

    def _cold(self) -> Happenings:
        return Happenings(self.chance.of("cold"), _COLD_EVERY, _COLD_SHARE, (60, 480))
