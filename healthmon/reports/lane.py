"""This is the place for one quantity of one person over a week, small enough to be gone through in a moment.

Four numbers a reading and what it was taken for, in arrays; an entry is made again when somebody hears it.
"""

from array import array
from collections.abc import Sequence
from math import isnan, nan
from typing import Final

import numpy as np
from numpy.typing import NDArray

from healthmon.alarms.doubt import is_doubted
from healthmon.alarms.source import REMEMBERED, Source
from healthmon.events import Context, Delivery, Entry, Json, Thing
from healthmon.reports.moments import moment_of, number_of

# What a reading was taken for, when the rule heard everything.
_TAKEN: Final = 1  # one of a body: its device told it last
_DEAF: Final = 2  # one of nobody: its device lay somewhere
_DOUBTED: Final = 4  # by the device itself
_OLD: Final = 8  # late, or from a file: it tells what is usual, and no more

_LIVE = Delivery.LIVE

Positions = NDArray[np.int64]


class Lane:
    """Readings of one quantity, by position 0 to `len`: added in the order of the log, closed, then read."""

    def __init__(self, person: str, quantity: str) -> None:
        self._person, self._thing = person, Thing(quantity)
        self._devices: list[Thing] = []
        self._names: list[str] = []
        self._number_of: dict[Thing, int] = {}
        self._offsets, self._times, self._stamps = array("q"), array("q"), array("q")
        self._values, self._who, self._kind = array("d"), array("H"), bytearray()
        self._told: list[Positions] = []  # by device
        self._taken: list[Positions] = []
        self._odd: Positions = np.zeros(0, dtype=np.int64)

    def __len__(self) -> int:
        return len(self._offsets)

    def add(self, entry: Entry, source: Source | None) -> None:
        """A reading that the rule has just heard, and its device as it is known since."""
        number = self._number_of.setdefault(entry.subject, len(self._devices))
        if number == len(self._devices):
            self._devices.append(entry.subject)
            self._names.append(entry.subject.name)
        amount = entry.amount
        self._offsets.append(entry.offset)
        self._times.append(number_of(entry.time))
        self._stamps.append(number_of(entry.received))
        self._values.append(nan if amount is None else amount)
        self._who.append(number)
        self._kind.append(_kind_of(entry, source))

    def close(self) -> None:
        """Everything was added."""
        who, times = np.asarray(self._who), np.asarray(self._times)
        is_taken, odd = self._are(_TAKEN), list[Positions]()
        for number in range(len(self._devices)):
            told = np.flatnonzero(who == number)
            taken = told[is_taken[told]]
            is_set_back = np.diff(times[taken], prepend=times[taken[:1]]) < 0
            self._told.append(told)
            self._taken.append(taken)
            odd += [told[:1], taken[:1], taken[is_set_back]]
        self._odd = np.concatenate([self._odd, *odd])

    def place(self, offset: int | None) -> int:
        """The first position that is not before this offset; None: the end."""
        return len(self) if offset is None else int(np.searchsorted(self._offsets, offset))

    def outside(self, lower: float, upper: float) -> Positions:
        """Which readings of a body do not lie between the two; and the first of each device, and those by
        which its clock was set back. In order."""
        values = np.asarray(self._values)
        is_out = self._are(_TAKEN) & ~((values > lower) & (values < upper))
        is_out[self._odd] = True
        return np.flatnonzero(is_out)

    def latest(self, begin: int, end: int) -> Sequence[int]:
        """Of the readings from `begin` on, before `end`: those that devices remember then. In order.

        Nothing in between may have set a clock back (`outside`).
        """
        found: list[int] = []
        for told, taken in zip(self._told, self._taken, strict=True):
            last = int(np.searchsorted(taken, end))
            since = max(begin, int(taken[last - REMEMBERED])) if last >= REMEMBERED else begin
            first, stop = np.searchsorted(told, (since, end)).tolist()
            found += told[first:stop].tolist()
        return sorted(found)

    def device(self, position: int) -> str:
        """Whose reading it is."""
        return self._names[self._who[position]]

    def is_deaf(self, position: int) -> bool:
        """Whether the device was on nobody: what it told then begins and ends nothing."""
        return bool(self._kind[position] & _DEAF)

    def entry(self, position: int) -> Entry:
        """The reading as the rule heard it."""
        amount, kind = self._values[position], self._kind[position]
        context: dict[str, Json] = {"person": self._person, "value": None if isnan(amount) else amount}
        if kind & (_DOUBTED | _OLD):
            context |= _marks(kind)
        return Entry(
            id="",
            time=moment_of(self._times[position]),
            subject=self._devices[self._who[position]],
            verb="MEASURES",
            object=self._thing,
            context=context,
            offset=self._offsets[position],
            received=moment_of(self._stamps[position]),
        )

    def _are(self, kind: int) -> NDArray[np.bool_]:
        found: NDArray[np.bool_] = np.frombuffer(self._kind, dtype=np.uint8) & kind != 0
        return found


def _kind_of(entry: Entry, source: Source | None) -> int:
    if entry.delivery is not _LIVE:
        return _OLD
    kind = _DOUBTED if is_doubted(entry.context) else 0
    if source is not None:
        is_taken = bool(source.times) and source.times[-1] is entry.time
        kind |= (_TAKEN if is_taken else 0) | (_DEAF if source.is_off else 0)
    return kind


def _marks(kind: int) -> Context:
    """Any word for worse than good will do, and any for old."""
    return ({"quality": "poor"} if kind & _DOUBTED else {}) | ({"delivery": "late"} if kind & _OLD else {})
