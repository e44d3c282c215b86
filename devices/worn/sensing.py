"""This is the place for what goes wrong between a body and the numbers its watch tells.

A reflectance watch that measures heart rate and oxygen all day: offset and noise of about 2 points (root mean
square 2.9 against a reference, PLOS Digit Health e0000296), cold hands that read minutes of false oxygen and
are noticed six times in ten, motion, cadence, a table that reflects, zeros, codes for "nothing". Kinds and
the unnoticed share follow the project's prototype; how often and how strong is our choice, and none of it is
measured on patients. Nothing here looks at what any rule does.
"""

from dataclasses import dataclass

import numpy as np

from devices.arrays import Bools, Floats
from devices.chance import Chance
from devices.daytime import DAY
from devices.happenings import Happening, Happenings, hour_of_day
from devices.physiology.body import State

NOTICED = 0.6  # of cold hands, and of walks that shake the light
_MOVING = 25.0  # steps a minute
_CODES = {"HR": np.array([0.0, 255.0, -1.0]), "SPO2": np.array([0.0, 127.0, 255.0, -1.0])}


@dataclass(frozen=True, slots=True, eq=False)
class Wearing:
    """Where the watch is: on the arm, and what it says and tells when it is not."""

    on_arm: Bools
    says_worn: Bools  # what its contact sensor makes of it
    charging: Bools  # it measures nothing
    zeros: Bools  # laid aside, it reads nothing
    nonsense: Bools  # laid aside, it reads the table
    aside: Happening


def wearing(chance: Chance, state: State) -> Wearing:
    """Charged once a day, laid aside seven times in ten days, a quarter of those unnoticed."""
    start = hour_of_day(19.5)
    charging = Happenings(chance.of("charging"), DAY, 0.95, (2400, 4500), (start, start + 0.05))
    off = Happenings(chance.of("aside"), DAY / 2, 0.35, (600, 2100))
    at_charger, aside = charging.at(state.at).on, off.at(state.at)
    is_aside = aside.on & ~state.asleep & ~at_charger
    unnoticed = off.draw("unnoticed", aside.slot, low=0, high=1) < 0.25
    reflects = off.draw("reflects", aside.slot, low=0, high=1) < 0.5
    on_arm = ~(is_aside | at_charger)
    return Wearing(
        on_arm=np.asarray(on_arm),
        says_worn=np.asarray(on_arm | (is_aside & unnoticed)),
        charging=at_charger,
        zeros=np.asarray(is_aside & ~reflects),
        nonsense=np.asarray(is_aside & reflects),
        aside=aside,
    )


