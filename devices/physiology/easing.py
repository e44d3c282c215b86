"""This is the place for the sluggishness of bodies: what follows its cause by and by."""

import numpy as np

from devices.arrays import Floats

LONGEST = 120  # minutes of past that an easing may need


def eased(per_minute: Floats, minutes: float) -> Floats:
    """Each minute's cause, followed with this time constant; the value holds at the end of its minute."""
    fading = np.exp(-1 / minutes)
    reach = min(LONGEST, int(np.ceil(6 * minutes)) + 1)
    weights = fading ** np.arange(reach)
    return np.convolve(per_minute, weights / weights.sum())[: len(per_minute)]


def wandering(per_minute: Floats, minutes: float) -> Floats:
    """Independent draws of each minute made into a line that forgets itself with this time constant.

    An Ornstein-Uhlenbeck process seen once a minute, with the standard deviation of the draws.
    """
    fading = np.exp(-1 / minutes)
    reach = min(LONGEST, int(np.ceil(6 * minutes)) + 1)
    weights = fading ** np.arange(reach)
    return np.convolve(per_minute, weights / np.sqrt((weights**2).sum()))[: len(per_minute)]
