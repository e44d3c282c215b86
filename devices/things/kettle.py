"""This is the place for the kettle: power while it boils, then a coffee, whose it does not know."""

from collections.abc import Iterable, Iterator

import numpy as np

from devices.physiology.caffeine import Coffee
from devices.things.voice import Saying, Voice, Words, told
from healthmon.events import Json, Thing

BOILS_FOR = 150.0  # s, from switching on to pouring
_OFF_BEFORE = 15.0  # s between switching off and pouring
_EVERY = 15.0  # s between two readings of power
_WATTS = 1980

_POWER, _COFFEE = Thing("POWER"), Thing("COFFEE")


class Kettle:
    """One kettle. Keeps nothing but its count; silent while nobody wants coffee."""

    def __init__(self, voice: Voice) -> None:
        self._voice = voice

    def says(self, coffees: Iterable[tuple[str, Coffee]], start: float, end: float) -> list[Saying]:
        """Its sentences after `start` and up to `end`, for these cups and their drinkers."""
        return self._voice.says(
            words for who, coffee in coffees for words in _boiling(who, coffee) if start < words[0] <= end
        )


def _boiling(who: str, coffee: Coffee) -> Iterator[Words]:
    poured = float(np.floor(coffee.at))
    times = np.append(
        np.arange(poured - BOILS_FOR, poured - _OFF_BEFORE, _EVERY), [poured - _OFF_BEFORE, poured]
    )
    moments = list(zip(times.tolist(), told(times), strict=True))
    for at, text in moments[:-2]:
        yield at, text, "MEASURES", _POWER, {"value": _WATTS, "unit": "W"}
    yield *moments[-2], "MEASURES", _POWER, {"value": 0, "unit": "W"}
    drinker: dict[str, Json] = {"person": who} if coffee.claimed else {}
    cup: dict[str, Json] = {"value": round(coffee.millilitres), "unit": "mL", "place": "Kitchen"}
    yield *moments[-1], "PERCOLATES", _COFFEE, {**cup, **drinker}
