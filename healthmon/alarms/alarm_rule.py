"""This is the place for the alarms as a rule: live entries in, RAISES, CLEARS and FLAGS ALARM out."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from healthmon.alarms.book import AlarmBook
from healthmon.alarms.classes import AlarmClass
from healthmon.alarms.limits import Limits
from healthmon.alarms.table import CLASSES
from healthmon.alarms.telling import NAME
from healthmon.alarms.vital import Vital
from healthmon.events import Delivery, Entry, Listener, Remark, StreamListener


class Countdown(NamedTuple):
    """An alarm that is about to ring, and when: "alarm in 9 s"."""

    person: str | None
    alarm: str
    due: datetime


class Alarms:
    """The alarm rule of a home: every person, every row of the table, every device.

    Follows readings, WORN, AVAILABILITY, STEPS, ASSIGNS, SETS PERSON, SETS ALARM, ACKNOWLEDGES, STARTS
    and the monitor's own GAP and CONTACTS (for the zone of the home).
    Time is that of the live readings. Old data (late, imported, retained) never raise or clear anything.
    `healthmon.alarms.states` has the table of states, `telling` the exact contexts of what is said.
    """

    name = NAME

    def __init__(self, table: Sequence[AlarmClass] = CLASSES) -> None:
        self._book = AlarmBook(table)

    @property
    def limits(self) -> Limits:
        """What holds for whom now. To be read, not changed."""
        return self._book.limits

    def observe(self, entry: Entry) -> Iterable[Remark]:
        """Judge one entry. It is judged at once, whether or not what it comes to is looked at."""
        if entry.verb == "MEASURES":
            return self._book.measured(entry) or ()
        return list(self._heard(entry))

    def listener(self, verb: str, kind: str) -> Listener | None:
        """Readings of what the table has rows for, and of steps; no other reading."""
        if verb != "MEASURES":
            return self.observe
        return self._book.measured if self._book.follows(kind) else None

    def stream(self, entry: Entry) -> StreamListener | None:
        """Readings of what the table has rows for."""
        return self._book.stream(entry) if self._book.follows(entry.object.type) else None

    def keep_only(self, row: AlarmClass) -> None:
        """Leave out every other alarm, for good: for who replays this one. No alarm depends on another but
        for the episode that it joins."""
        self._book.keep_only(row)

    def vital(self, person: str, quantity: str) -> Vital:
        """What is known of one quantity of somebody's. To be read, not changed."""
        return self._book.vital(person, quantity)

    def due(self) -> datetime | None:
        """When the first delay, recovery or silence is over, in the recorder's time."""
        return self._book.due

    def fire(self, at: datetime) -> Iterable[Remark]:
        """Everything due at or before `at`, in its order and stamped with its own due time."""
        return list(self._book.fire(at))

    def forget(self, person: str) -> None:
        """Their alarms are over without a word; no timer of theirs fires."""
        self._book.forget(person)

    def countdowns(self, now: datetime) -> Iterator[Countdown]:
        """The alarms that will ring if nothing changes, in no order."""
        for vital, alarm in self._book.alarms():
            due = alarm.rings_at(now)
            if due is not None:
                yield Countdown(vital.person, alarm.row.id, due)

    def _heard(self, entry: Entry) -> Iterable[Remark]:
        if entry.verb == "SETS":
            return self._book.set(entry)
        if entry.verb == "REPORTS":
            return self._reported(entry)
        if entry.verb == "STARTS" and entry.object.type == "RECORDER":
            return self._book.resume(entry.received)
        if entry.verb == "ASSIGNS" and entry.subject.type == "CAREGIVER":
            return self._book.assigned(entry)
        return self._answered(entry) if entry.object.type == "ALARM" else ()

    def _reported(self, entry: Entry) -> Iterable[Remark]:
        if entry.object.type == "WORN":
            return self._book.put_on_or_off(entry)
        if entry.object.type == "GAP" and entry.subject.type == "MONITOR":
            return self._book.resume(entry.received)
        zone = entry.context.get("zone")
        if entry.object.type == "CONTACTS" and entry.subject.type == "MONITOR" and isinstance(zone, str):
            self.limits.live_in(zone)
        return self._book.came_or_went(entry) if entry.object.type == "AVAILABILITY" else ()

    def _answered(self, entry: Entry) -> Iterable[Remark]:
        if entry.delivery in {Delivery.RETAINED, Delivery.IMPORT}:
            return ()
        return self._book.answered(entry) if entry.verb == "ACKNOWLEDGES" else ()
