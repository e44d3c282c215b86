"""A home with a kettle, told morning by morning on the wall clock of whoever lives there."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from healthmon.events import Entry, Json, Remark, Thing
from healthmon.rules import MissedRoutine

BERLIN, AUCKLAND = ZoneInfo("Europe/Berlin"), ZoneInfo("Pacific/Auckland")
KETTLE, MONITOR, ANNA = Thing("KETTLE", "kettle-1"), Thing("MONITOR"), Thing("CAREGIVER", "anna")


class Mornings:
    """A home with a kettle and a watch, told day by day. Wall times are those of `zone`."""

    def __init__(self, zone: ZoneInfo = BERLIN, first: tuple[int, int, int] = (2026, 11, 2)) -> None:
        self.rule = MissedRoutine()
        self.zone = zone
        self.day = datetime(*first, tzinfo=zone)
        self.said: list[Remark] = []
        self.hear(MONITOR, "REPORTS", Thing("CONTACTS"), self.at(0), zone=str(zone))

    def at(self, hour: int, minute: int = 0) -> datetime:
        """A wall time of this day."""
        return self.day.replace(hour=hour, minute=minute).astimezone(UTC)

    def hear(self, subject: Thing, verb: str, thing: Thing, at: datetime, **context: Json) -> None:
        while (due := self.rule.due()) is not None and due <= at and verb != "STARTS":
            self.said += self.rule.fire(due)
        entry = Entry(
            id="", time=at, received=at, subject=subject, verb=verb, object=thing, context=context, offset=0
        )
        self.said += self.rule.observe(entry)

    def boil(self, hour: int, minute: int = 0, **context: Json) -> None:
        self.hear(KETTLE, "PERCOLATES", Thing("COFFEE"), self.at(hour, minute), value=250, **context)

    def wear(self, hour: int, **context: Json) -> None:
        self.hear(Thing("WATCH", "watch-7"), "MEASURES", Thing("HR"), self.at(hour), value=70, **context)

    def next(self) -> None:
        self.day = (self.day + timedelta(days=1)).replace(tzinfo=self.zone)

    def live(self, days: int, hour: int = 8, minute: int = 0, **context: Json) -> None:
        """So many ordinary mornings."""
        for _ in range(days):
            self.wear(7)
            self.boil(hour, minute, **context)
            self.wear(13)
            self.next()

    def stay_cold(self, days: int = 1) -> None:
        """So many mornings with somebody there, and no kettle."""
        for _ in range(days):
            self.wear(7)
            self.wear(13)
            self.next()

    def told(self) -> list[str]:
        """What was said, on the wall clock."""
        return [f"{one.verb} {one.at.astimezone(self.zone):%m-%d %H:%M}" for one in self.said]
