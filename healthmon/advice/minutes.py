"""This is the place for one person's last hour, minute by minute, as one stream of readings told it.

Everything the advice knows is made from whole minutes: one reading a minute and one a second then mean the
same thing, live, in replay and in training.
"""

from collections import deque
from collections.abc import Callable
from itertools import pairwise
from statistics import median
from typing import NamedTuple

# What a worn sensor can honestly say, as the rules see it too (healthmon/rules/plausible.py): our choice. 0,
# 255 and, for oxygen, 127 are how devices spell "nothing".
RATES = (20.0, 250.0)
OXYGEN = (35.0, 100.0)

# A minute is learnt from once this many newer ones have begun: devices do not speak in step.
SETTLE = 5
_KEPT = 64
_MOST_READINGS = 600
ROOMY = _MOST_READINGS // 2

# A dip is one look at the oxygen 3 points or more under the median of the looks before it. A look is the
# first valid reading of a minute, whatever the device's rate, so the count means the same at one reading a
# minute and at one a second. It finds only a part of the dips an overnight study would count.
_DIP = 3.0
_LOOKS_BEFORE = 10
_FEWEST_LOOKS = 3

# The heart follows the steps of this minute and the two before it (our choice, near a 45 s time constant).
_LOAD = (0.6, 0.3, 0.1)


class Settled(NamedTuple):
    """A whole minute to learn from. `minute` counts from the epoch; None where nothing was valid."""

    minute: int
    rate: float | None
    oxygen: float | None
    load: float
    still: bool
    dip: bool


class Readings:
    """One quantity in one minute: its valid values, and how many were said at all."""

    __slots__ = ("_first", "_gone", "_invalid", "_known", "_middle", "_values")

    def __init__(self) -> None:
        self._values: list[float] = []
        self._invalid = 0
        self._gone = 0  # valid values that were forgotten when it was closed
        self._first: float | None = None
        self._middle: float | None = None
        self._known = 0  # how many values the median was made of

    @property
    def roomy(self) -> list[float] | None:
        """Where valid values may be laid until there are `ROOMY` of them; None when too many were invalid."""
        return self._values if self._invalid <= ROOMY else None

    @property
    def valid(self) -> int:
        """How many valid values were said."""
        return len(self._values) + self._gone

    @property
    def said(self) -> int:
        """How many were said at all."""
        return self.valid + self._invalid

    @property
    def first(self) -> float | None:
        """The first valid value, if there is one."""
        return self._values[0] if self._values else self._first

    def middle(self) -> float | None:
        """The median of the valid values."""
        values = self._values
        if values and self._known != len(values) + self._gone:
            self._known = len(values)
            self._middle = median(values)
        return self._middle

    def share(self) -> float:
        """How many of the readings were valid, 0 to 1; 0 when nothing was said."""
        valid = len(self._values) + self._gone
        return valid / (valid + self._invalid) if valid else 0.0

    def hear(self, value: float, *, valid: bool) -> None:
        """Take one reading. Beyond 600 a minute nothing is learnt by listening."""
        if valid:
            self.take(value)
        elif self.said < _MOST_READINGS:
            self._invalid += 1

    def take(self, value: float) -> None:
        """Take one valid reading."""
        values = self._values
        if len(values) + self._invalid < _MOST_READINGS:
            values.append(value)

    def close(self) -> None:
        """Nothing more will be said: keep the median, forget the values."""
        self.middle()
        self._first, self._gone = self.first, self.valid
        self._values.clear()


class Minute:
    """What was heard in one minute."""

    __slots__ = ("oxygen", "rate", "steps")

    def __init__(self) -> None:
        self.rate = Readings()
        self.oxygen = Readings()
        self.steps = 0.0


