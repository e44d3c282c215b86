"""This is the place for the highest score that the readings themselves allow, whatever is usual for a person.

A score made of differences from the usual would call a steady 86 % fine for somebody who always has 86 %.
The steps are those of the pulse and oxygen parts of NEWS2: Royal College of Physicians, National Early
Warning Score (NEWS) 2, 2017, Chart 1. Two of its seven parts are no NEWS2 and are never shown as one. The
caps themselves (30, 55, 79) are our choice, set so that they end each of our bands.
"""

from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import floor

from healthmon.advice.moment import Moment

NO_CAP = 100.0
CAP_OF_PART = {0: NO_CAP, 1: 79.0, 2: 55.0, 3: 30.0}
CAP_IN_ALARM = 30.0
_SLOW = 50.0  # /min; at or below, a pulse is too slow rather than too fast

# A cap holds on for as long as the score looks back, so that a rate at the edge does not come and go.
HOLD = timedelta(minutes=10)


class Profile(StrEnum):
    """What a carer set for a person; an unknown word is an adult's."""

    ADULT = "adult"
    LOW_OXYGEN = "low-oxygen"  # oxygen scale 2: only where a clinician said so
    ATHLETE = "athlete"


class Level(StrEnum):
    """Which reading sets the cap. Stored as the feature of a reason: never change one."""

    PULSE = "pulse_level"
    OXYGEN = "oxygen_level"


@dataclass(frozen=True, slots=True)
class Cap:
    """The highest score allowed, which reading asks for it, and what it was; None where nothing does."""

    limit: float = NO_CAP
    level: Level | None = None
    observed: float = 0.0


def pulse_part(rate: float, profile: Profile) -> int:
    """The NEWS2 part of a pulse in /min. For an athlete the low steps lie 10 lower: our choice, not RCP's."""
    pulse = floor(rate + 0.5)
    low = 10 if profile is Profile.ATHLETE else 0
    if pulse >= 131 or pulse <= 40 - low:
        return 3
    if pulse >= 111:
        return 2
    return 1 if pulse >= 91 or pulse <= 50 - low else 0


def oxygen_part(oxygen: float, profile: Profile) -> int:
    """The NEWS2 part of a saturation in %: scale 2, on air, for the low-oxygen profile, else scale 1."""
    saturation = floor(oxygen + 0.5)
    lowest = 83 if profile is Profile.LOW_OXYGEN else 91
    if saturation <= lowest:
        return 3
    if saturation <= lowest + 2:
        return 2
    return 1 if saturation <= lowest + 4 else 0


def cap_for(moment: Moment, profile: Profile) -> Cap:
    """What the medians of these 5 minutes allow; anything, where there are none.

    NEWS2 is for people at rest, so a fast pulse counts only then. A part of 1 counts only by day: asleep, the
    healthy have a mean pulse of 50.5 (10.1371/journal.pdig.0000236, abstract) and over 60 a median oxygen
    of 95.1 (PubMed 8989066, abstract); to call every such night worth a look would be crying wolf.
    """
    if moment.rate is None or moment.oxygen is None:
        return Cap()
    fast = moment.rate > _SLOW
    pulse = 0 if fast and not moment.still else pulse_part(moment.rate, profile)
    breath = oxygen_part(moment.oxygen, profile)
    worst = max(pulse, breath)
    if worst == 0 or (worst == 1 and not moment.by_day):
        return Cap()
    if breath == worst:
        return Cap(CAP_OF_PART[worst], Level.OXYGEN, moment.oxygen)
    return Cap(CAP_OF_PART[worst], Level.PULSE, moment.rate)


class HeldCap:
    """The lowest cap of the last 10 minutes. One thread; memory bounded by the minutes."""

    def __init__(self) -> None:
        self._caps: deque[tuple[datetime, Cap]] = deque(maxlen=60)

    def hold(self, at: datetime, cap: Cap) -> Cap:
        """Take the cap of this minute; the lowest one still held."""
        self._caps.append((at, cap))
        while self._caps[0][0] <= at - HOLD:
            self._caps.popleft()
        return min((held for _, held in self._caps), key=lambda held: held.limit)
