"""This is the place for a heart that is faster at rest than it usually is at this hour."""

from collections import deque
from collections.abc import Set
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from healthmon.advice.margin import DayBand, MinuteBand
from healthmon.advice.rest import Lack, Rest
from healthmon.advice.unusual_terms import UnusualTerms

HYSTERESIS: Final = 3.0  # /min below the limit it is over: the table of alarms
CLEARS_AFTER: Final = 5  # minutes below in a row; our choice
GIVEN_UP: Final = timedelta(hours=3)  # without a signal; our choice: charging takes less
NEVER_STILL: Final = timedelta(hours=24)  # not once at rest; our choice
ENOUGH: Final = 120  # minutes at rest that make a day count; our choice
_MINUTE: Final = timedelta(minutes=1)


class Turn(StrEnum):
    """What a minute comes to."""

    RAISED = "raised"
    LOST = "lost"
    KNOWN = "known"
    RECOVERED = "recovered"
    GIVEN_UP = "given-up"


class Stretch(NamedTuple):
    """A rate above what is usual: the last one that is known, in /min, and the worst."""

    rate: float
    usual: float
    margin: float  # what may lie above the usual, as it was when this began
    worst: float
    since: datetime
    until: datetime  # the last minute that was judged


class Unusual:
    """One person. One thread; pure. Hears each minute once, rising; remembers numbers, no readings.

    Raised when every minute of the delay lay above the limit, all at rest; over after 5 minutes of rest that
    are 3 /min or more below it. Whoever walks is not judged: neither raised nor over. The limit of a stretch
    is that of its beginning: what goes on for long does not become its own measure.
    """

    def __init__(self) -> None:
        self.raised: Stretch | None = None
        self.lost: datetime | None = None  # since when nothing is known of what is raised
        self.day = -1  # the local day (ordinal) that was turned to
        self.minutes = MinuteBand()
        self.days = DayBand()
        self._above: deque[float] = deque(maxlen=UnusualTerms().minutes)  # excess of the last minutes
        self._calm = 0
        self._most: float | None = None  # that was kept up today
        self._judged = 0
        self._kept_up: float | None = None

    def rest(self, at: datetime, rest: Rest, terms: UnusualTerms) -> tuple[Turn, ...]:
        """They rested in the minute that ended `at`, of the day that was turned to."""
        excess = rest.rate - rest.usual
        margin = self.margin(terms)
        self.minutes.learn(excess)
        self._judged += 1
        kept_up = self._follow(excess, terms.minutes)
        if self.raised is not None:
            return self._goes_on(at, rest, self.raised)
        if margin is None or kept_up is None or kept_up <= margin:
            return ()
        self._calm = 0
        worst = rest.usual + max(self._above)
        self.raised = Stretch(rest.rate, rest.usual, margin, worst, at - len(self._above) * _MINUTE, at)
        return (Turn.RAISED,)

    def lacks(self, at: datetime, lack: Lack) -> Turn | None:
        """This minute cannot be judged."""
        self._above.clear()
        self._calm = 0
        if self.raised is None:
            return None
        if lack is not Lack.MOVING and self.lost is None:
            self.lost = at
            return Turn.LOST
        return None

    def given_up_at(self) -> datetime | None:
        """When what is raised will not have been judged for too long."""
        if self.raised is None:
            return None
        return self.lost + GIVEN_UP if self.lost is not None else self.raised.until + NEVER_STILL

    def end(self) -> None:
        """What was raised is over, or switched off."""
        self.raised, self.lost, self._calm = None, None, 0

    def resume(self, at: datetime) -> Turn | None:
        """Nobody recorded before this moment: what is raised is unknown from now on."""
        told = self.lacks(at, Lack.SILENT)
        self.lost = at if self.raised is not None else None
        return told

    def margin(self, terms: UnusualTerms) -> float | None:
        """What may lie above the usual today, in /min; None before enough days are known."""
        return None if self._kept_up is None else max(terms.least, self.minutes.above, self._kept_up)

    def turn_to(self, day: int, apart: Set[int]) -> None:
        """Another day begins. `apart`: the days that are held apart, and say nothing of what is usual."""
        if self._judged >= ENOUGH and self._most is not None:
            self.days.learn(self.day, self._most)
        self.day, self._most, self._judged = day, None, 0
        self._kept_up = self.days.above(day, apart)

    def _follow(self, excess: float, minutes: int) -> float | None:
        """What every minute of the delay was above the usual at least; None before there are so many."""
        above = self._above
        if above.maxlen != minutes:
            above = self._above = deque(above, maxlen=minutes)
        above.append(excess)
        if len(above) < minutes:
            return None
        kept_up = min(above)
        if self._most is None or kept_up > self._most:
            self._most = kept_up
        return kept_up

    def _goes_on(self, at: datetime, rest: Rest, raised: Stretch) -> tuple[Turn, ...]:
        came_back, self.lost = self.lost is not None, None
        worst = max(raised.worst, rest.rate)
        self.raised = raised._replace(rate=rest.rate, usual=rest.usual, worst=worst, until=at)
        is_calm = rest.rate - rest.usual <= raised.margin - HYSTERESIS
        self._calm = self._calm + 1 if is_calm else 0
        told = (Turn.KNOWN,) if came_back else ()
        return (*told, Turn.RECOVERED) if self._calm >= CLEARS_AFTER else told
