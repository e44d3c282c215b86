"""This is the place for the coffee of one drinker within a day: which pots there were, and their caffeine."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

MG_PER_ML: Final = 0.43  # 107 mg in 250 mL: Gardiner 2023, pubmed 36870101
SAME_POT: Final = timedelta(minutes=5)  # a kettle that tells twice within it made one pot: ADVICE section 5
DAY: Final = timedelta(days=1)
LARGEST_ML: Final = 3000.0  # our choice: no kettle at home makes more at once
MOST: Final = 48  # pots that are remembered; our choice
AHEAD: Final = timedelta(minutes=1)  # as far as a clock that is right may be ahead


@dataclass(slots=True)
class _Pot:
    kettle: str
    first: datetime
    last: datetime
    caffeine: float


class Pots:
    """The pots of the last 24 hours, in any order of coming. Small: 48 at most, the newest."""

    __slots__ = ("_pots",)

    def __init__(self) -> None:
        self._pots: list[_Pot] = []

    def add(self, kettle: str, at: datetime, millilitres: float, now: datetime) -> None:
        """So much was made. What is older than a day, or not made yet, is nothing.

        Told twice, it is the larger of the two amounts, not their sum.
        """
        self._pots = [pot for pot in self._pots if pot.last > now - DAY]
        if not now - DAY < at <= now + AHEAD:
            return
        caffeine = min(max(millilitres, 0.0), LARGEST_ML) * MG_PER_ML
        for pot in self._pots:
            if pot.kettle == kettle and pot.first - SAME_POT <= at <= pot.last + SAME_POT:
                pot.first, pot.last = min(pot.first, at), max(pot.last, at)
                pot.caffeine = max(pot.caffeine, caffeine)
                return
        self._pots.append(_Pot(kettle, at, at, caffeine))
        self._pots.sort(key=lambda pot: pot.first)
        del self._pots[:-MOST]

    def caffeine(self, until: datetime, span: timedelta) -> float:
        """How many mg were in the pots of so long before that moment."""
        return sum(pot.caffeine for pot in self._pots if until - span < pot.last and pot.first <= until)
