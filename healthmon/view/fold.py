"""This is the place for what the log comes to: every entry goes in once, in order, and leaves its trace.

Readings take the short ways; everything else is rare and takes `_told`.
"""

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final

from healthmon.advice.catalogue import Catalogue
from healthmon.events import Delivery, Entry
from healthmon.events.vocabulary import COFFEE, DEVICE_VERBS, PERSON_VERBS
from healthmon.view import words
from healthmon.view.advice_card import AdviceBook
from healthmon.view.alarm_book import ALARM_VERBS, AlarmBook
from healthmon.view.answering import Answering
from healthmon.view.countdown import Countdown
from healthmon.view.devices import Device, DeviceBook
from healthmon.view.duty import DutyBook
from healthmon.view.marks import MarkBook
from healthmon.view.outgoing import Outgoing
from healthmon.view.person import Person
from healthmon.view.quantities import VITALS
from healthmon.view.questions import QuestionBook
from healthmon.view.ranges import Ranges
from healthmon.view.screen import EventRow
from healthmon.view.standing import Standing
from healthmon.view.telling import PLOTTED
from healthmon.view.tiles import CoffeeBook
from healthmon.view.timeline import Timeline
from healthmon.view.vital import Stream

_MOST_ROWS: Final = 5000  # no table holds more, and no first look at a long log needs more
_QUARTER: Final = 900  # seconds: no zone differs from UTC by a part of it
_MOST_QUARTERS: Final = 400  # four days: only today's lines are counted
# A reading may claim to be so much later than it was received: devices' clocks are never quite ours.
_AHEAD: Final = timedelta(seconds=60)
_LIVE: Final = Delivery.LIVE.value
_RETAINED: Final = Delivery.RETAINED.value


class Fold:
    """Everything the screen is made from. One thread; asks no clock: the same entries come to the same.

    So a fold can be kept (`healthmon.preserve`) and goes on from there. `rows` are the table's lines since
    somebody last took them; `outgoing` is what was said here, and is emptied of that when a fold is kept.
    """

    def __init__(self, catalogue: Catalogue | None = None) -> None:
        self.outgoing = Outgoing()
        self.people: dict[str, Person] = {}
        self.devices = DeviceBook()
        self.streams_of: dict[str, list[Stream]] = {}  # by device
        self.alarms = AlarmBook(self.outgoing)
        self.advice = AdviceBook(catalogue)
        self.marks = MarkBook()
        self.coffee = CoffeeBook()
        self.recorder_since: datetime | None = None
        self.answering = Answering()
        self.questions = QuestionBook()
        self.duty = DutyBook(self.answering.duty)
        self.standing = Standing()
        self.quiet = self.answering.quiet
        self.offset = -1
        self.rows: deque[EventRow] = deque(maxlen=_MOST_ROWS)
        self.countdown = Countdown()
        self._ranges = Ranges(self.countdown.limits)
        self._rows_in: dict[int, int] = {}  # by quarter of an hour
        self._timeline = Timeline()
        self._streams: dict[str, dict[str, Stream]] = {quantity: {} for quantity in VITALS}

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

    def rows_between(self, start: datetime, end: datetime) -> int:
        """How many lines the table got for the time from `start` to `end`, in whole quarters of an hour."""
        first, last = start.timestamp() // _QUARTER, end.timestamp() // _QUARTER
        return sum(count for quarter, count in self._rows_in.items() if first <= quarter < last)

    def _measured(self, entry: Entry, streams: dict[str, Stream]) -> None:
        context = entry.context
        value, delivery = context.get("value"), context.get("delivery", _LIVE)
        if delivery == _RETAINED or isinstance(value, bool) or not isinstance(value, int | float):
            return
        subject = entry.subject
        stream = streams.get(subject.name)
        if stream is None or stream.claimed != context.get("person"):
            stream = self._connect(entry, streams)
        if is_live := delivery == _LIVE:
            self._hear(stream.device, entry)
        if entry.time - entry.received <= _AHEAD:
            stream.take(entry.time.timestamp(), value, is_live=is_live)

    def _measured_aside(self, entry: Entry) -> None:
        """Steps, power and the like: no number of their own on the screen."""
        if entry.context.get("delivery", _LIVE) == _LIVE:
            self._hear(self.devices.get(entry.subject), entry)
        if entry.object.type not in PLOTTED:
            self._list(entry)

    def _hear(self, device: Device, entry: Entry) -> None:
        """A device measured something just now, as far as the log can tell."""
        device.hear(entry.received)
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
        self.answering.follow(entry)
        if entry.verb in PERSON_VERBS:
            self.outgoing.came_back(entry.id)
        act = _ACTS.get(entry.verb)
        if act is not None:
            act(self, entry)
        self.marks.fold(entry)
        self._list(entry)

    def _list(self, entry: Entry) -> None:
        row = self._timeline.row(entry, self.name_of)
        if row is not None:
            self.rows.append(row)
            self._count(row)

    def _count(self, row: EventRow) -> None:
        quarter = int(row.at.timestamp() // _QUARTER)
        self._rows_in[quarter] = self._rows_in.get(quarter, 0) + 1
        if len(self._rows_in) > _MOST_QUARTERS:
            del self._rows_in[min(self._rows_in)]

    def _device_said(self, entry: Entry) -> None:
        if entry.subject.type == "MONITOR":
            self.standing.report(entry)
            return
        if entry.verb == "REPORTS":
            self.devices.report(entry)
        elif entry.delivery is Delivery.LIVE:
            self.devices.get(entry.subject).hear(entry.received)
        if (entry.verb, entry.object.type) == ("PERCOLATES", COFFEE):
            self.coffee.fold(entry)

    def _alarm(self, entry: Entry) -> None:
        if entry.object.type == "ALARM":
            self.alarms.fold(entry)
            self.questions.alarmed(entry, self.alarms)

    def _judged(self, entry: Entry) -> None:
        if entry.object.type == "EPISODE":
            self.questions.judged(entry)

    def _notified(self, entry: Entry) -> None:
        self.alarms.notified(entry)
        self.duty.notified(entry)

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

    def _advised(self, entry: Entry) -> None:
        self.advice.fold(entry)

    def _started(self, entry: Entry) -> None:
        if entry.object.type == "RECORDER":
            self.recorder_since = entry.received
            self.standing.started()


_ACTS: Final[Mapping[str, Callable[[Fold, Entry], None]]] = {
    **dict.fromkeys(DEVICE_VERBS, Fold._device_said),  # noqa: SLF001 - its own methods, here and below
    **dict.fromkeys(ALARM_VERBS, Fold._alarm),  # noqa: SLF001
    "NOTIFIES": Fold._notified,  # noqa: SLF001
    "RATES": Fold._judged,  # noqa: SLF001
    "ASSIGNS": Fold._assigned,  # noqa: SLF001
    "SETS": Fold._set,  # noqa: SLF001
    "ADVISES": Fold._advised,  # noqa: SLF001
    "STARTS": Fold._started,  # noqa: SLF001
}
