"""This is the place for one whole body: what is true of a person at any moment, and nobody can see.

A body is a pure function of (seed, person, script, time). It keeps no state: history on a coarse grid and
live readings each second are looks at the same life, so a live run continues its history.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from devices.arrays import Bools, Floats, Ints
from devices.chance import Chance
from devices.daytime import DAY, day, hour, seconds, utc
from devices.happenings import Happenings, hour_of_day
from devices.people import Person
from devices.physiology import circadian
from devices.physiology.activity import Walking
from devices.physiology.caffeine import MEMORY, Coffee, caffeine
from devices.physiology.easing import LONGEST, eased, wandering
from devices.physiology.illness import BREATHLESS, FEVER, Health, Trouble
from devices.physiology.sleep import FALLING_ASLEEP, Sleep
from devices.stage.script import DIRECTING, Kind, Script

_SLEEP_SLOWS = 6.0  # /min, our choice: with the circadian swing it makes published day-night differences
_SLEEP_LOWERS = 1.0  # points: nightly medians near 96.5 (pubmed 8989066)
_STRAIN = 3.0  # /min, standard deviation of stress and mood
_STRAIN_MEMORY = 15.0  # minutes
_SLEEP_CALMS = 0.6  # of the strain
_DAILY = 1.5  # /min, standard deviation from day to day
_CUPS_AFTER_WAKING = (0.5, 3.5, 7.0, 9.0)  # h
_DAYS_KEPT = 64  # of habits computed
_AROUSAL = 0.8  # /min per point of oxygen lost in a pause of breathing


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """What is true of one body at some times; all arrays are as long as `at`."""

    at: Floats  # s since the epoch
    heart_rate: Floats
    usual_heart_rate: Floats  # for this person at this hour, movement and caffeine
    oxygen: Floats
    usual_oxygen: Floats
    ill: Floats  # 0..1
    asleep: Bools
    steps: Floats  # in the minute each time lies in
    steps_before: Floats  # in the minute before it
    directed: Bools  # a scenario decides what this person does
    trouble: Trouble
    planted: dict[Kind, Bools]  # when planted spikes and desaturations are on


@dataclass(frozen=True, slots=True, eq=False)
class _Minutes:
    """What a body does, minute by minute, with enough past for what follows slowly."""

    number: Ints
    asleep: Bools
    steps: Floats
    directed: Bools

    def ends(self) -> Floats:
        return seconds(self.number + 1)


class Body:
    """The hidden life of one person. Asked from one thread; asking changes nothing."""

    def __init__(self, person: Person, seed: int, script: Script) -> None:
        self.person = person
        self._script = script
        self._chance = Chance(seed, "body", person.id)
        self._sleep = Sleep(person, self._chance.of("sleep"))
        self._walking = Walking(person, self._chance.of("walking"))
        self._habits: dict[int, tuple[Coffee, ...]] = {}
        self._health = Health(self._chance.of("health"), person.falls_ill)

    def state(self, times: Floats) -> State:
        """What is true at these times: rising, not empty, and of one stretch."""
        minutes = self._minutes(times)
        trouble = self._health.trouble(times)
        usual = self._usual_heart_rate(times, minutes)
        here = np.floor(times / 60).astype(np.int64) - minutes.number[0]
        asleep = minutes.asleep[here]
        usual_oxygen = self.person.oxygen - _SLEEP_LOWERS * self._depth(times, minutes)
        dips = self._sleep.dips(times, asleep)
        ill = np.maximum(trouble.ill, self._strength(Kind.ILLNESS, times))
        strain = self._strain(times, minutes) + _AROUSAL * dips + FEVER * ill + trouble.racing
        heart_rate = usual + strain + self._strength(Kind.SPIKE, times)
        return State(
            at=times,
            heart_rate=np.clip(heart_rate, 32, 195),
            usual_heart_rate=usual,
            oxygen=self._oxygen(times, usual_oxygen, dips + BREATHLESS * ill + trouble.sinking),
            usual_oxygen=usual_oxygen,
            ill=ill,
            asleep=asleep,
            steps=minutes.steps[here],
            steps_before=minutes.steps[here - 1],
            directed=minutes.directed[here],
            trouble=trouble,
            planted={
                k: self._script.covers(self.person.id, times, k) for k in (Kind.SPIKE, Kind.DESATURATION)
            },
        )

    def coffees(self, start: float, end: float) -> tuple[Coffee, ...]:
        """The cups drunk from `start` up to `end`, by habit or by script, in order."""
        first, last = day(np.array([start, end])).tolist()
        habit = [cup for number in range(first, last + 1) for cup in self._habit(number)]
        planted = [
            Coffee(one.start, one.amount, one.claimed) for one in self._script.of(self.person.id, Kind.COFFEE)
        ]
        wanted = [cup for cup in (*habit, *planted) if start <= cup.at < end]
        return tuple(sorted(wanted, key=lambda cup: cup.at))

    def _habit(self, number: int) -> tuple[Coffee, ...]:
        """The cups of one local day that nobody directs."""
        if number not in self._habits:
            if len(self._habits) > _DAYS_KEPT:
                self._habits.clear()
            self._habits[number] = tuple(self._cups_of(number))
        return self._habits[number]

    def _cups_of(self, number: int) -> Iterator[Coffee]:
        start = utc(number * DAY)
        for cup in _cups(self.person, self._chance):
            for at, slot in cup.between(start, start + DAY):
                moment = np.array([np.floor(at)])
                if not self._script.covers(self.person.id, moment, *DIRECTING)[0]:
                    volume = cup.draw("volume", np.array([slot]), low=3, high=7) // 1 * 50
                    yield Coffee(float(moment[0]), float(volume[0]))

    def _minutes(self, times: Floats) -> _Minutes:
        first, last = int(times[0] // 60) - LONGEST - 1, int(times[-1] // 60) + 1
        number = np.arange(first, last + 1, dtype=np.int64)
        asleep = self._sleep.asleep(seconds(number))
        steps = self._walking.steps(number, asleep)
        for one in self._script.of(self.person.id, Kind.PACE):
            steps = np.where(one.covers(seconds(number), longer=60.0), np.minimum(steps, one.amount), steps)
        directed = np.zeros(len(number), dtype=np.bool_)
        for one in self._script.of(self.person.id, *DIRECTING):
            on = one.covers(seconds(number), longer=60.0)
            directed |= on
            asleep = np.where(on, one.kind is Kind.SLEEP, asleep)
            steps = np.where(on, one.amount if one.kind is Kind.WALK else 0.0, steps)
        return _Minutes(number, asleep, steps, directed)

    def _usual_heart_rate(self, times: Floats, minutes: _Minutes) -> Floats:
        effort = np.interp(times, minutes.ends(), self._walking.effect(minutes.steps))
        drunk = caffeine(times, self.coffees(float(times[0]) - MEMORY, float(times[-1]) + 1))
        return np.asarray(
            self.person.resting
            + circadian.swing(self.person, hour(times))
            - _SLEEP_SLOWS * self._depth(times, minutes)
            + effort
            + self.person.caffeine * drunk / 100,
            dtype=np.float64,
        )

    def _depth(self, times: Floats, minutes: _Minutes) -> Floats:
        return np.interp(times, minutes.ends(), eased(minutes.asleep.astype(np.float64), FALLING_ASLEEP))

    def _strain(self, times: Floats, minutes: _Minutes) -> Floats:
        draws = self._chance.of("strain").bell(minutes.number)
        strain = np.interp(times, minutes.ends(), wandering(draws, _STRAIN_MEMORY))
        calm = 1 - _SLEEP_CALMS * self._depth(times, minutes)
        return _STRAIN * calm * strain + _DAILY * self._chance.of("day").smooth(times, 1.5 * DAY)

    def _oxygen(self, times: Floats, usual: Floats, lost: Floats) -> Floats:
        oxygen = usual + 0.35 * self._chance.of("oxygen").smooth(times, 90) - lost
        for one in self._script.of(self.person.id, Kind.DESATURATION):
            oxygen = np.minimum(oxygen, usual + (one.amount - usual) * one.strength(times))
        return np.clip(oxygen, 60, 100)

    def _strength(self, kind: Kind, times: Floats) -> Floats:
        """How much of a planted kind there is, in the kind's unit (a share for percents of an illness)."""
        total = np.zeros(len(times))
        for one in self._script.of(self.person.id, kind):
            total += (one.amount / 100 if kind is Kind.ILLNESS else one.amount) * one.strength(times)
        return total


def _cups(person: Person, chance: Chance) -> list[Happenings]:
    """The first cup soon after waking, the others later and less sure."""
    return [
        Happenings(
            chance.of("cup", number),
            DAY,
            min(1.0, max(0.0, person.cups - number)) * 0.92,
            (60, 60),
            (hour_of_day(person.wakes + later), hour_of_day(person.wakes + later + 1)),
        )
        for number, later in enumerate(_CUPS_AFTER_WAKING)
    ]
