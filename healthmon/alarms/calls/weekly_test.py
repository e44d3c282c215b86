"""This is the place for the test messages that show that calls arrive: once a week, and when a carer asks."""

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo

from healthmon.alarms.calls.answer_times import TEST_EVERY
from healthmon.events.zones import wall_moment


class WeeklyTest:
    """When the next one goes out: at once when it is switched on, then each week at that time of day.

    What fell due while nobody recorded comes when it is that time of day again, not in the middle of a night.
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
        wall = at.astimezone(zone)
        self.due = wall_moment(wall.date() + TEST_EVERY, wall.time(), zone)

    def missed(self, at: datetime, zone: tzinfo) -> None:
        """Nobody recorded until now."""
        if self.due is not None and self.due <= at:
            wall, today = self.due.astimezone(zone).time(), at.astimezone(zone).date()
            soonest = wall_moment(today, wall, zone)
            self.due = soonest if soonest > at else wall_moment(today + timedelta(days=1), wall, zone)
