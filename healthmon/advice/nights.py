"""This is the place for somebody's nights: the heart rate of each, what is usual, and which do not count.

Night heart rate as NightSignal defines it (Alavi 2022, Nature Medicine, 10.1038/s41591-021-01593-2): the
minutes without steps from 00:00 to 06:59 of the person's own zone. We take their median, not their mean.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from statistics import median

from healthmon.advice.piles import Pile
from healthmon.events.nights import MORNING

NEEDED = 3  # nights before anything is said to be usual
_KEPT = 56
_RECENT = 28
FEWEST_MINUTES = 30
_LAST = 2  # a missing night is stood in for by the one before it, and no older
RISEN = 4.0  # NightSignal's red line, /min over the usual
_LONGEST_ILLNESS = 21  # nights; a rise that lasts longer is how the person now is
_JOURNEY = timedelta(hours=3)


@dataclass(frozen=True, slots=True)
class NightRates:
    """The last night beside what is usual, in /min; None where too little is known.

    `recent` are the whole nights of the last three days, as day (ordinal) and rate, the newest last.
    """

    last: float | None
    usual: float | None
    count: int
    recent: tuple[tuple[int, float], ...] = ()


class Nights:
    """Up to 56 nights of one person. One thread; memory bounded; the order of learning does not matter.

    A night of 4 /min or more above the usual is held apart, so that an illness does not become usual. When
    21 in a row are held apart, that is how the person now is.
    """

    def __init__(self, zone: tzinfo = UTC) -> None:
        self._zone = zone
        self._nights: dict[int, Pile] = {}
        self._since = 0
        self._changes = 0
        self._hour = (-1, 0, 0)
        self._judged = _Judged(-1, -1, NightRates(None, None, 0), frozenset())

    def move(self, zone: tzinfo, now: datetime) -> bool:
        """Live by this zone from now on. True after a journey of 3 hours: earlier nights count no more."""
        shift = abs(_offset(now, zone) - _offset(now, self._zone))
        self._zone = zone
        self._hour = (-1, 0, 0)
        self._changes += 1
        if shift < _JOURNEY or not self._nights:
            return False
        self._since = now.astimezone(zone).toordinal() + 1
        return True

    def learn(self, minute: int, rate: float) -> None:
        """Take the heart rate of a still minute, whenever it was; only those of a night are kept."""
        day, hour = self._local(minute // 60)
        if hour >= MORNING:
            return
        if day not in self._nights:
            self._nights[day] = Pile(2 * MORNING * 60)
            for old in sorted(self._nights)[:-_KEPT]:
                del self._nights[old]
        if day in self._nights:
            self._nights[day].add(rate)
            self._changes += day <= self._judged.newest

    def rates(self, now: int) -> NightRates:
        """The nights that are whole at this minute."""
        return self._judge(now).rates

    def held_apart(self, now: int) -> frozenset[int]:
        """The days (ordinals) whose nights are held apart at this minute."""
        return self._judge(now).held_apart

    def day(self, hour: int) -> int:
        """The local day (ordinal) that an hour of UTC belongs to."""
        return self._local(hour)[0]

    def hour(self, minute: int) -> int:
        """The hour of the day, 0 to 23, where the person lives."""
        return self._local(minute // 60)[1]

    def ready(self, now: datetime) -> datetime:
        """When enough nights will be whole, if none is missed."""
        local = now.astimezone(self._zone)
        day = timedelta(days=1)
        missing = NEEDED - self.rates(int(now.timestamp()) // 60).count
        first = local.date() if local.hour < MORNING - 1 else local.date() + day
        return datetime.combine(first + day * (missing - 1), time(MORNING), self._zone).astimezone(UTC)

    def _judge(self, now: int) -> "_Judged":
        day, hour = self._local(now // 60)
        newest = day if hour >= MORNING else day - 1
        if (self._judged.newest, self._judged.changes) != (newest, self._changes):
            self._judged = self._judged_at(newest)
        return self._judged

    def _judged_at(self, newest: int) -> "_Judged":
        whole = [
            (day, pile.middle())
            for day, pile in sorted(self._nights.items())
            if day <= newest and len(pile) >= FEWEST_MINUTES
        ]
        count = sum(day >= self._since and day > newest - _RECENT for day, _ in whole)
        last = whole[-1] if whole and whole[-1][0] > newest - _LAST else None
        accepted, apart = _sorted_out(whole[:-1] if last else whole)
        usual = median(accepted[-_RECENT:]) if len(accepted) >= NEEDED - 1 else None
        recent = tuple(night for night in whole if night[0] > newest - _LAST - 1)
        rates = NightRates(last[1] if last else None, usual, count, recent)
        return _Judged(newest, self._changes, rates, frozenset(apart))

    def _local(self, hour: int) -> tuple[int, int]:
        if self._hour[0] != hour:
            local = datetime.fromtimestamp(hour * 3600, self._zone)
            self._hour = (hour, local.toordinal(), local.hour)
        return self._hour[1:]


@dataclass(frozen=True, slots=True)
class _Judged:
    newest: int
    changes: int
    rates: NightRates
    held_apart: frozenset[int]


def _sorted_out(nights: list[tuple[int, float]]) -> tuple[list[float], list[int]]:
    """The nights that say what is usual, and the days whose nights do not."""
    accepted: list[float] = []
    apart: list[int] = []
    waiting: list[tuple[int, float]] = []
    for day, rate in nights:
        if len(accepted) < NEEDED or rate < median(accepted[-_RECENT:]) + RISEN:
            apart += [held for held, _ in waiting]
            waiting.clear()
            accepted.append(rate)
            continue
        waiting.append((day, rate))
        if len(waiting) >= _LONGEST_ILLNESS:
            accepted += [held for _, held in waiting]
            waiting.clear()
    return accepted, apart + [held for held, _ in waiting]


def _offset(now: datetime, zone: tzinfo) -> timedelta:
    return now.astimezone(zone).utcoffset() or timedelta(0)
