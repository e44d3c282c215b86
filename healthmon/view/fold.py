"""This is the place for what the log comes to: every entry goes in once, in order, and leaves its trace.

Readings take the short ways; everything else is rare and takes `_told`.
"""

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, tzinfo
from math import inf
from typing import Final

from healthmon.events import Delivery, Entry
from healthmon.events.vocabulary import COFFEE, DEVICE_VERBS, PERSON_VERBS
from healthmon.view import words
from healthmon.view.advice_card import AdviceBook
from healthmon.view.alarm_book import AlarmBook
from healthmon.view.countdown import Countdown
from healthmon.view.devices import Device, DeviceBook
from healthmon.view.marks import MarkBook
from healthmon.view.moments import end_of
from healthmon.view.outgoing import Outgoing
from healthmon.view.person import Person
from healthmon.view.quantities import VITALS
from healthmon.view.ranges import Ranges
from healthmon.view.screen import EventRow
from healthmon.view.telling import PLOTTED
from healthmon.view.tiles import CoffeeBook
from healthmon.view.timeline import Timeline
from healthmon.view.vital import Stream

_MOST_ROWS: Final = 5000  # no table holds more, and no first look at a long log needs more
_MOST_DAYS: Final = 400
_ALARM_VERBS: Final = ("RAISES", "CLEARS", "ESCALATES", "FLAGS", "ACKNOWLEDGES", "SNOOZES")
_LIVE: Final = Delivery.LIVE.value
_RETAINED: Final = Delivery.RETAINED.value


