"""This is the place for chance: a pure function of who, what and when, never of what was drawn before.

So a person's body is the same whoever else is simulated, history and live agree to the second, and a day
can be computed without the days before it. The numbers are splitmix64's (Steele, Lea and Flood 2014,
doi:10.1145/2660193.2660195) and do not depend on the version of numpy.
"""

import hashlib
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from devices.arrays import Floats, Ints

_STEP = np.uint64(0x9E3779B97F4A7C15)
_MIX = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))
_FOUR_UNIFORMS_SD = (4 / 12) ** 0.5


@lru_cache(maxsize=1 << 16)
def _key(words: tuple[str | int, ...]) -> NDArray[np.uint64]:
    text = "\x1f".join(str(word) for word in words)
    digest = hashlib.blake2b(text.encode(), digest_size=8).digest()
    return np.array([int.from_bytes(digest, "big")], dtype=np.uint64)


class Chance:
    """A stream of draws with a name. Asked from any thread; asking changes nothing.

    >>> Chance(7, "maria").even([1, 2]).tolist() == Chance(7, "maria").even([1, 2]).tolist()
    True
    """

    __slots__ = ("_key", "_words")

    def __init__(self, *words: str | int) -> None:
        self._words = words
        self._key = _key(words)

    def of(self, *words: str | int) -> "Chance":
        """The chance of one thing among those this chance decides."""
        return Chance(*self._words, *words)

    def even(self, at: "Ints | list[int]") -> Floats:
        """A number from 0 to below 1 for each index."""
        return (self._bits(at) >> np.uint64(11)).astype(np.float64) * 2.0**-53

    def bell(self, at: "Ints | list[int]") -> Floats:
        """A number with mean 0 and standard deviation 1 for each index, never beyond 3.47.

        The sum of four even ones: nearly normal, without the tails no body has.
        """
        bits = self._bits(at)
        quarters = [(bits >> np.uint64(16 * i) & np.uint64(0xFFFF)).astype(np.float64) for i in range(4)]
        return (sum(quarters, np.zeros(len(bits))) / 65536 - 2) / _FOUR_UNIFORMS_SD

    def smooth(self, times: Floats, every: float) -> Floats:
        """A wandering line with mean 0 and standard deviation 1 that forgets itself after `every` seconds."""
        place = times / every
        before = np.floor(place).astype(np.int64)
        share = place - before
        mixed = self.bell(before) * (1 - share) + self.bell(before + 1) * share
        return mixed / np.sqrt((1 - share) ** 2 + share**2)

    def once(self, low: float, high: float) -> float:
        """One number for good, from `low` to below `high`."""
        return low + (high - low) * float(self.even([0])[0])

    def _bits(self, at: "Ints | list[int]") -> NDArray[np.uint64]:
        index: NDArray[Any] = np.asarray(at, dtype=np.int64).astype(np.uint64)
        mixed = self._key + (index + np.uint64(1)) * _STEP
        mixed = (mixed ^ mixed >> np.uint64(30)) * _MIX[0]
        mixed = (mixed ^ mixed >> np.uint64(27)) * _MIX[1]
        return np.asarray(mixed ^ mixed >> np.uint64(31), dtype=np.uint64)
