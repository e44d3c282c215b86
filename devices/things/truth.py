"""This is the place for the hidden truth of a body, told once a minute for training and for judging models.

No device says this, and it never goes on the wire: it stands beside the readings in a file.
"""

from itertools import compress

import numpy as np

from devices.arrays import Bools, Floats
from devices.physiology.body import State
from devices.stage.script import Kind
from devices.things.voice import Saying, Voice
from healthmon.events import Json, Thing

_TRUTH = Thing("TRUTH")
_BODY = Thing("SIMULATOR", "body")


def quality(state: State) -> Floats:
    """How well this body is, 0 to 100: the formula of the project's evidence page, section 4.1.

    100 * exp(-(1.0 ill + 1.1 max(0, |HR - expected| - 10) / 30 + 1.3 max(0, (usual SpO2 - SpO2) - 2.5) / 7)).
    """
    rate = np.maximum(0, np.abs(state.heart_rate - state.usual_heart_rate) - 10) / 30
    oxygen = np.maximum(0, state.usual_oxygen - state.oxygen - 2.5) / 7
    return np.asarray(100 * np.exp(-(1.0 * state.ill + 1.1 * rate + 1.3 * oxygen)), dtype=np.float64)


class Truth:
    """Tells what is true of one person."""

    def __init__(self, person: str, boot: str) -> None:
        self._person = person
        self._voice = Voice(_BODY, f"{person}:{boot}", claims={"person": person})

    def says(self, state: State, texts: list[str], worn: Bools) -> list[Saying]:
        """One sentence at each full minute of this state; `worn` is the watch."""
        minute = state.at % 60 == 0
        times = zip(state.at[minute].tolist(), compress(texts, minute.tolist()), strict=True)
        rows = zip(*_columns(state, worn, minute), strict=True)
        return self._voice.says(
            (at, text, "REPORTS", _TRUTH, dict(zip(_NAMES, row, strict=True)))
            for (at, text), row in zip(times, rows, strict=True)
        )


_NAMES = ("value", "hr", "hr_expected", "spo2", "spo2_base", "ill", "asleep", "steps", "worn", "event")


def _columns(state: State, worn: Bools, minute: Bools) -> list[list[Json]]:
    return [
        _rounded(quality(state), minute),
        _rounded(state.heart_rate, minute),
        _rounded(state.usual_heart_rate, minute),
        _rounded(state.oxygen, minute),
        _rounded(state.usual_oxygen, minute),
        _rounded(state.ill, minute),
        state.asleep[minute].tolist(),
        np.rint(state.steps_before[minute]).astype(np.int64).tolist(),
        worn[minute].tolist(),
        _events(state)[minute].tolist(),
    ]


def _rounded(amounts: Floats, where: Bools) -> list[Json]:
    return list(np.round(amounts[where], 2).tolist())


def _events(state: State) -> "np.ndarray[tuple[int], np.dtype[np.str_]]":
    """The name of what is happening to the body; empty when nothing is."""
    return np.select(
        [
            state.trouble.is_racing | state.planted[Kind.SPIKE],
            state.trouble.is_sinking | state.planted[Kind.DESATURATION],
            state.ill > 0,
        ],
        ["tachycardia", "desaturation", "illness"],
        default="",
    )