class Fold:
    """Everything the screen is made from. One thread; asks no clock: the same entries come to the same.

    `horizon` is the latest time, in seconds since the epoch, that a reading may claim: what lies in the
    future is not drawn. Readings received before `followed_from` begin no countdown. `rows` are the table's
    lines since somebody last took them.
    """

    def __init__(self, outgoing: Outgoing, advice: AdviceBook, zone: tzinfo | None = None) -> None:
        self.people: dict[str, Person] = {}
        self.devices = DeviceBook()
        self.streams_of: dict[str, list[Stream]] = {}  # by device
        self.alarms = AlarmBook(outgoing)
        self.advice = advice
        self.marks = MarkBook()
        self.coffee = CoffeeBook()
        self.recorder_since: datetime | None = None
        self.paused_until: datetime | None = None
        self.offset = -1
        self.horizon = inf
        self.rows: deque[EventRow] = deque(maxlen=_MOST_ROWS)
        self.countdown = Countdown()
        self.followed_from: datetime | None = None
        self._ranges = Ranges(self.countdown.limits)
        self._rows_on: dict[date, int] = {}
        self._zone = zone
        self._outgoing = outgoing
        self._timeline = Timeline(self.name_of)
        self._streams: dict[str, dict[str, Stream]] = {quantity: {} for quantity in VITALS}
        self._acts: Mapping[str, Callable[[Entry], None]] = {
            **dict.fromkeys(DEVICE_VERBS, self._device_said),
            **dict.fromkeys(_ALARM_VERBS, self._alarm),
            "PAUSES": self._paused,
            "ASSIGNS": self._assigned,
            "SETS": self._set,
            "ADVISES": self.advice.fold,
            "STARTS": self._started,
        }

    def take(self, entries: Iterable[Entry]) -> None:
        """Fold these entries, in order."""
        for entry in entries:
            if entry.verb != "MEASURES":
                self._told(entry)
            elif (streams := self._streams.get(entry.object.type)) is not None:
                self._measured(entry, streams)
            else:
                self._measured_aside(entry)
            self.offset = entry.offset

    def name_of(self, person: str) -> str:
        """What a person is called."""
        known = self.people.get(person)
        return known.name if known is not None else words.numbers.called(person)

    def rows_on(self, day: date) -> int:
        """How many lines the table got for this day of the reader's."""
        return self._rows_on.get(day, 0)

    def _measured(self, entry: Entry, streams: dict[str, Stream]) -> None:
        context = entry.context
        value, delivery = context.get("value"), context.get("delivery", _LIVE)
        if delivery == _RETAINED or isinstance(value, bool) or not isinstance(value, int | float):
            return
        subject = entry.subject
        stream = streams.get(subject.id or subject.type)
        if stream is None or stream.claimed != context.get("person"):
            stream = self._connect(entry, streams)
        if is_live := delivery == _LIVE:
            self._hear(stream.device, entry)
        at = entry.time.timestamp()
        if at <= self.horizon:
            stream.take(at, value, is_live=is_live)

    def _measured_aside(self, entry: Entry) -> None:
        """Steps, power and the like: no number of their own on the screen."""
        if entry.context.get("delivery", _LIVE) == _LIVE:
            self._hear(self.devices.get(entry.subject), entry)
        if entry.object.type not in PLOTTED:
            self._list(entry)

    def _hear(self, device: Device, entry: Entry) -> None:
        """A device measured something just now, as far as the log can tell."""
        device.hear(entry.received)
        if self.followed_from is None or entry.received >= self.followed_from:
            self.countdown.follow(entry)

    def _connect(self, entry: Entry, streams: dict[str, Stream]) -> Stream:
        """A device measures a person, or nobody, for the first time or again after somebody else."""
        device = self.devices.get(entry.subject)
        person = self._person(entry.person) if entry.person else self._nobody(entry)
        if entry.delivery is Delivery.LIVE:
            device.person = person.id
        stream = person.vitals[entry.object.type].connect(device, person.id)
        stream.claimed = entry.person
        streams[device.id] = stream
        of_device = self.streams_of.setdefault(device.id, [])
        if stream not in of_device:
            of_device.append(stream)
        return stream

    def _person(self, person: str) -> Person:
        if person not in self.people:
            self.people[person] = Person(person, self._ranges)
        return self.people[person]

    def _nobody(self, entry: Entry) -> Person:
        """The row of a device that nobody was given yet."""
        row = str(entry.subject)
        if row not in self.people:
            name = words.numbers.device(entry.subject)
            self.people[row] = Person(row, self._ranges, name=name, place=words.signal.NOT_ASSIGNED)
        return self.people[row]

    def _told(self, entry: Entry) -> None:
        """Anything but a reading."""
        self.countdown.follow(entry)
        if entry.verb in PERSON_VERBS:
            self._outgoing.came_back(entry.id)
        act = self._acts.get(entry.verb)
        if act is not None:
            act(entry)
        self.marks.fold(entry)
        self._list(entry)

    def _list(self, entry: Entry) -> None:
        row = self._timeline.row(entry)
        if row is not None:
            self.rows.append(row)
            self._count(row)

    def _count(self, row: EventRow) -> None:
        day = row.at.astimezone(self._zone).date()
        self._rows_on[day] = self._rows_on.get(day, 0) + 1
        if len(self._rows_on) > _MOST_DAYS:
            del self._rows_on[min(self._rows_on)]

    def _device_said(self, entry: Entry) -> None:
        if entry.verb == "REPORTS":
            self.devices.report(entry)
        elif entry.delivery is Delivery.LIVE:
            self.devices.get(entry.subject).hear(entry.received)
        if (entry.verb, entry.object.type) == ("PERCOLATES", COFFEE):
            self.coffee.fold(entry)

    def _alarm(self, entry: Entry) -> None:
        if entry.object.type == "ALARM":
            self.alarms.fold(entry)

    def _assigned(self, entry: Entry) -> None:
        self.devices.assign(entry)
        if entry.person is not None:
            self._person(entry.person)
            self.people.pop(str(entry.object), None)  # its row as a device of nobody's

    def _set(self, entry: Entry) -> None:
        self._ranges.forget()
        person = entry.person or (entry.object.id if entry.object.type == "PERSON" else "")
        if person and entry.object.type == "PERSON":
            self._person(person).describe(entry)

    def _paused(self, entry: Entry) -> None:
        self.paused_until = end_of(entry)

    def _started(self, entry: Entry) -> None:
        if entry.object.type == "RECORDER":
            self.recorder_since = entry.received
