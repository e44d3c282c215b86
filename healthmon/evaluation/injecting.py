"""This is the place for events that are added to recordings, so that it is known what should be found.

A step (5 s up, 115 s held, 10 s down), a ramp (60, 60, 30), five seconds, a single sample, a drift of 20
minutes; of oxygen a fall (20 s down, 120 s held, 20 s up). All but the single sample are smoothed over 10 s,
as wrist watches do it.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from healthmon.evaluation.recording import Floats, Recording
from healthmon.events.plausible import GATES
from healthmon.events.vocabulary import HR, SPO2

SMOOTHED = 10  # s
CALM_BETWEEN = (300, 600)  # s from the end of an event to the next, at least and from onset to onset at most
FIRST = (120, 600)  # s: when the first one begins


class Shape(StrEnum):
    """What an added event looks like."""

    STEP = "step"
    RAMP = "ramp"
    TRANSIENT = "transient"
    ARTEFACT = "artefact"
    DRIFT = "drift"
    FALL = "fall"


SIZES = (10.0, 15.0, 25.0, 40.0, 60.0)
ARTEFACTS = (-90.0, -60.0, -40.0, -25.0, 25.0, 40.0, 60.0, 90.0)
FALLS = (4.0, 8.0, 12.0, 16.0)
_HOW_OFTEN = {
    Shape.STEP: 0.29,
    Shape.RAMP: 0.29,
    Shape.TRANSIENT: 0.18,
    Shape.ARTEFACT: 0.22,
    Shape.DRIFT: 0.02,
}


@dataclass(frozen=True, slots=True)
class Injected:
    """One added event: when it begins (s of its recording), how it looks, and by how much."""

    at: float
    shape: Shape
    size: float


def outline(shape: Shape) -> Floats:
    """The event of size 1, second by second."""
    match shape:
        case Shape.STEP:
            drawn = _joined((0, 1, 5), (1, 1, 115), (1, 0, 10))
        case Shape.RAMP:
            drawn = _joined((0, 1, 60), (1, 1, 60), (1, 0, 30))
        case Shape.TRANSIENT:
            drawn = np.ones(5)
        case Shape.ARTEFACT:
            return np.ones(1)
        case Shape.DRIFT:
            drawn = _joined((0, 1, 1_200), (1, 0, 60))
        case Shape.FALL:
            drawn = _joined((0, -1, 20), (-1, -1, 120), (-1, 0, 20))
    return np.convolve(drawn, np.ones(SMOOTHED) / SMOOTHED)


def injected(
    recording: Recording, seed: int, copy: int, quantity: str = HR
) -> tuple[Recording, list[Injected]]:
    """A copy of the recording with events added every 8 to 10 minutes, and which.

    The same seed and copy give the same events, whatever else is evaluated.
    """
    chance = np.random.default_rng([seed, copy, recording.seed])
    values = recording.values[quantity].copy()
    events: list[Injected] = []
    at = recording.seconds[0] + chance.integers(*FIRST)
    while True:
        shape, size = _drawn(chance, quantity)
        drawn = outline(shape)
        if at + len(drawn) + SMOOTHED > recording.seconds[-1]:
            break
        values += size * _laid(drawn, recording.seconds - at)
        events.append(Injected(float(at), shape, size))
        at += max(len(drawn) + CALM_BETWEEN[0], chance.integers(480, CALM_BETWEEN[1]))
    least, most = GATES[quantity]
    changed = {**recording.values, quantity: np.clip(np.round(values, 2), least, most)}
    return Recording(recording.name, recording.seconds, changed), events


def _joined(*parts: tuple[float, float, int]) -> Floats:
    """Straight lines, one after the other: from, to, in so many seconds."""
    return np.concatenate([np.linspace(start, end, length + 1)[1:] for start, end, length in parts])


def _drawn(chance: np.random.Generator, quantity: str) -> tuple[Shape, float]:
    if quantity == SPO2:
        return Shape.FALL, float(chance.choice(FALLS))
    shape = list(_HOW_OFTEN)[chance.choice(len(_HOW_OFTEN), p=list(_HOW_OFTEN.values()))]
    return shape, float(chance.choice(ARTEFACTS if shape is Shape.ARTEFACT else SIZES))


def _laid(drawn: Floats, since: Floats) -> Floats:
    """What the event adds to readings so long after its onset. Between whole seconds the earlier counts."""
    whole = np.floor(since).astype(np.int64)
    is_in = (whole >= 0) & (whole < len(drawn))
    added: Floats = np.where(is_in, drawn[np.clip(whole, 0, len(drawn) - 1)], 0.0)
    return added
