"""This is the place for heart-rate spikes: a rate well above what it was a few minutes ago.

The median of the last 7 s is compared with the median of the 5 minutes that ended 20 s ago. On wrist
recordings that did best of fourteen detectors: of rises of 25 /min and more it found 0.9 at one mark an hour
(our own measurement, thresholds chosen on the same recordings). A spike is a mark, not an alarm, and exercise
is not told apart: a brisk walk is marked too.
"""

from collections import deque
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from math import inf
from typing import NamedTuple

from healthmon.events import Delivery, Entry, Listener, Remark, Thing
from healthmon.events.plausible import GATES
from healthmon.events.vocabulary import HR, USUAL_UNITS
from healthmon.rules.medians import SlidingMedians, median
from healthmon.rules.plausible import Who, amount, whom
from healthmon.rules.wear import Wear

RECENT = timedelta(seconds=7)
GAP = timedelta(seconds=20)
MEMORY = timedelta(minutes=5)
FEWEST_IN_MEMORY = 3
FEWEST_OF_ANY_AGE, MOST_OF_ANY_AGE = 3, 20
_NEVER = datetime.min.replace(tzinfo=UTC)
_WORTH_A_BAND = 1.0  # in /min, on both sides
_LOOKS_APART = 32  # readings after which it is seen whether the rate is within a band again


class Baseline(StrEnum):
    """What a rise was measured against. Stored in the log: never change a word."""

    FIVE_MINUTES = "5min"
    SPARSE = "sparse"  # too few readings in the five minutes: the last ones of any age


class Spike(NamedTuple):
    """How far the rate rose above its baseline, in /min."""

    rise: float
    above: float
    baseline: Baseline


class HeartRateSpike:
    """Flags a heart rate `rise` /min above its 5 minutes, or `sparse_rise` above its last readings.

    Many watches measure once in minutes: with fewer than 3 readings in the 5 minutes, the newest reading is
    compared with the median of the last 3 to 20 before it, of any age. One spike is one mark: the next comes
    only after the rise was back under half. Live, late and imported readings are three separate stories; a
    reading older than the newest of its story takes its place in the medians and is not judged itself. One
    older than all of the windows (another file, a clock set back) begins its story anew.
    """

    name = "hr-spike"

    def __init__(self, rise: float = 22.0, sparse_rise: float = 20.0) -> None:
        self._rises = (rise, sparse_rise)
        self._live: dict[Who, _Story] = {}
        self._old: dict[Delivery, dict[Who, _Story]] = {}
        self._wear = Wear()

    def observe(self, entry: Entry) -> Iterable[Remark]:
        """Judge one entry; at most one remark, stamped with the reading's time."""
        if entry.object.type != HR:
            self._wear.follow(entry)
            return ()
        value = amount(entry)
        if value is None or (self._wear.off and self._wear.is_off(entry)):
            return ()
        who = whom(entry)
        story = self._live.get(who) if "delivery" not in entry.context else None
        if story is None:
            if entry.delivery is Delivery.RETAINED:
                return ()
            story = self._found(who, entry.delivery)
        spike = story.spike(entry.time, value)
        return () if spike is None else (self._flagged(entry, value, spike),)

    def listener(self, verb: str, kind: str) -> Listener | None:
        """Heart rates, and whether a device is worn."""
        if kind == HR:
            return self._rate
        return self.observe if verb == "REPORTS" else None

    def _rate(self, entry: Entry) -> Iterable[Remark] | None:
        """One heart rate. Nearly every one is a live reading amid those of the last minutes."""
        context, at = entry.context, entry.time
        value, person = context.get("value"), context.get("person")
        story = self._live.get(person) if type(person) is str else None
        if (
            story is not None
            and (type(value) is int or type(value) is float)
            and story.low <= value <= story.high
            and at >= story.newest
            and "delivery" not in context
            and not (self._wear.off and self._wear.is_off(entry))
            and entry.verb == "MEASURES"
        ):
            story.newest = at
            story.last.append(value)
            story.medians.lay_by(at, value)
            return None
        return self.observe(entry) or None

    def due(self) -> datetime | None:
        """Never: a spike is judged when a reading comes."""
        return None

    def fire(self, at: datetime) -> Iterable[Remark]:  # noqa: ARG002 - the rules' common shape
        """Nothing: there are no timers here."""
        return ()

    def forget(self, person: str) -> None:
        """Their stories of every delivery end untold."""
        for stories in (self._live, *self._old.values()):
            stories.pop(person, None)

    def _found(self, who: Who, delivery: Delivery) -> "_Story":
        stories = self._live if delivery is Delivery.LIVE else self._old.setdefault(delivery, {})
        return stories.setdefault(who, _Story(*self._rises))

    def _flagged(self, entry: Entry, value: float, spike: Spike) -> Remark:
        return Remark(
            by=self.name,
            verb="FLAGS",
            object=Thing("SPIKE"),
            at=entry.time,
            person=entry.person or None,
            context={
                "value": value,
                "unit": USUAL_UNITS[HR],
                "baseline_value": round(spike.above, 3),
                "rise": round(spike.rise, 3),
                "baseline": spike.baseline.value,
            },
        )


