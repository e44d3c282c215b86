"""This is the place for coffee in a body: how much is there, and what it does to this person's heart.

Absorbed at 5 /h, half gone after 5 h, so the peak is at 44 minutes (peak 30-60 minutes, half-life 1.5-9.5 h:
IOM 2001). 0.43 mg in a millilitre (pubmed 36870101). Trials find next to no effect on the rate of
habitual drinkers: +0.40 /min, 95 % CI -0.78..1.57 (doi:10.1093/nutrit/nuad110); so people here differ around
that mean and the simulator must not teach that coffee raises heart rates.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from devices.arrays import Floats

MG_PER_ML = 0.43
MEMORY = 36 * 3600.0  # s after which a coffee is forgotten: under 1 % of it is left
_IN = 5.0  # /h
_OUT = float(np.log(2)) / 5.0  # /h


@dataclass(frozen=True, slots=True)
class Coffee:
    """A cup, when it was poured and drunk."""

    at: float  # s since the epoch
    millilitres: float
    claimed: bool = False  # whether the kettle knows whose it is


def caffeine(times: Floats, coffees: Sequence[Coffee]) -> Floats:
    """Milligrams in the body at these times, which rise."""
    total = np.zeros(len(times))
    for coffee in coffees:
        first, last = np.searchsorted(times, (coffee.at, coffee.at + MEMORY)).tolist()
        hours = (times[first:last] - coffee.at) / 3600
        share = _IN / (_IN - _OUT) * (np.exp(-_OUT * hours) - np.exp(-_IN * hours))
        total[first:last] += coffee.millilitres * MG_PER_ML * share
    return total
