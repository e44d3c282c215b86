"""Recordings made for a test: rates that wander a little, and nothing of anybody."""

import numpy as np

from healthmon.evaluation import Recording


def calm(name: str = "p1", *, hours: float = 1.0, rate: float = 70.0, seed: int = 1) -> Recording:
    """A rate that wanders by 1 or 2 /min, and a saturation of 97 %, once a second."""
    seconds = np.arange(0, hours * 3600)
    chance = np.random.default_rng(seed)
    wander = np.convolve(chance.normal(0, 1, len(seconds)), np.ones(10) / 10, mode="same")
    values = {"HR": np.round(rate + 2 * wander, 1), "SPO2": np.full(len(seconds), 97.0)}
    return Recording(name, seconds, values)
