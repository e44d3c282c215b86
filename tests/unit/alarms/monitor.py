"""This is the place for what the monitor says of itself, and the rule that hears it."""

from datetime import datetime

from healthmon.alarms import TechnicalAlarms
from healthmon.events import Entry, Event, Json, Remark, Thing, TimeSource
from tests.fakes.pipeline import at


class Monitor:
    """The rule, and what it was told so far."""

    def __init__(self) -> None:
        self.rule = TechnicalAlarms()
        self.said: list[Remark] = []
        self._offset = 0

    def hear(self, event: Event) -> None:
        if event.verb != "STARTS":  # what fell due while nobody recorded does not fire
            self.until(event.time)
        self._offset += 1
        self.said += self.rule.observe(Entry.of(event, offset=self._offset, received=event.time))

    def until(self, now: datetime) -> None:
        while (due := self.rule.due()) is not None and due <= now:
            self.said += self.rule.fire(due)

    def verbs(self) -> list[str]:
        return [f"{remark.verb} {remark.object.id} {remark.context['value']}" for remark in self.said]


def reports(thing: str, value: str, *, seconds: float, **more: Json) -> Event:
    return said(Thing("MONITOR"), "REPORTS", Thing(thing), seconds, {"value": value, **more})


def starts(seconds: float) -> Event:
    return said(Thing("MONITOR"), "STARTS", Thing("RECORDER"), seconds, {})


def acknowledges(alarm: str, seconds: float) -> Event:
    return said(Thing("CAREGIVER", "anna"), "ACKNOWLEDGES", Thing("ALARM", alarm), seconds, {})


def said(subject: Thing, verb: str, thing: Thing, seconds: float, context: dict[str, Json]) -> Event:
    return Event(
        id=f"{verb}:{seconds}",
        time=at(seconds),
        time_source=TimeSource.RECEIVE,
        subject=subject,
        verb=verb,
        object=thing,
        context=context,
    )
