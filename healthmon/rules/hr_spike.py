"""This is the place for heart-rate spikes: a rate well above what it was a few minutes ago.

What nine in ten readings of the last 18 s reach is compared with the 15 s that ended 20 s ago (a quick rise)
and with the minute before that beside the last five (a slow one); how much is asked for depends on how
restless the person's rate is. The figures, and how they were found: docs/decisions/0027-spike-marks.md. A
spike is a mark, not an alarm, and exercise is not told apart: a brisk walk is marked too.
"""

from collections.abc import Iterable
from datetime import datetime

from healthmon.events import Delivery, Entry, Listener, Remark, StreamListener, Thing
from healthmon.events.vocabulary import HR, USUAL_UNITS
from healthmon.events.wear import Wear
from healthmon.rules.plausible import Who, amount, whom
from healthmon.rules.spike_story import Spike, Story


class HeartRateSpike:
    """Flags a heart rate that rose by `rise` /min, or by two thirds of it in half a minute.

    So much is asked of somebody of usual restlessness, and in any case 5 /min above the last 5 minutes.
    Nothing is judged before readings go back 3 minutes.

    Many watches measure once in minutes: with fewer than 3 readings in the 5 minutes, the newest reading is
    compared with the median of the last 3 to 20 before it, of any age, and has to be `sparse_rise` above.

    One spike is one mark: the next comes only after the rise was over. Live, late and imported readings are
    three separate stories; a reading older than the newest of its story takes its place in the medians and is
    not judged itself. One older than all of the windows (another file, a clock set back) begins its story
    anew.
    """

    name = "hr-spike"

    def __init__(self, rise: float = 20.0, sparse_rise: float = 20.0) -> None:
        self._rises = (rise, sparse_rise)
        self._live: dict[Who, Story] = {}
        self._old: dict[Delivery, dict[Who, Story]] = {}
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

    def stream(self, entry: Entry) -> StreamListener | None:
        """Heart rates. Nearly every one is amid those of the last minutes."""
        if entry.object.type != HR:
            return None
        story, off, is_off = self._found(whom(entry), Delivery.LIVE), self._wear.off, self._wear.is_off

        def hear(entry: Entry, value: float) -> Iterable[Remark] | None:
            at = entry.time
            if (off and is_off(entry)) or story.lay_by(at, value):
                return None
            spike = story.spike(at, float(value))
            return None if spike is None else (self._flagged(entry, float(value), spike),)

        return hear

    def _rate(self, entry: Entry) -> Iterable[Remark] | None:
        return self.observe(entry) or None

    def due(self) -> datetime | None:
        """Never: a spike is judged when a reading comes."""
        return None

    def fire(self, at: datetime) -> Iterable[Remark]:  # noqa: ARG002 - the rules' common shape
        """Nothing: there are no timers here."""
        return ()

    def is_going_on(self, who: Who) -> bool:
        """Whether a live spike of theirs was marked and is not over: nothing is marked until it is."""
        story = self._live.get(who)
        return story is not None and not story.is_armed

    def forget(self, person: str) -> None:
        """Their stories of every delivery end untold."""
        for stories in (self._live, *self._old.values()):
            stories.pop(person, None)

    def _found(self, who: Who, delivery: Delivery) -> Story:
        stories = self._live if delivery is Delivery.LIVE else self._old.setdefault(delivery, {})
        return stories.setdefault(who, Story(*self._rises))

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