class Sight:
    """One watch's optics. Asked from any thread; asking changes nothing."""

    def __init__(self, chance: Chance) -> None:
        self._chance = chance

    def heart(self, state: State, worn: Wearing) -> Floats:
        """Whole beats a minute, or a code for none."""
        times, moving = state.at, state.steps > _MOVING
        error = 1.2 * (0.8 * self._smooth("drift", times, 8) + 0.6 * self._bell("beat", times))
        read = state.heart_rate + error * (1 + state.steps / 60)
        read = self._locked(state, read, error)
        halved = Happenings(self._chance.of("halved"), DAY, 0.1, (10, 75)).at(times).on
        read = np.where(halved, read / 2, read)
        wild = self._even("wild", times) < np.where(moving, 1 / 240, 1 / 14400)
        jump = 2 * self._even("jump", times) - 1
        read = np.where(wild, read + np.sign(jump) * (25 + 65 * np.abs(jump)), read)
        table = 60 + 90 * self._of_slot("table rate", worn) + 35 * self._smooth("table beats", times, 10)
        read = np.where(worn.nonsense, table, read)
        return self._coded("HR", times, worn, np.clip(np.rint(read), 25, 230))

    def oxygen(self, state: State, true: Floats, worn: Wearing) -> tuple[Floats, Bools]:
        """Whole percents or a code for none, and where the watch marks its reading as poor."""
        times = state.at
        offset = 0.8 * float(self._chance.of("offset").bell([0])[0])
        error = offset + 0.8 * self._smooth("haze", times, 20) + 0.6 * self._bell("grain", times)
        cold = self._cold().at(times)
        shaken = np.where(state.steps > _MOVING, 2.5 * self._smooth("shaken", times, 20) ** 2, 0.0)
        read = true + error - shaken - self._chilled(cold, times)
        wild = self._even("wild oxygen", times) < 1 / 7200
        read = np.where(wild, 40 + 40 * self._even("wild depth", times), read)
        table = 70 + 25 * self._of_slot("table oxygen", worn) + 7 * self._smooth("table light", times, 10)
        read = np.where(worn.nonsense, table, read)
        walk = np.floor(times / 600).astype(np.int64)
        felt = (shaken > 1) & (self._chance.of("felt").even(walk) < NOTICED)
        noticed = self._cold().draw("noticed", cold.slot, low=0, high=1) < NOTICED
        poor = np.asarray(worn.on_arm & (felt | (cold.on & noticed)), dtype=np.bool_)
        return self._coded("SPO2", times, worn, np.clip(np.rint(read), 50, 100)), poor

    def false_oxygen(self, times: Floats) -> Bools:
        """When a cold hand makes it read low."""
        return self._cold().at(times).on

    def _cold(self) -> Happenings:
        return Happenings(self._chance.of("cold"), 4 * 3600, 0.25, (60, 480))

    def _chilled(self, cold: Happening, times: Floats) -> Floats:
        """Points a cold hand takes away: it comes within seconds, sways, and is grainy."""
        depth = self._cold().draw("depth", cold.slot, low=4, high=16)
        ramp = self._cold().draw("ramp", cold.slot, low=5, high=30)
        edge = np.clip(np.minimum(cold.age, cold.lasts - cold.age) / ramp, 0, 1)
        lost = depth * (1 + 0.2 * self._smooth("swaying", times, 15)) + self._bell("chilled", times)
        return np.where(cold.on, lost * edge, 0.0)

    def _locked(self, state: State, read: Floats, error: Floats) -> Floats:
        """Locked on to the cadence of steps, or twice it; or on to a hand that scrubs and stirs."""
        times = state.at
        steps = Happenings(self._chance.of("locks"), 300, 0.25, (15, 120))
        lock = steps.at(times)
        twice = steps.draw("twice", lock.slot, low=0, high=1) < 0.3
        read = np.where(lock.on & (state.steps > _MOVING), state.steps * np.where(twice, 2, 1) + error, read)
        hands = Happenings(self._chance.of("hands"), 4 * 3600, 0.06, (20, 180))
        busy = hands.at(times)
        rate = hands.draw("rate", busy.slot, low=80, high=140)
        return np.where(busy.on & ~state.asleep, rate + error, read)

    def _coded(self, quantity: str, times: Floats, worn: Wearing, read: Floats) -> Floats:
        """Codes instead of readings: single ones, stretches of a loose strap, and what lies aside."""
        codes = _CODES[quantity]
        single = self._even(f"lost {quantity}", times) < 1 / 500
        loose = Happenings(self._chance.of("loose"), 6 * 3600, 0.3, (10, 120)).at(times).on
        which = (len(codes) * self._even(f"code {quantity}", times)).astype(np.int64)
        read = np.where(single | loose, codes[which], read)
        return np.where(worn.zeros, 0.0, read)

    def _of_slot(self, what: str, worn: Wearing) -> Floats:
        return self._chance.of(what).even(worn.aside.slot)

    def _smooth(self, what: str, times: Floats, every: float) -> Floats:
        return self._chance.of(what).smooth(times, every)

    def _bell(self, what: str, times: Floats) -> Floats:
        return self._chance.of(what).bell(np.rint(times * 10).astype(np.int64))

    def _even(self, what: str, times: Floats) -> Floats:
        return self._chance.of(what).even(np.rint(times * 10).astype(np.int64))
