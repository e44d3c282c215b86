"""This is the place for one person at rest at one whole minute: the heart rate, and what is usual then."""

from datetime import datetime, timedelta
from enum import StrEnum
from statistics import median
from typing import Final, NamedTuple

from healthmon.advice.history import History
from healthmon.advice.nights import NEEDED
from healthmon.advice.stream import Stream

WITHOUT_STEPS: Final = timedelta(minutes=10)  # as the alarms of the table
_LAST: Final = 5  # minutes that a moment is made of, as the advice's
_GOOD: Final = 0.6  # of what was said in a minute; as the advice abstains below it
_COUNTED: Final = timedelta(days=1)  # our choice: of whose steps nothing is told may run, for all we know


class Lack(StrEnum):
    """Why a minute is not judged, in the words that other alarms have for a lost signal. Stored."""

    OFF = "taken-off"
    SILENT = "silent"
    MOVING = "moving"
    UNKNOWN = "few-days"  # what is usual is not known, or not any more


class Rest(NamedTuple):
    """Somebody who rests: the rate (median of 5 minutes) and what is usual, in /min, and the local day."""

    rate: float
    usual: float
    day: int


def rest_at(at: datetime, live: Stream, history: History) -> Rest | Lack:
    """The minute that ends `at`, of live readings of a worn device that counts steps; or what it lacks."""
    if not live.worn:
        return Lack.OFF
    if live.stepped is not None and at - live.stepped < WITHOUT_STEPS:
        return Lack.MOVING
    now = int(at.timestamp()) // 60
    rate = _rate(live, now)
    if rate is None:
        return Lack.SILENT
    if live.counted is None or at - live.counted > _COUNTED:
        return Lack.MOVING
    nights = history.nights
    usual = history.resting(now) if nights.rates(now).count >= NEEDED else None
    return Lack.UNKNOWN if usual is None else Rest(rate, usual, nights.day(now // 60))


def _rate(live: Stream, now: int) -> float | None:
    """The median of the last minutes, of those that hold more good readings than bad ones."""
    minutes = map(live.window.peek, range(now - _LAST, now))
    middles = [one.rate.middle() for one in minutes if one is not None and one.rate.share() >= _GOOD]
    return median(known) if (known := [one for one in middles if one is not None]) else None
