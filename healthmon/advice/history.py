"""This is the place for what is usual for one person at this hour: medians of the same hour of earlier days.

A bad day or an imported file counts as the days it is, and no more. Hours are hours of UTC: an hour of
summer time is harmless, a journey is not (`move`).
"""

from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterator
from datetime import UTC, datetime, tzinfo
from math import floor
from statistics import median

from healthmon.advice.minutes import Settled
from healthmon.advice.nights import Nights
from healthmon.advice.piles import Pile

DAYS = 28
_HOURS = DAYS * 24
_FEWEST_DAYS = 3
_FEWEST = 3  # readings of an hour, for the hour to count
_FEWEST_LOOKS = 30  # of an hour, for its dips to count

# What a step a minute adds to the rate until this person has shown it, how many days that belief is worth,
# and where one kind of walking ends: our choice.
_RISE_PER_STEP = 0.3
_BELIEF = 3.0
_WALKS = (5.0, 20.0, 40.0, 70.0, 100.0, 130.0)
_LIFTED = 100  # rises below zero fit a byte


class Hour:
    """One hour of one day: heart rates at rest, oxygen, and the dips of it that began."""

    __slots__ = ("dips", "oxygen", "rates")

    def __init__(self) -> None:
        self.rates = Pile(120)
        self.oxygen = Pile(120)
        self.dips = 0


class History:
    """The last 28 days of one person. One thread; memory bounded by the days, whatever the rate.

    `learn` takes settled minutes of any stream in any order. A question names the minute it is asked in;
    what is usual for its hour comes from the days before, never from that hour itself.
    """

    def __init__(self, zone: tzinfo = UTC) -> None:
        self.nights = Nights(zone)
        self._hours: dict[int, Hour] = {}
        self._rises: dict[tuple[int, int], Pile] = {}
        self._newest = -1
        self._changes = 0
        self._asked = (-1, -1)
        self._answers: dict[Hashable, float | None] = {}

    def move(self, zone: tzinfo, now: datetime) -> None:
        """The person lives by this zone from now on. After a journey of 3 hours the hours are learnt anew."""
        if self.nights.move(zone, now):
            self._hours.clear()
        self._changes += 1

    def learn(self, settled: Settled) -> None:
        """Take a whole minute. One more than 28 days older than the newest says nothing about usual."""
        hour = settled.minute // 60
        if hour != self._newest:
            self._turn_to(hour)
        if hour <= self._newest - _HOURS:
            return
        place = self._hours.get(hour)
        if place is None:
            place = self._hours[hour] = Hour()
        if settled.oxygen is not None:
            place.oxygen.add(settled.oxygen)
            place.dips += settled.dip
        if settled.rate is not None:
            self._learn_rate(place, settled, settled.rate)

    def resting(self, minute: int) -> float | None:
        """The rate in /min usual at rest at this minute of the day. None before three days."""
        return self._gliding(_rates, minute)

    def oxygen(self, minute: int) -> float | None:
        """The saturation in % usual at this minute of the day. None before three days."""
        return self._gliding(_oxygen, minute)

    def rise(self, load: float, minute: int) -> float:
        """What so many steps a minute add for this person, in /min."""
        if load <= 0:
            return 0.0
        walk = bisect_right(_WALKS, load)
        days = self._answer(minute, ("walks", walk), lambda: float(len(self._rises_of(walk)))) or 0.0
        shown = self._answer(minute, ("rise", walk), lambda: _median(self._rises_of(walk))) or 0.0
        return (days * shown + _BELIEF * _RISE_PER_STEP * load) / (days + _BELIEF)

    def dips(self, minute: int) -> float:
        """How many dips an hour are usual at this hour of the day; 0 where nothing is known."""
        hour = minute // 60
        return self._answer(minute, "dips", lambda: self._usual_dips(hour)) or 0.0

    def _turn_to(self, hour: int) -> None:
        if hour < self._newest:
            self._changes += 1
            return
        if hour // 24 != self._newest // 24:
            self._forget(hour)
        self._newest = hour

    def _forget(self, now: int) -> None:
        self._hours = {hour: kept for hour, kept in self._hours.items() if hour > now - _HOURS}
        self._rises = {key: kept for key, kept in self._rises.items() if key[0] > now // 24 - DAYS}

    def _learn_rate(self, place: Hour, settled: Settled, rate: float) -> None:
        if settled.still:
            place.rates.add(rate)
            self.nights.learn(settled.minute, rate)
            return
        resting = self.resting(settled.minute) if settled.load > 0 else None
        if resting is None:
            return
        key = (settled.minute // 1440, bisect_right(_WALKS, settled.load))
        if key not in self._rises:
            self._rises[key] = Pile(60)
        self._rises[key].add(rate - resting + _LIFTED)

    def _answer(self, minute: int, question: Hashable, work: Callable[[], float | None]) -> float | None:
        """Answers hold for the hour they were asked in, unless the past changes."""
        asked = (minute // 60, self._changes)
        if asked != self._asked:
            self._asked = asked
            self._answers.clear()
        if question not in self._answers:
            self._answers[question] = work()
        return self._answers[question]

    def _gliding(self, quantity: Callable[[Hour], Pile], minute: int) -> float | None:
        """Between the middles of two hours it glides from the one's usual to the other's."""
        position = minute / 60 - 0.5
        earlier = floor(position)
        first, second = self._hourly(quantity, earlier, minute), self._hourly(quantity, earlier + 1, minute)
        if first is None or second is None:
            return first if second is None else second
        return first + (second - first) * (position - earlier)

    def _hourly(self, quantity: Callable[[Hour], Pile], hour: int, minute: int) -> float | None:
        # By name: what was answered is kept in checkpoints, and those hold no functions.
        question = (quantity.__name__, hour)
        if self._asked == (minute // 60, self._changes) and question in self._answers:
            return self._answers[question]
        return self._answer(minute, question, lambda: self._usual(quantity, hour, minute))

    def _usual(self, quantity: Callable[[Hour], Pile], hour: int, minute: int) -> float | None:
        apart = self.nights.held_apart(minute)
        for wider in range(13):
            places = self._around(hour, wider, apart)
            found = [pile.middle() for pile in map(quantity, places) if len(pile) >= _FEWEST]
            if len(found) >= _FEWEST_DAYS:
                return median(found)
        return None

    def _around(self, hour: int, wider: int, apart: frozenset[int]) -> Iterator[Hour]:
        for near in range(hour - wider, hour + wider + 1):
            for then in range(near - 24, near - _HOURS, -24):
                place = self._hours.get(then)
                if place is not None and not (apart and self.nights.day(then) in apart):
                    yield place

    def _rises_of(self, walk: int) -> list[float]:
        return [pile.middle() - _LIFTED for key, pile in self._rises.items() if key[1] == walk]

    def _usual_dips(self, hour: int) -> float | None:
        earlier = (self._hours.get(then) for then in range(hour - 24, hour - _HOURS, -24))
        return _median(
            [float(place.dips) for place in earlier if place and len(place.oxygen) >= _FEWEST_LOOKS]
        )


def _median(values: list[float]) -> float | None:
    return median(values) if values else None


def _rates(hour: Hour) -> Pile:
    return hour.rates


def _oxygen(hour: Hour) -> Pile:
    return hour.oxygen
