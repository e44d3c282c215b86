"""This is the place for the shape of what comes, stays and goes: up, level, down."""

import numpy as np

from devices.arrays import Floats


def trapezoid(age: Floats, lasts: "Floats | float", *, rise: float, fall: float) -> Floats:
    """0 before it begins and after `lasts` seconds, 1 once it has risen; straight lines between."""
    up = age / rise if rise > 0 else np.where(age >= 0, 1.0, 0.0)
    left = lasts - age
    down = left / fall if fall > 0 else np.where(left > 0, 1.0, 0.0)
    return np.clip(np.minimum(up, down), 0.0, 1.0)
