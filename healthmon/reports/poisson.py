"""This is the place for how sure a count is: the exact interval of a Poisson rate.

Written out, because the library that has it (scipy) takes a third of a second to load and this takes forty
lines. Garwood's interval (Biometrika 28, 1936): its lower end is the mean at which so many or more are seen
with half of what is left of the confidence, its upper end the one for so many or fewer.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import exp, lgamma, log

CONFIDENCE = 0.95
_STEPS = 200  # halvings; a float is exhausted after far fewer


@dataclass(frozen=True, slots=True)
class Rate:
    """So many in so many days. Without days nothing is known: the three rates are None.

    `low` to `high` is the exact 95 % interval of `per_day`, which a single night of bad luck can widen but
    not hide in.
    """

    count: int
    days: float
    per_day: float | None
    low: float | None
    high: float | None


def rate(count: int, days: float) -> Rate:
    """How many a day, and between what bounds that is known."""
    if days <= 0:
        return Rate(count, days, None, None, None)
    low, high = interval(count)
    return Rate(count, days, count / days, low / days, high / days)


def interval(count: int, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """The exact interval of a Poisson mean of which `count` were seen.

    >>> low, high = interval(10)
    >>> round(low, 2), round(high, 2)
    (4.8, 18.39)
    """
    tail = (1 - confidence) / 2
    # 20 + 2 * count is beyond every upper end for a confidence up to .9999.
    most = 20.0 + 2.0 * count
    low = 0.0 if count == 0 else _where(lambda mean: at_most(count - 1, mean) <= 1 - tail, most)
    return low, _where(lambda mean: at_most(count, mean) <= tail, most)


def at_most(count: int, mean: float) -> float:
    """How probable it is to see `count` or fewer where `mean` are to be expected."""
    if mean <= 0:
        return 1.0
    # Added from the largest down, relative to it: a mean of thousands would otherwise vanish in exp(-mean).
    term, total = 1.0, 1.0
    for k in range(count, 0, -1):
        term *= k / mean
        total += term
        if term < total * 1e-17:
            break
    return min(1.0, exp(count * log(mean) - mean - lgamma(count + 1) + log(total)))


def _where(is_beyond: Callable[[float], bool], most: float) -> float:
    """The point from which on this holds, up to `most`."""
    low, high = 0.0, most
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if middle in {low, high}:
            break
        low, high = (low, middle) if is_beyond(middle) else (middle, high)
    return (low + high) / 2
