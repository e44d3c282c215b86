"""This is the place for the people a model is trained on: many, different, and some of them unwell.

Resting rates of 92,457 adults were 65.5 +- 7.7 with persons from 40 to 109 (doi:10.1371/journal.pone.0227709,
abstract). How many have low oxygen or fall ill is inflated on purpose: a model must see it to learn it.
"""

from devices.chance import Chance
from devices.people import Person, Profile

_LOW_OXYGEN = 0.15
_ATHLETE = 0.10


def cohort(seed: int, count: int) -> tuple[Person, ...]:
    """The first `count` people of this seed's training set; more people do not change the first."""
    return tuple(_person(Chance(seed, "cohort", n), f"sim-{n}") for n in range(1, count + 1))


def _person(chance: Chance, name: str) -> Person:
    profile = _profile(chance.once(0, 1))
    old = profile == "low-oxygen"
    age = int(chance.of("age").once(62 if old else 24, 92))
    return Person(
        id=name,
        name=f"Simulated {name.removeprefix('sim-')}",
        place="Simulator",
        age=age,
        profile=profile,
        resting=_resting(chance, profile),
        oxygen=chance.of("oxygen").once(88.5, 92) if old else chance.of("oxygen").once(96, 98.2),
        wakes=chance.of("wakes").once(5.5, 8.5),
        retires=chance.of("retires").once(21.5, 23.7),
        cups=chance.of("cups").once(0, 4),
        caffeine=0.4 + 2.0 * float(chance.of("caffeine").bell([0])[0]),
        dips=0.5 + 16 * chance.of("dips").once(0, 1) ** 3,
        vigour=0.2 + 0.6 * chance.of("vigour").once(0, 1) * (0.4 if old else 1),
        effort=max(0.12, 0.30 + 0.08 * float(chance.of("effort").bell([0])[0])),
        falls_ill=True,
    )


def _profile(draw: float) -> Profile:
    if draw < _LOW_OXYGEN:
        return "low-oxygen"
    return "athlete" if draw < _LOW_OXYGEN + _ATHLETE else "adult"


def _resting(chance: Chance, profile: Profile) -> float:
    usual = {"low-oxygen": 76.0, "athlete": 54.0, "adult": 66.5}[profile]
    spread = {"low-oxygen": 5.0, "athlete": 2.5, "adult": 6.0}[profile]
    return usual + spread * float(chance.of("resting").bell([0])[0])
