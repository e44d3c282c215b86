"""This is the place for how a wrist sensor errs about the pulse.

Errors grow by a third in motion (doi:10.1038/s41746-020-0226-6, abstract); locking on to the cadence of steps
is a known fault (same); how often, and single wild samples, are our choice.
"""

from dataclasses import dataclass, field

import numpy as np

from devices.arrays import Bools, Floats
from devices.chance import Chance
from devices.happenings import Happenings
from devices.physiology.body import State
from devices.stage.script import Kind, Script

MOVING = 25.0  # steps a minute beyond which a wrist moves enough to disturb the light
WILD_STILL = 1 / 14400  # share of the samples that are wild, wrist still
WILD_MOVING = 1 / 240
_STILL_ERROR = 1.2  # /min, standard deviation


@dataclass(frozen=True, slots=True)
class PulseSensor:
    """One watch's view of one heart."""

    chance: Chance
    script: Script = field(default_factory=Script)
    person: str = ""

    def reads(self, state: State, worn: Bools) -> Floats:
        """Whole beats a minute at each time; 0 where it feels no pulse."""
        times, moving = state.at, state.steps > MOVING
        error = _STILL_ERROR * (
            0.8 * self.chance.of("drift").smooth(times, 8) + 0.6 * self._each("error", times)
        )
        read = state.heart_rate + error * (1 + state.steps / 60)
        locks = Happenings(self.chance.of("locks"), 300, 0.2, (15, 40)).at(times).on
        read = np.where(moving & locks, state.steps + error, read)
        read = np.where(self.is_wild(times, moving), read + self._jump(times), read)
        return np.where(worn, np.clip(np.rint(read), 25, 230), 0.0)

    def is_wild(self, times: Floats, moving: Bools) -> Bools:
        """Which samples are wild: one alone, tens of beats off."""
        draw = self.chance.of("wild").even(_index(times))
        wild = draw < np.where(moving, WILD_MOVING, WILD_STILL)
        return np.asarray(wild & ~self.script.covers(self.person, times, Kind.GOOD_FIT), dtype=np.bool_)

    def _jump(self, times: Floats) -> Floats:
        draw = 2 * self.chance.of("jump").even(_index(times)) - 1
        return np.asarray(np.sign(draw) * (25 + 65 * np.abs(draw)), dtype=np.float64)

    def _each(self, what: str, times: Floats) -> Floats:
        return self.chance.of(what).bell(_index(times))


def _index(times: Floats) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    return np.rint(times * 10).astype(np.int64)
