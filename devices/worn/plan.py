"""This is the place for what is injected into a life to see whether alarms notice it.

Bodies take it from a script like any scenario's, so it is true of them; what a watch makes of it is in
`sensing`. How often is inflated on purpose (seven in sixteen days): a rule must meet what it is for.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from devices.arrays import Floats
from devices.chance import Chance
from devices.daytime import DAY
from devices.envelope import trapezoid
from devices.happenings import Happenings
from devices.people import Person, Profile
from devices.physiology.body import Body, State
from devices.stage.script import Kind, Planted, Script

_SLOT = 8 * 3600.0  # s: at most one in each, in its middle, so that two never meet
_BEFORE = 900.0  # s of rest before a heart goes wrong: what is to be found is a heart rate at rest
_REMEMBERED = 2 * DAY  # no body, and no cup that was not drunk while at rest, reaches further back
_ILLNESS = (12 * DAY, 0.25, (4 * DAY, 7 * DAY))  # as the training cohort's


class Injury(StrEnum):
    """What is injected."""

    DEEP = "deep desaturation"  # to at most what is critical for this person, as low as 10 points below
    SHALLOW = "shallow desaturation"  # to at most what is low for this person, and not critical
    RACING = "racing heart"
    SLOW = "slow heart"


# Of the slots. Together 0.145 of three a day.
_SHARES = {Injury.DEEP: 0.06, Injury.SHALLOW: 0.02, Injury.RACING: 0.045, Injury.SLOW: 0.02}

# What a body must reach: the limits of the profiles' alarms, told here once more as a tester would.
CRITICAL: dict[Profile, float] = {"adult": 88, "athlete": 88, "low-oxygen": 83}
LOW: dict[Profile, float] = {"adult": 92, "athlete": 92, "low-oxygen": 87}
SLOW: dict[Profile, float] = {"adult": 40, "athlete": 35, "low-oxygen": 40}
RACING = 120.0


@dataclass(frozen=True, slots=True)
class Injected:
    """One event. Times in s since the epoch; `level` is what the body reaches, in % or /min."""

    kind: Injury
    start: float
    rise: float
    hold: float
    fall: float
    level: float

    @property
    def end(self) -> float:
        """When it is over."""
        return self.start + self.rise + self.hold + self.fall


@dataclass(frozen=True, slots=True)
class _Draws:
    """The numbers of one slot, from 0 to below 1."""

    chance: Chance
    slot: int

    def between(self, what: str, low: float, high: float) -> float:
        return low + (high - low) * float(self.chance.of(what).even([self.slot])[0])


class Plan:
    """What befalls one person of a seed. A pure function of both; asking changes nothing."""

    def __init__(self, person: Person, seed: int) -> None:
        self._person = person
        self._chance = Chance(seed, "worn", person.id)
        self._plain = Body(person, seed, Script())

    def injected(self, start: float, end: float) -> list[Injected]:
        """What begins from `start` up to `end`, in order."""
        slots = range(int(start // _SLOT) - 1, int(end // _SLOT) + 1)
        found = [one for slot in slots if (one := self._of_slot(slot)) is not None]
        return [one for one in found if start <= one.start < end]

    def script(self, start: float, end: float) -> Script:
        """Illness and injuries that touch this stretch, for the body."""
        injuries = self.injected(start - _REMEMBERED, end + _BEFORE)
        return Script([*self._illness(start, end), *(p for one in injuries for p in self._planted(one))])

    def sunken(self, state: State) -> Floats:
        """The body's oxygen in %, where it is injured too."""
        oxygen = state.oxygen
        for one in self.injected(float(state.at[0]) - 3600, float(state.at[-1]) + 1):
            if one.kind in {Injury.DEEP, Injury.SHALLOW}:
                lasts = one.end - one.start
                share = trapezoid(state.at - one.start, lasts, rise=one.rise, fall=one.fall)
                sunk = np.minimum(oxygen, state.usual_oxygen + (one.level - state.usual_oxygen) * share)
                oxygen = np.where(share > 0, sunk, oxygen)
        return oxygen

    def _of_slot(self, slot: int) -> Injected | None:
        draws = _Draws(self._chance, slot)
        left = draws.between("which", 0, 1)
        for kind, share in _SHARES.items():
            if left < share:
                return self._made(kind, (slot + draws.between("begins", 0.2, 0.8)) * _SLOT, draws)
            left -= share
        return None

    def _made(self, kind: Injury, start: float, draws: _Draws) -> Injected:
        start = float(np.floor(start))
        oxygen = kind in {Injury.DEEP, Injury.SHALLOW}
        hold = {Injury.DEEP: (90, 900), Injury.SHALLOW: (240, 900), Injury.SLOW: (120, 900)}
        return Injected(
            kind,
            start,
            rise=draws.between("rise", 10, 180 if oxygen else 60),
            hold=draws.between("hold", *hold.get(kind, (300, 1200))),
            fall=draws.between("fall", 20, 60),
            level=self._level(kind, draws),
        )

    def _level(self, kind: Injury, draws: _Draws) -> float:
        profile = self._person.profile
        match kind:
            case Injury.DEEP:
                return draws.between("level", CRITICAL[profile] - 10, CRITICAL[profile])
            case Injury.SHALLOW:
                return draws.between("level", CRITICAL[profile] + 1, LOW[profile])
            case Injury.SLOW:
                return draws.between("level", max(32, SLOW[profile] - 8), SLOW[profile])
            case Injury.RACING:
                return draws.between("level", RACING + 2, 165)

    def _planted(self, one: Injected) -> Iterator[Planted]:
        who, lasts = self._person.id, one.end - one.start
        if one.kind in {Injury.DEEP, Injury.SHALLOW}:
            return  # `sunken` does it
        state = self._plain.state(np.array([one.start - _BEFORE, one.start]))
        rest = Kind.SLEEP if state.asleep[-1] else Kind.REST
        yield Planted(rest, who, one.start - _BEFORE, lasts + _BEFORE)
        resting = self._person.resting - (8 if state.asleep[-1] else 0)
        yield Planted(Kind.SPIKE, who, one.start, lasts, one.level - resting, one.rise, one.fall)

    def _illness(self, start: float, end: float) -> Iterator[Planted]:
        every, share, lasts = _ILLNESS
        kind = Happenings(self._chance.of("illness"), every, share, lasts)
        for begins, slot in kind.between(start - lasts[1], end):
            here = np.array([slot], dtype=np.int64)
            long = float(kind.draw("lasts", here, low=lasts[0], high=lasts[1])[0])
            worst = float(kind.draw("worst", here, low=50, high=100)[0])
            yield Planted(Kind.ILLNESS, self._person.id, begins, long, worst, DAY, 1.5 * DAY)


def deep_dips(person: Person, chance: Chance, times: Floats) -> Floats:
    """Points of oxygen lost in the deeper pauses of breathing: to the low 80s, for seconds, and true.

    Up to 1.5 an hour for who has most dips (elderly with sleep apnoea bottom out at 80.5, PMC7943723; how
    often is our choice). A slow fall, a quick recovery, as of the others.
    """
    kind = Happenings(chance.of("deep dips"), 600, 0.25 * min(1.0, person.dips / 16.5), (15, 50))
    dip = kind.at(times)
    deepest = kind.draw("depth", dip.slot, low=6, high=14)
    part = dip.age / dip.lasts
    return np.where(dip.on, deepest * np.minimum(part / 0.75, (1 - part) / 0.25), 0.0)