class _Story:
    """One person's heart rate in one stream, and whether a spike is going on.

    `low` to `high` is a band narrower than the least rise, with every reading that still counts in it, while
    there is one: a rate within it cannot be a spike, whatever the medians are.
    """

    __slots__ = (
        "_is_armed",
        "_look_in",
        "_rise",
        "_sparse_rise",
        "high",
        "last",
        "low",
        "medians",
        "newest",
    )

    def __init__(self, rise: float, sparse_rise: float) -> None:
        self.medians = SlidingMedians(RECENT, GAP, MEMORY)
        self.last: deque[float] = deque(maxlen=MOST_OF_ANY_AGE)
        self._rise, self._sparse_rise = rise, sparse_rise
        self.newest = _NEVER
        self._is_armed = True
        self.low, self.high, self._look_in = inf, -inf, 1

    def spike(self, at: datetime, value: float) -> Spike | None:
        """Take the reading in and tell of the spike that begins with it, if one does."""
        if at < self.newest:
            if self.medians.reaches(at):
                self._take_older(at, value)
                return None
            self._begin_anew()
        if self._is_in_band(value):
            self.newest = at
            self.last.append(value)
            self.medians.lay_by(at, value)
            return None
        return self._judged(at, value)

    def _judged(self, at: datetime, value: float) -> Spike | None:
        medians = self.medians
        self.newest = at
        medians.add(at, value)
        if len(medians.baseline) < FEWEST_IN_MEMORY:
            return self._sparse_spike(value)
        self.last.append(value)
        usual, least = median(medians.baseline), self._rise
        if self._is_armed and medians.now[-1] - usual < least:
            return None  # nearly always: not even the highest of the last seconds is a spike
        rise = median(medians.now) - usual
        return Spike(rise, usual, Baseline.FIVE_MINUTES) if self._is_new(rise, least) else None

    def _sparse_spike(self, value: float) -> Spike | None:
        before = sorted(self.last)
        self.last.append(value)
        if len(before) < FEWEST_OF_ANY_AGE:
            return None
        usual = median(before)
        is_new = self._is_new(value - usual, self._sparse_rise)
        return Spike(value - usual, usual, Baseline.SPARSE) if is_new else None

    def _is_new(self, rise: float, least: float) -> bool:
        if not self._is_armed:
            # Half the rise: a rate that hovers at the line would otherwise be marked again and again.
            self._is_armed = rise < least / 2
            return False
        self._is_armed = rise < least
        return not self._is_armed

    def _is_in_band(self, value: float) -> bool:
        """Whether the value is in the band, once that was drawn anew if it has to be."""
        if self.low <= value <= self.high:
            return True
        if self.low <= self.high:
            self.low, self.high = inf, -inf
        else:
            self._look_in -= 1
            if self._look_in > 0 or not self._is_armed:
                return False
        self._look_in = _LOOKS_APART
        self._draw_band(value)
        return self.low <= self.high

    def _draw_band(self, value: float) -> None:
        least, most = self.medians.span(value)
        least, most = min(least, value, *self.last), max(most, value, *self.last)
        slack = (min(self._rise, self._sparse_rise) - (most - least)) * 0.49  # on both sides: not quite all
        if slack >= _WORTH_A_BAND:
            self.low, self.high = max(GATES[HR][0], least - slack), min(GATES[HR][1], most + slack)

    def _take_older(self, at: datetime, value: float) -> None:
        if not self.low <= value <= self.high:
            self.low, self.high = inf, -inf
        self.medians.add_older(at, value)
        self.last.append(value)

    def _begin_anew(self) -> None:
        self.low, self.high, self._look_in = inf, -inf, 1
        self.medians.clear()
        self.last.clear()
        self._is_armed = True
