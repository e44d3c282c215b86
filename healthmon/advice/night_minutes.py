"""This is the place for the minutes of a night: the mean heart rate of each, and whether somebody walked."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from healthmon.events.nights import Night

# A heart rate settles within 4 minutes of rest (PLOS Digital Health 2023, 10.1371/journal.pdig.0000236), and
# steps are told of the minute that ended.
_BEFORE, _AFTER = 4, 1
_MINUTE: Final = timedelta(minutes=1)


class NightMinutes:
    """One night of one path of readings. One thread; memory: two numbers and a byte for each minute."""

    __slots__ = (
        "_counts",
        "_minute",
        "_minute_begins",
        "_minute_ends",
        "_steps",
        "_sums",
        "begins",
        "ends",
        "night",
    )

    def __init__(self, night: Night) -> None:
        self.night, self.begins, self.ends = night, night.begins, night.ends
        minutes = -((night.begins - night.ends) // _MINUTE)
        self._sums, self._counts = [0.0] * minutes, [0] * minutes
        self._steps = bytearray(minutes)
        self._minute, self._minute_begins, self._minute_ends = 0, night.begins, night.begins  # read last

    def read(self, at: datetime, rate: float) -> None:
        """One heart rate of this night."""
        if not self._minute_begins <= at < self._minute_ends:
            self._minute = (at - self.begins).seconds // 60
            self._minute_begins = self.begins + self._minute * _MINUTE
            self._minute_ends = self._minute_begins + _MINUTE
        self._sums[self._minute] += rate
        self._counts[self._minute] += 1

    def walk(self, at: datetime) -> None:
        """There were steps in this minute of this night, or the one before."""
        self._steps[(at - self.begins).seconds // 60] = 1

    def still(self) -> Iterator[tuple[int, float]]:
        """Every minute of rest (counted from the epoch) and its mean rate."""
        first = int(self.begins.timestamp()) // 60
        for minute, count in enumerate(self._counts):
            if count and not any(self._steps[max(0, minute - _BEFORE) : minute + _AFTER + 1]):
                yield first + minute, self._sums[minute] / count
