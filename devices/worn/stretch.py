"""This is the place for a stretch of one person's worn life: what the watch tells, beside what is true."""

from dataclasses import dataclass, replace

import numpy as np

from devices.arrays import Bools, Floats, Ints
from devices.chance import Chance
from devices.cohort import cohort
from devices.people import Person
from devices.physiology.body import Body
from devices.things.household import grid
from devices.worn.plan import Injected, Plan, deep_dips
from devices.worn.sensing import Sight, wearing


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """All arrays are as long as `at`; times in s since the epoch. Codes for "nothing" stand as sent."""

    at: Floats
    heart: Ints
    oxygen: Ints
    poor: Bools  # the watch doubts its oxygen
    steps: Ints  # of the minute that ended, told at full minutes
    says_worn: Bools
    is_silent: Bools  # charging: nothing is told but that it was taken off
    on_arm: Bools  # from here on: true, and told by nobody
    true_heart: Floats
    true_oxygen: Floats
    still: Bools  # no steps in this minute nor the one before
    cold: Bools  # a cold hand makes oxygen read low
    injected: tuple[Injected, ...]  # what begins in it


class Wearer:
    """One person of a seed with a watch that is never idle. A pure function of both and of time."""

    def __init__(self, person: Person, seed: int) -> None:
        self.person = person
        self._seed = seed
        self._chance = Chance(seed, "worn", person.id)
        self._plan = Plan(person, seed)

    def stretch(self, start: float, end: float, every: float) -> Stretch:
        """After `start` and up to `end`, each `every` s. How life is cut into stretches changes nothing."""
        times = grid(start, end, every)
        state = Body(self.person, self._seed, self._plan.script(start, end)).state(times)
        dips = np.where(state.asleep, deep_dips(self.person, self._chance, times), 0.0)
        true = np.clip(self._plan.sunken(state) - dips, 60, 100)
        worn, sight = wearing(self._chance.of("wear"), state), Sight(self._chance.of("sight"))
        oxygen, poor = sight.oxygen(state, true, worn)
        return Stretch(
            at=times,
            heart=sight.heart(state, worn).astype(np.int64),
            oxygen=oxygen.astype(np.int64),
            poor=poor,
            steps=np.where(worn.on_arm, np.rint(state.steps_before), 0).astype(np.int64),
            says_worn=worn.says_worn,
            is_silent=worn.charging,
            on_arm=worn.on_arm,
            true_heart=state.heart_rate,
            true_oxygen=true,
            still=np.asarray((state.steps == 0) & (state.steps_before == 0)),
            cold=sight.false_oxygen(times),
            injected=tuple(self._plan.injected(start, end)),
        )


def wearers(seed: int, first: int, last: int) -> list[Wearer]:
    """The people `first` to `last` (counted from 1) of this seed, in the cohort's shares of profiles.

    What the cohort's people fall ill with by chance is planned here instead, so that it is known.
    """
    people = cohort(seed, last)[first - 1 :]
    return [Wearer(replace(person, falls_ill=False), seed) for person in people]
