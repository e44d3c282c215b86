"""This is the place for a recorder that starts again and again: between two starts nobody watches."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from healthmon.alarms.classes import Priority
from healthmon.alarms.trouble import Trouble
from healthmon.events import Remark

# Our choice: who updates or tries something out starts it twice; a third start so soon is not meant.
OFTEN: Final = 3
WITHIN: Final = timedelta(minutes=10)


class Restarts:
    """RESTARTS, medium: raised with the third start within ten minutes, over after ten without one.

    What fell due while nobody recorded is said at the next start.
    """

    def __init__(self, by: str) -> None:
        self.trouble = Trouble("RESTARTS", by)
        self.due: datetime | None = None
        self._starts: tuple[datetime, ...] = ()

    def started(self, at: datetime) -> Iterator[Remark]:
        """A recorder starts."""
        if self.due is not None and self.due <= at:
            yield from self._over(at)
        self._starts = (*(one for one in self._starts if at - one <= WITHIN), at)[-OFTEN:]
        if len(self._starts) == OFTEN and not self.trouble.is_raised:
            self.trouble.begin(self._starts[0])
            yield self.trouble.rise(at, Priority.MEDIUM, {"value": "often"})
        if self.trouble.is_raised:
            self.due = at + WITHIN

    def fire(self) -> Iterator[Remark]:
        """Ten minutes without a start are over."""
        if self.due is not None:
            yield from self._over(self.due)

    def _over(self, at: datetime) -> Iterator[Remark]:
        self.due = None
        told = self.trouble.over(at)
        if told is not None:
            yield told
