"""This is the place for somebody's nights, told on the wall clock of where they live, one after the other."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from healthmon.advice import NightRise
from healthmon.events import Entry, Json, Remark, Thing
from healthmon.events.nights import night_at

BERLIN = ZoneInfo("Europe/Berlin")
WATCH, ANNA, MONITOR = Thing("WATCH", "watch-7"), Thing("CAREGIVER", "anna"), Thing("MONITOR")
MINUTE = timedelta(minutes=1)
NOTHING: Mapping[str, Json] = {}


class Nightly:
    """A rule that is told night after night; its day begins at noon. Rates are around `usual`."""

    def __init__(self, zone: ZoneInfo = BERLIN, first: tuple[int, int, int] = (2026, 11, 2)) -> None:
        self.rule = NightRise()
        self.zone = zone
        self.noon = datetime(*first, 12, tzinfo=zone)
        self.said: list[Remark] = []
        self._chance = Random(7)
        self.hear(MONITOR, "REPORTS", Thing("CONTACTS"), self.noon, zone=str(zone))

    def hear(self, subject: Thing, verb: str, thing: Thing, at: datetime, **context: Json) -> None:
        """One sentence, heard when it was said; what is due before it is said first."""
        at = at.astimezone(UTC)
        if verb != "STARTS":
            self.wait(at)
        told = {key: value for key, value in context.items() if value is not None}
        entry = Entry(
            id="", time=at, received=at, subject=subject, verb=verb, object=thing, context=told, offset=0
        )
        self.said += self.rule.observe(entry)

    def wait(self, until: datetime) -> None:
        """Fire what is due by then."""
        while (due := self.rule.due()) is not None and due <= until:
            self.said += self.rule.fire(due)

    def sleep(
        self, rate: float, *, nights: int = 1, every: int = 5, said: Mapping[str, Json] = NOTHING
    ) -> None:
        """From noon to noon, so many times: a night at about this rate, and the morning."""
        for _ in range(nights):
            night = night_at(self.noon, self.zone)
            at = night.begins
            while at < night.ends:
                value = round(rate) + self._chance.choice((-1, 0, 0, 1))
                self.hear(WATCH, "MEASURES", Thing("HR"), at, **{"value": value, "person": "maria", **said})
                at += every * MINUTE
            self.skip()

    def skip(self, nights: int = 1) -> None:
        """So many nights of which nothing is known."""
        self.noon = (self.noon + timedelta(days=nights)).replace(tzinfo=self.zone)
        self.wait(self.noon.astimezone(UTC))

    def told(self) -> list[str]:
        """What was said, with its morning on the wall clock."""
        return [
            f"{one.verb} {one.object.type} {one.at.astimezone(self.zone):%m-%d %H:%M}" for one in self.said
        ]
