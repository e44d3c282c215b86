"""This is the place for "alarm in 9 s": the recorder's own rule, run again here to see what is coming.

What it would raise is never shown: alarms come from the log and nowhere else. It only tells how long a delay
still has to run, and which limits hold for whom.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from healthmon.alarms import Alarms, Limits
from healthmon.events import Entry
from healthmon.view.words.alarms import quantity_of


class Countdown:
    """Follows what carers set, what devices say of themselves, and readings. One thread."""

    def __init__(self) -> None:
        self._alarms = Alarms()

    @property
    def limits(self) -> Limits:
        """What holds for whom now."""
        return self._alarms.limits

    def follow(self, entry: Entry) -> None:
        """One entry, in its turn."""
        self._settle(entry.received)
        self._alarms.observe(entry)

    def coming(self, now: datetime) -> Mapping[tuple[str, str], timedelta]:
        """How long until an alarm about this quantity of this person, where one is coming."""
        self._settle(now)
        if self._alarms.due() is None:
            return {}
        found: dict[tuple[str, str], timedelta] = {}
        for person, alarm, due in self._alarms.countdowns(now):
            quantity = quantity_of(alarm)
            if person is None or quantity is None or due <= now:
                continue
            key = (person, quantity)
            found[key] = min(due - now, found.get(key, due - now))
        return found

    def _settle(self, at: datetime) -> None:
        """Timers that are due by then have fired in the recorder, so they fire here."""
        due = self._alarms.due()
        if due is not None and due <= at:
            self._alarms.fire(at)
