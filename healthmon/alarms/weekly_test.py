"""This is the place for the test messages that show that calls arrive: once a week, and when a carer asks."""

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo

from healthmon.alarms.answer_times import TEST_EVERY
from healthmon.alarms.quiet_hours import instant


class WeeklyTest:
    """When the next one goes out: at once when it is switched on, then each week at that time of day.

    What fell due while nobody recorded comes a day later at that time, not in the middle of a night.
    """

    def __init__(self) -> None:
        self.due: datetime | None = None

    def follow(self, contacts: Sequence[str], at: datetime) -> None:
        """These get one now."""
        if not contacts:
            self.due = None
        elif self.due is None:
            self.due = at

    def sent(self, at: datetime, zone: tzinfo) -> None:
        """It has gone out."""
        self.due = _later(at, TEST_EVERY, zone)

    def missed(self, at: datetime, zone: tzinfo) -> None:
        """Nobody recorded until now."""
        while self.due is not None and self.due <= at:
            self.due = _later(max(self.due, at - timedelta(days=1)), timedelta(days=1), zone)


def _later(at: datetime, days: timedelta, zone: tzinfo) -> datetime:
    """The same time of day, so many days later, by the clock on the wall."""
    wall = at.astimezone(zone)
    return instant(wall.date() + days, wall.time(), zone)