class Window:
    """The last hour of one stream. One thread; memory bounded by the hour, whatever the rate.

    Each minute is handed to `learn` once, when it has settled; later words about it are dropped. When time
    goes back by more than an hour (a second file is imported) the window starts again there.
    """

    def __init__(self, learn: Callable[[Settled], None]) -> None:
        self.learn = learn  # whoever brings a kept window back sets it again: functions are not kept
        self._minutes: dict[int, Minute] = {}
        self._newest = -1
        self._settled = -1
        self._dips: deque[int] = deque(maxlen=_KEPT)

    def __getstate__(self) -> dict[str, object]:
        return {name: value for name, value in vars(self).items() if name != "learn"}

    def minute(self, number: int) -> Minute | None:
        """The minute to write into, or None when it has settled already."""
        found = self._minutes.get(number)
        if found is None or number <= self._settled:
            return self._opened(number)
        return found

    def peek(self, number: int) -> Minute | None:
        """The minute to read, if anything was heard in it."""
        return self._minutes.get(number)

    def load(self, number: int) -> float:
        """Steps a minute that the heart is answering to, 0 when none were reported."""
        return sum(weight * self._steps(number - back) for back, weight in enumerate(_LOAD))

    def is_still(self, number: int) -> bool:
        """No steps in this minute and the four before it.

        Heart rate settles within 4 minutes of rest: PLOS Digital Health 2023, 10.1371/journal.pdig.0000236.
        """
        return not any(self._steps(number - back) for back in range(SETTLE))

    def dips(self, before: int) -> int:
        """How many dips began in the 60 minutes before this one."""
        since = before - 60
        settled = sum(since <= minute < before for minute in self._dips)
        return settled + sum(self._dips_in(max(self._settled + 1, since), before))

    def _steps(self, number: int) -> float:
        found = self._minutes.get(number)
        return found.steps if found else 0.0

    def _opened(self, number: int) -> Minute | None:
        if number < self._newest - 60:
            self._start_again()
        if number <= self._settled:
            return None
        made = self._minutes[number] = Minute()
        if number > self._newest:
            self._settle(number - SETTLE)
            self._newest = number
        return made

    def _start_again(self) -> None:
        self._settle(self._newest)
        self._minutes.clear()
        self._dips.clear()
        self._newest = self._settled = -1

    def _settle(self, until: int) -> None:
        oldest = max(self._settled + 1, self._newest - _KEPT)
        for number in range(oldest, min(until, self._newest) + 1):
            if number in self._minutes:
                self.learn(self._summed_up(number))
        self._settled = max(self._settled, until)
        while self._minutes and (first := next(iter(self._minutes))) < until - _KEPT:
            del self._minutes[first]

    def _summed_up(self, number: int) -> Settled:
        minute = self._minutes[number]
        (dip,) = self._dips_in(number, number + 1)
        if dip:
            self._dips.append(number)
        minute.rate.close()
        minute.oxygen.close()
        return Settled(
            number,
            minute.rate.middle(),
            minute.oxygen.middle(),
            load=self.load(number),
            still=self.is_still(number),
            dip=dip,
        )

    def _dips_in(self, first: int, end: int) -> list[bool]:
        """For each of these minutes whether a dip began in it: low, and the minute before was not."""
        looks = [self._look(number) for number in range(first - 1 - _LOOKS_BEFORE, end)]
        lows = [
            _is_low(looks[place - _LOOKS_BEFORE : place + 1]) for place in range(_LOOKS_BEFORE, len(looks))
        ]
        return [now and not before for before, now in pairwise(lows)]

    def _look(self, number: int) -> float | None:
        minute = self._minutes.get(number)
        return minute.oxygen.first if minute else None


def _is_low(looks: list[float | None]) -> bool:
    """Whether the last look lies 3 points under the median of those before it."""
    *before, look = looks
    if look is None:
        return False
    known = [seen for seen in before if seen is not None]
    return len(known) >= _FEWEST_LOOKS and median(known) - look >= _DIP


def is_valid_rate(value: float) -> bool:
    """Whether a heart rate in /min can be a heart's. NaN is not."""
    return RATES[0] <= value <= RATES[1]


def is_valid_oxygen(value: float) -> bool:
    """Whether an oxygen saturation in % can be a person's. NaN is not."""
    return OXYGEN[0] <= value <= OXYGEN[1]
