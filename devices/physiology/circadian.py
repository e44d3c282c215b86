"""This is the place for what the hour alone does to a heart at rest.

Two harmonics, 24 h and 12 h, describe 17,000 wrist wearers; waking comes 2.4 h after the trough and the
swing falls with age (research.google/pubs/circadian-rhythm-of-heart-rate-and-activity; abstract read).
The sizes of both swings are our choice within the day-night differences published for resting rates.
"""

import numpy as np

from devices.arrays import Floats
from devices.people import Person

WAKING_AFTER_TROUGH = 2.4  # h
_YOUNG_SWING = 5.0  # /min, half of top to bottom
_SECOND_SWING = 1.2  # /min


def swing(person: Person, hour: Floats) -> Floats:
    """Heart rate above the day's middle, in /min, at these hours of the day."""
    trough = person.wakes - WAKING_AFTER_TROUGH
    fading = 1 - 0.5 * np.clip((person.age - 30) / 60, 0, 1)
    first = -_YOUNG_SWING * fading * np.cos(2 * np.pi * (hour - trough) / 24)
    second = -_SECOND_SWING * np.cos(4 * np.pi * (hour - trough) / 24)
    return np.asarray(first + second, dtype=np.float64)
