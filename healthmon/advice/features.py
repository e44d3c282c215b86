"""This is the place for turning one person's readings into features: live, in replay and in training alike.

Causal: a moment holds nothing that was not heard before it. Incremental: a reading costs a few
microseconds, a moment some tens of them. Only these five, all relative to the person: more of them, or raw
ones, did better on the people trained on and worse on others (measured on simulated people).
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from statistics import median

from healthmon.advice.history import History
from healthmon.advice.minutes import Minute, Readings
from healthmon.advice.moment import Moment, Trust
from healthmon.advice.nights import NEEDED
from healthmon.advice.rest import Lack, Rest, rest_at
from healthmon.advice.stream import Stream
from healthmon.events import Delivery, Entry
from healthmon.events.vocabulary import HR, SPO2

LAST = 5  # minutes that a moment is made of
_BY_DAY = range(8, 22)  # when nearly everybody is awake: our choice


class Features:
    """One person: the last hour live, the last hour of what comes late, and what is usual.

    One thread: the recorder's logic, or training. Pure: depends on the entries it heard, in their order.
    """

    def __init__(self, zone: tzinfo = UTC) -> None:
        self._history = History(zone)
        self.live = Stream(self._history.learn)
        self._past = Stream(self._history.learn)

    def __setstate__(self, state: dict[str, object]) -> None:
        vars(self).update(state)
        for stream in (self.live, self._past):
            stream.window.learn = self._history.learn

    def move(self, zone: tzinfo, now: datetime) -> None:
        """The person lives by this zone from now on."""
        self._history.move(zone, now)

    def hear(self, entry: Entry) -> bool:
        """Learn from what a device said of this person; whether it was live. What was retained is no news."""
        delivery = entry.delivery
        if delivery is Delivery.LIVE:
            self.live.hear(entry)
            return True
        if delivery is not Delivery.RETAINED:
            self._past.hear(entry)
        return False

    def moment(self, at: datetime) -> Moment:
        """The person at this whole minute: what was heard live before it, beside what is usual."""
        now = int(at.timestamp()) // 60
        minutes = [(n, found) for n in range(now - LAST, now) if (found := self.live.window.peek(n))]
        rates = [(n, middle) for n, minute in minutes if (middle := minute.rate.middle()) is not None]
        bare = Moment(
            at=at,
            trust=self._trust(at, now, [minute for _, minute in minutes]),
            rate=_median(middle for _, middle in rates),
            oxygen=_median(minute.oxygen.middle() for _, minute in minutes),
            still=self.live.window.is_still(now - 1),
            by_day=self._history.nights.hour(now) in _BY_DAY,
        )
        if bare.trust.nights < NEEDED:
            return bare
        return self._compared(bare, now, _median(self._excess(n, middle) for n, middle in rates))

    def rest(self, at: datetime) -> Rest | Lack:
        """The heart at rest at this whole minute, beside what is usual; or why it cannot be judged."""
        return rest_at(at, self.live, self._history)

    def held_apart(self, at: datetime) -> frozenset[int]:
        """The days (ordinals) that do not say what is usual, as far as is known at this moment."""
        return self._history.nights.held_apart(int(at.timestamp()) // 60)

    def _compared(self, bare: Moment, now: int, excess: float | None) -> Moment:
        usual_oxygen = self._history.oxygen(now)
        if excess is None or bare.rate is None or bare.oxygen is None or usual_oxygen is None:
            return bare
        night, dips = self._history.nights.rates(now), float(self.live.window.dips(now))
        last = night.last or 0.0
        risen = last - night.usual if night.usual is not None and night.last is not None else 0.0
        usual_rate = bare.rate - excess
        return replace(
            bare,
            features=tuple(map(_halves, (excess, -excess, risen, usual_oxygen - bare.oxygen, dips))),
            observed=(bare.rate, bare.rate, last, bare.oxygen, dips),
            usual=(usual_rate, usual_rate, last - risen, usual_oxygen, self._history.dips(now)),
        )

    def _excess(self, minute: int, rate: float) -> float | None:
        resting = self._history.resting(minute)
        if resting is None:
            return None
        return rate - resting - self._history.rise(self.live.window.load(minute), minute)

    def _trust(self, at: datetime, now: int, minutes: list[Minute]) -> Trust:
        nights = self._history.nights.rates(now).count
        resumed = self.live.resumed
        return Trust(
            worn=self.live.worn,
            rate_share=_share(minute.rate for minute in minutes),
            oxygen_share=_share(minute.oxygen for minute in minutes),
            rate_age=self._age(at, HR),
            oxygen_age=self._age(at, SPO2),
            resumed=None if resumed is None else at.timestamp() - resumed,
            nights=nights,
            nights_ready=self._history.nights.ready(at) if nights < NEEDED else None,
        )

    def _age(self, at: datetime, quantity: str) -> float | None:
        newest = self.live.newest.get(quantity)
        return None if newest is None else max(0.0, at.timestamp() - newest.timestamp())


def _share(readings: Iterable[Readings]) -> float:
    return sum(one.share() for one in readings) / LAST


def _median(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return median(known) if known else None


def _halves(value: float) -> float:
    """Devices speak in whole units: half a unit is as fine as a feature need be, and never below zero."""
    return max(0.0, round(value * 2) / 2)
