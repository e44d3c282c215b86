"""This is the place for how far above the usual is still usual: two bands that a person's own history sets.

One is of minutes: all but one in twenty lie within it, whatever the heart does in the long run. The other is
of days: what the quieter four in five of this person's last four weeks stayed within for ten minutes on end.
"""

from collections.abc import Set
from math import ceil
from typing import Final

MISSED: Final = 0.05  # of the minutes lie above: the 95 % of the table of alarms
STEP: Final = 0.02  # /min; our choice: an hour above lifts it by 1.1, a day of rest below lowers it by 0.65
_BEGIN: Final = 8.0  # /min above the usual, before anything is known; our choice
DAYS: Final = 28  # as what is usual is made of
QUIET: Final = 0.8  # of the days; our choice: the aim was at most one alarm in five days
FEWEST: Final = (
    14  # days. With so few, one in five can be told from one in seven; "established" in the advice
)


class MinuteBand:
    """The upper band of minutes at rest, by adaptive conformal inference on the quantile itself.

    Gibbs and Candes 2021 (arXiv 2106.00170), in the form that follows the quantile (Angelopoulos, Candes and
    Tibshirani 2023, arXiv 2307.16895): up by 95 hundredths of a step for a minute above, down by 5 for one
    within. So of any n minutes, whatever they are, the share above is off the 5 % by at most
    (the band's own travel) / (STEP x n). One number; one thread.
    """

    __slots__ = ("above",)

    def __init__(self) -> None:
        self.above = _BEGIN  # /min over the usual

    def learn(self, excess: float) -> None:
        """A minute at rest lay so far above the usual, in /min."""
        self.above += STEP * ((excess > self.above) - MISSED)


class DayBand:
    """The most that each of the last 28 days kept up. One thread; memory: a number for each day.

    `above` is what four in five of them stayed at or below: the next day exceeds it with a chance of at most
    one in five while days are alike (split conformal prediction: Vovk 2005; exact only for days that could
    be exchanged). None before 14 days. Days held apart, as nights are, say nothing.
    """

    __slots__ = ("_most",)

    def __init__(self) -> None:
        self._most: dict[int, float] = {}

    def learn(self, day: int, most: float) -> None:
        """A day is over; the newest 28 are kept, and as many again, for those held apart."""
        self._most[day] = most
        for old in sorted(self._most)[: -2 * DAYS]:
            del self._most[old]

    def above(self, day: int, apart: Set[int]) -> float | None:
        """What holds on this day, in /min over the usual."""
        counting = self._counting(day, apart)
        if len(counting) < FEWEST:
            return None
        place = min(len(counting), ceil((len(counting) + 1) * QUIET))
        return sorted(counting)[place - 1]

    def _counting(self, day: int, apart: Set[int]) -> list[float]:
        days = [one for one in sorted(self._most) if one < day and one not in apart]
        return [self._most[one] for one in days[-DAYS:]]
