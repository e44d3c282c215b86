"""This is the place for days of a home's life written to a file, as the wire would have carried them.

One event a line, in the order of their times; first who lives there and who wears what. Readings say whose
they are, so that the file is understood with or without its first lines.
"""

import gc
import hashlib
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

import numpy as np

from devices.errors import DeviceError, DeviceReason
from devices.people import Person
from devices.stage.script import Script
from devices.things.household import Household, Manner
from devices.things.introduction import introduce
from devices.things.voice import told
from healthmon.events import wire

_LINES_AT_ONCE = 200_000  # about 150 MB of memory
_READINGS = 4  # lines a person adds each time, about


@dataclass(frozen=True, slots=True)
class Past:
    """A stretch of time in s since the epoch: after `start`, up to `end`, looked at every so many s."""

    start: float
    end: float
    every: float

    def boot(self, seed: int, scenario: str) -> str:
        """The boot id of devices in this past: the same past has the same ids, another one others."""
        words = f"{seed} {self.start:.3f} {self.end:.3f} {self.every:g} {scenario}"
        return "h" + hashlib.blake2b(words.encode(), digest_size=5).hexdigest()

    def pieces(self, people: int) -> Iterator[tuple[float, float]]:
        """The past in pieces small enough to hold in memory, in order."""
        piece = max(1800.0, _LINES_AT_ONCE * self.every / (_READINGS * people))
        edges = np.append(np.arange(self.start, self.end, piece), self.end).tolist()
        return pairwise(edges)


def lines(people: Sequence[Person], script: Script, manner: Manner, past: Past) -> Iterator[bytes]:
    """The JSON lines of this past, some thousands at a time. Bytes depend on nothing but the arguments."""
    household = Household(people, script, manner)
    opening = introduce(people, manner.boot, past.start, told(np.array([past.start]))[0])
    yield wire.write_lines(saying.said for saying in opening)
    for start, end in past.pieces(len(people)):
        yield wire.write_lines(saying.said for saying in household.says(start, end))


def write(path: str, parts: Iterator[bytes], *, tell: Callable[[int], None]) -> int:
    """Write the parts to this file, or to standard output for `-`; how many lines that were.

    The file appears when it is complete and not before. `tell` hears the count of lines so far.
    Raises DeviceError when the file cannot be written.
    """
    if path == "-":
        return _copy(sys.stdout.buffer, parts, tell)
    unfinished = Path(f"{path}.part")
    try:
        with unfinished.open("wb") as file:
            count = _copy(file, parts, tell)
        unfinished.replace(path)
    except OSError as error:
        raise DeviceError(
            DeviceReason.NO_FILE, f"{path} cannot be written: {error.strerror}; choose another --out"
        ) from error
    finally:
        unfinished.unlink(missing_ok=True)
    return count


def _copy(file: BinaryIO, parts: Iterator[bytes], tell: Callable[[int], None]) -> int:
    count = 0
    with _without_collector():
        for part in parts:
            file.write(part)
            count += part.count(b"\n")
            tell(count)
    return count


@contextmanager
def _without_collector() -> Iterator[None]:
    # Millions of small values live for a moment and none form a cycle: looking for cycles costs a quarter.
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
