"""This is the place for how many alarms a family can sleep beside, and whether that was kept.

At most one audible episode and 0.3 false High ones in a worn day. A week beyond that suggests that somebody
looks at the limits. Nothing ever relaxes them by itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Final

from healthmon.reports.episode import Episode

AUDIBLE_A_DAY: Final = 1.0  # our choice, as is the next: ADVICE.md section 6, measured as reachable there
FALSE_HIGH_A_DAY: Final = 0.3
WINDOW: Final = 7  # days that are looked at together, and days of breach until a review is suggested


@dataclass(frozen=True, slots=True)
class Budget:
    """Whether the last seven days kept it. `broken_since` is the day from which no seven days did.

    None of both where nothing is known: nobody was watched.
    """

    is_kept: bool | None
    broken_since: date | None
    suggests_review: bool


def budget(
    heard: Sequence[datetime], wrong: Sequence[Episode], worn: Mapping[date, float], last: date, zone: tzinfo
) -> Budget:
    """Judge the seven days that end on each day, back from the last.

    `heard` is when each episode could first be heard, `wrong` the episodes judged false, `worn` how much of
    each day somebody was watched. Seven days with less than one worn day in them count as one.
    """
    if not worn:
        return Budget(is_kept=None, broken_since=None, suggests_review=False)
    alarms = [_day(at, zone) for at in heard]
    false_high = [_day(one.raised, zone) for one in wrong if one.is_high]
    broken: date | None = None
    day = last
    while day >= min(worn) and _is_broken(day, worn, alarms, false_high):
        broken, day = day, day - timedelta(days=1)
    if broken is None:
        return Budget(is_kept=True, broken_since=None, suggests_review=False)
    is_long = (last - broken).days + 1 >= WINDOW
    return Budget(is_kept=False, broken_since=broken, suggests_review=is_long)


def _is_broken(
    day: date, worn: Mapping[date, float], alarms: Sequence[date], false_high: Sequence[date]
) -> bool:
    week = {day - timedelta(days=back) for back in range(WINDOW)}
    days = max(round(sum(worn.get(one, 0.0) for one in week), 6), 1.0)
    audible = sum(one in week for one in alarms)
    wrong = sum(one in week for one in false_high)
    return audible > AUDIBLE_A_DAY * days or wrong > FALSE_HIGH_A_DAY * days


def _day(at: datetime, zone: tzinfo) -> date:
    return at.astimezone(zone).date()
