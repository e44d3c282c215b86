"""This is the place for one moment of one person: five features, and how far to trust them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

# Raised whenever a feature changes its meaning: a model trained on other features is refused.
FEATURE_VERSION = 1


class Feature(StrEnum):
    """What the score is made of. Each only ever lowers it. These words are stored: never change one."""

    HR_EXCESS = "hr_excess"  # /min above what is usual at this hour and activity, median of 5 minutes
    HR_DEFICIT = "hr_deficit"  # /min below it
    RHR_RISE = "rhr_rise"  # /min of the last night above the usual night
    SP_DROP = "sp_drop"  # points of oxygen below what is usual at this hour, median of 5 minutes
    ODI3_60 = "odi3_60"  # dips of 3 points of oxygen or more in the last 60 minutes, as far as seen


FEATURES = tuple(Feature)


@dataclass(frozen=True, slots=True)
class Trust:
    """How far the readings of a moment can be believed. Decides whether there is an answer, never which."""

    worn: bool
    rate_share: float  # of the last 5 minutes, 0..1
    oxygen_share: float
    rate_age: float | None  # s since the newest valid reading; None when there was none
    oxygen_age: float | None
    resumed: float | None  # s since readings came back after more than 10 minutes of nothing
    nights: int
    nights_ready: datetime | None  # when enough nights will be known; None when they are


@dataclass(frozen=True, slots=True)
class Moment:
    """One person at one whole minute. `observed` and `usual` stand beside `features`, in its order.

    `features` is None while too little is known to say what is usual.
    """

    at: datetime
    trust: Trust
    rate: float | None = None  # /min, median of 5 minutes
    oxygen: float | None = None  # %, median of 5 minutes
    still: bool = True
    by_day: bool = True  # between 08:00 and 22:00 where the person lives
    features: tuple[float, ...] | None = None
    observed: tuple[float, ...] = ()
    usual: tuple[float, ...] = ()
