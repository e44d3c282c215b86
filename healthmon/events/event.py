"""This is the place for the one value that all else carries: subject VERB object, in a context, at a time."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Self, TypeAlias

import msgspec

if TYPE_CHECKING:
    Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"
else:
    Json = Any  # msgspec refuses a type that names itself; what it decodes is JSON by construction
Context: TypeAlias = Mapping[str, Json]


class TimeSource(StrEnum):
    """Who says when it happened."""

    DEVICE = "device"
    DEVICE_LOCAL = "device-local"  # the device told a local time; the zone was ours to add
    RECEIVE = "receive"


class Delivery(StrEnum):
    """How an event reached us. Only LIVE events may alarm, plot as now, or advise."""

    LIVE = "live"
    RETAINED = "retained"  # the broker's copy of an old message
    LATE = "late"  # more than a minute later than this device usually is
    IMPORT = "import"  # backfill from a file


class Thing(msgspec.Struct, frozen=True, order=True, omit_defaults=True, gc=False):
    """Somebody or something: WATCH watch-7, CAREGIVER anna. `id` is empty where one needs none, as for HR."""

    type: str
    id: str = ""

    @property
    def name(self) -> str:
        """What it goes by: its id, or its type where there is only one of it."""
        return self.id or self.type

    def __str__(self) -> str:
        return f"{self.type} {self.id}".rstrip()


class Event(msgspec.Struct, frozen=True, kw_only=True, gc=False):  # JSON knows no circles
    """One sentence: `subject` did `verb` to `object`, in `context`, at `time`.

    `time` is aware. `context` holds `value` and `unit` (UCUM), `person` (whom it is about), `quality`,
    `delivery` (absent means live) and whatever else enriches it; it is read-only by agreement and by type.
    Frozen: stages hand it on and never change it; `with_context` makes a changed copy.
    """

    id: str
    time: datetime
    time_source: TimeSource = TimeSource.DEVICE
    subject: Thing
    verb: str
    object: Thing
    context: Context = msgspec.field(default_factory=dict)

    @property
    def person(self) -> str | None:
        """Whom the event is about, if anybody was named."""
        person = self.context.get("person")
        return person if isinstance(person, str) else None

    @property
    def value(self) -> Json:
        """What was measured or said, if anything."""
        return self.context.get("value")

    @property
    def amount(self) -> float | None:
        """The value when it is a number. True and false are not numbers."""
        value = self.context.get("value")
        if isinstance(value, bool) or not isinstance(value, int | float):
            return None
        return float(value)

    @property
    def unit(self) -> str | None:
        """The UCUM unit of the value, if it has one."""
        unit = self.context.get("unit")
        return unit if isinstance(unit, str) else None

    @property
    def delivery(self) -> Delivery:
        """How it reached us; live unless its context says otherwise."""
        said = self.context.get("delivery")
        return _LIVE if said is None else _DELIVERIES.get(str(said), _LIVE)

    @property
    def counts_now(self) -> bool:
        """Whether it may change what holds now: an import, or the broker's old copy, may not."""
        return self.delivery in {Delivery.LIVE, Delivery.LATE}

    def called(self, name: str) -> Self:
        """The same event under this id."""
        return msgspec.structs.replace(self, id=name)

    def timed(self, time: datetime, source: TimeSource) -> Self:
        """The same event at this time, told by `source`."""
        return msgspec.structs.replace(self, time=time, time_source=source)

    def with_context(self, **changes: Json) -> Self:
        """The same event with these context keys set; a change to None takes the key out."""
        merged = {**self.context, **changes}
        return msgspec.structs.replace(self, context={k: v for k, v in merged.items() if v is not None})


class Entry(Event, frozen=True, kw_only=True, gc=False):
    """An event with its place in the log: what followers read and every fold is made from.

    `offset` counts events from 0 without gaps. `received` is the recorder's time, which never goes back.
    """

    offset: int
    received: datetime

    @classmethod
    def of(cls, event: Event, *, offset: int, received: datetime) -> "Entry":
        """The event, at this place in the log."""
        return cls(
            id=event.id,
            time=event.time,
            time_source=event.time_source,
            subject=event.subject,
            verb=event.verb,
            object=event.object,
            context=event.context,
            offset=offset,
            received=received,
        )


_LIVE = Delivery.LIVE  # reading a member off an enum class is slow, and this is asked for nearly each entry
_DELIVERIES = {delivery.value: delivery for delivery in Delivery}
