"""This is the place for what other terms would have come to: so many alarms, night by night, not these.

Whoever replays makes it (`healthmon.reports.whatif`), whoever shows it needs nothing but these values.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from healthmon.alarms.classes import Priority
from healthmon.events import Context

# By alarm id, the context keys of `SETS ALARM`: {"SPO2_LOW": {"value": 88.0, "delay_s": 15.0}}.
Wish: TypeAlias = Mapping[str, Context]


@dataclass(frozen=True, slots=True)
class Change:
    """How many alarms there were, and how many there would have been."""

    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Night:
    """One night of the person, named by the day on which it began; from 22:00 to 07:00 in their zone."""

    evening: date
    alarms: Change


@dataclass(frozen=True, slots=True)
class AlarmChange:
    """One kind of alarm over the whole stretch. `priority` is the one it has by the table."""

    alarm: str
    priority: Priority
    alarms: Change
    at_night: Change


@dataclass(frozen=True, slots=True)
class Lost:
    """An episode that a carer judged true, and in which nothing would have been raised."""

    episode: str
    alarms: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a person's own readings come to under other terms, by the very machine that watches them.

    Alarms are new ones (RAISES "held"): one that comes back within five minutes is not counted again.
    `before` is what today's machine makes of the readings under the terms that held. `nights` are in their
    order; the last may be going on. `audible` counts high and medium alarms, whether or not anybody hushed
    them. `judged_true` is how many episodes of the stretch were judged true, `lost` which of them would be
    silent: the price of quiet.
    """

    person: str
    since: datetime
    until: datetime
    alarms: Change
    audible: Change
    nights: tuple[Night, ...]
    kinds: tuple[AlarmChange, ...]
    judged_true: int
    lost: tuple[Lost, ...]


# Given by app to the window: the person and the wish. The first call of a person loads for seconds; each
# further one takes a moment. Called from a thread of its own, one at a time.
AskWhatIf: TypeAlias = Callable[[str, Wish], Outcome]
