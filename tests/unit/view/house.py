"""A house for tests: sentences go in as entries, a desk looks at them, both clocks are turned by hand."""

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from math import isnan

import numpy as np

from healthmon.clock import TurnedClock
from healthmon.events import Entry, Event, Json
from healthmon.events.sentence import hear
from healthmon.view.desk import DeskOptions, LogDesk
from healthmon.view.recording import Pulse
from healthmon.view.screen import AlarmLine, EventRow, Numeral, PersonRow, Screen

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
MARIA = 'CAREGIVER anna SETS PERSON maria OF maria WITH {"name":"Maria Kowalska","place":"Living room"}'
GIVEN = "CAREGIVER anna ASSIGNS WATCH watch-7 OF maria"


class Waiting:
    """A feed of what was said since somebody last asked, a few at a time as the log's follower does it."""

    def __init__(self, at_once: int = 3000) -> None:
        self.entries: list[Entry] = []
        self._at_once = at_once

    def poll(self) -> Sequence[Entry]:
        taken, self.entries = self.entries[: self._at_once], self.entries[self._at_once :]
        return taken


class House:
    """Everything said is in `log`; the clock stands until it is turned."""

    def __init__(self, now: datetime = NOON, options: DeskOptions | None = None) -> None:
        self.clock, self.real = TurnedClock(now), TurnedClock(NOON)
        self.feed, self.log = Waiting(), list[Entry]()
        self.pulse: Pulse | None = self.beat()
        made = options or DeskOptions(zone=UTC)
        self.options = dataclasses.replace(made, real=self.real)
        self.desk = self.new_desk(self.feed)

    def new_desk(self, feed: Waiting) -> LogDesk:
        return LogDesk(feed, self.clock, heartbeat=lambda: self.pulse, options=self.options)

    def beat(self, **changes: object) -> Pulse:
        """The heartbeat of a recorder that is well, written now."""
        well = Pulse(
            written=self.real.now(),
            pid=4711,
            version="0.1.0",
            offset=len(self.log) - 1,
            queue=0,
            broker_up=True,
            broker_problem="",
            disk_free=10**10,
            problem="",
            events_per_second=4.0,
            clock="system",
            sound="none",
        )
        self.pulse = dataclasses.replace(well, **changes)  # type: ignore[arg-type]  # the fields of Pulse
        return self.pulse

    def say(
        self,
        sentence: str,
        *,
        ago: timedelta = timedelta(),
        context: Mapping[str, Json] | None = None,
        **more: Json,
    ) -> Entry:
        """This sentence reaches the log now; it happened `ago`."""
        spoken = hear(sentence)
        event = spoken.event(id=f"e{len(self.log)}", time=spoken.at or self.clock.now() - ago)
        return self.log_event(event.with_context(**{**(context or {}), **more}))

    def log_event(self, event: Event) -> Entry:
        entry = Entry.of(event, offset=len(self.log), received=self.clock.now())
        self.log.append(entry)
        self.feed.entries.append(entry)
        return entry

    def measure(
        self, quantity: str, value: float, *, person: str = "maria", ago: timedelta = timedelta()
    ) -> None:
        unit = "/min" if quantity == "HR" else "%"
        self.say(f"WATCH watch-7 MEASURES {quantity} {value:g} {unit} OF {person}", ago=ago)

    def every_second(self, quantity: str, values: Sequence[float]) -> None:
        """These values, one a second; the clock stands at the last."""
        for value in values:
            self.turn(SECOND)
            self.measure(quantity, value)

    def turn(self, by: timedelta) -> None:
        """Both clocks move on, and a recorder that is well goes on beating."""
        self.clock.turn(by)
        self.real.turn(by)
        if self.pulse is not None:
            self.pulse = dataclasses.replace(self.pulse, written=self.real.now(), offset=len(self.log) - 1)

    def look(self, columns: int = 600) -> Screen:
        return self.desk.tick(columns)

    def rate(self) -> Numeral:
        shown = self.look().heart_rate
        assert shown is not None
        return shown

    def oxygen(self) -> Numeral:
        shown = self.look().oxygen
        assert shown is not None
        return shown

    def row(self, person: str = "maria") -> PersonRow:
        return next(row for row in self.look().people if row.id == person)

    def alarm(self) -> AlarmLine:
        (line,) = self.look().alarms
        return line

    def newest(self) -> EventRow:
        return self.look().new_events[-1]


def plain(value: object) -> object:
    """A screen as values that can be compared: arrays as tuples, NaN as None."""
    if isinstance(value, np.ndarray):
        return tuple(plain(one) for one in value.tolist())
    if dataclasses.is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, tuple | list):
        return tuple(plain(one) for one in value)
    return None if isinstance(value, float) and isnan(value) else value
