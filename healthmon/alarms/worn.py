"""This is the place for which devices are on nobody: as they say, and as their readings show.

What a device measures of a table is nobody's heart, so nothing it measures counts while it is off. But a word
can be late or lost, and a watch must not be deaf for ever: a newer word counts however late it comes, and
valid readings for longer than a watch lies beside a bath show that it is worn, whatever it said before.
"""

from datetime import datetime, timedelta
from typing import Final, NamedTuple

from healthmon.events import Delivery, Entry

# Our choices. A table that reflects may look like a pulse all the time: on simulated wear a minute of it rang
# falsely .17 times a day.
SHOWN_AFTER: Final = timedelta(minutes=45)
FEWEST: Final = 3  # readings
MOST_SAID: Final = 500  # devices whose last word is remembered


class _Run(NamedTuple):
    """Valid readings of one quantity, one after the other."""

    since: datetime
    newest: datetime
    readings: int


class Worn:
    """A fold of REPORTS WORN, and of the valid readings of devices that are off. One thread.

    A device that never said it was taken off is worn.
    """

    def __init__(self) -> None:
        self._said: dict[str, datetime] = {}  # in the order in which they were heard
        self._off: dict[str, dict[str, _Run]] = {}  # by device, by quantity

    def is_off(self, device: str) -> bool:
        """Whether it is on nobody."""
        return device in self._off

    def holds(self, entry: Entry, device: str, felt_at: datetime | None) -> bool:
        """Take in what a device says of being worn; whether it counts.

        A late word counts when it is newer than the last, and "off" only when nothing was felt since
        (`felt_at`: its last valid reading, if any).
        """
        value, at = entry.value, entry.time
        if not isinstance(value, bool) or not entry.counts_now:
            return False
        if entry.delivery is Delivery.LATE:
            said = self._said.get(device)
            if (said is not None and at <= said) or (not value and felt_at is not None and at <= felt_at):
                return False
        self._note(device, at)
        if value:
            self._off.pop(device, None)
        else:
            self._off[device] = {}
        return True

    def shows(self, device: str, quantity: str, at: datetime, patience: timedelta) -> bool:
        """A device that is off has a valid reading; whether that shows it to be worn, which holds then.

        `at` is the time of receipt; a silence longer than its `patience` begins the minute anew.
        """
        runs = self._off.get(device)
        if runs is None:
            return False
        run = runs.get(quantity)
        if run is None or at - run.newest > patience:
            run = _Run(at, at, 0)
        run = runs[quantity] = _Run(run.since, at, run.readings + 1)
        is_worn = run.readings >= FEWEST and at - run.since >= SHOWN_AFTER
        if is_worn:
            del self._off[device]
        return is_worn

    def feels_nothing(self, device: str, quantity: str) -> None:
        """No signal, or one that the device doubts."""
        runs = self._off.get(device)
        if runs is not None:
            runs.pop(quantity, None)

    def _note(self, device: str, at: datetime) -> None:
        self._said.pop(device, None)
        self._said[device] = at
        if len(self._said) > MOST_SAID:
            oldest = next(iter(self._said))
            del self._said[oldest]
            self._off.pop(oldest, None)
