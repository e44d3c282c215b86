"""This is the place for what a screen shows: frozen values, words included, ready to be painted.

The window paints these and decides nothing. Times are aware UTC; the window turns them to local time.
Text that came from a device or a person is plain text, bounded to 200 characters, never markup.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from healthmon.view.care import Duty, Hush, Question, Quiet

Floats = NDArray[np.float64]


class Priority(StrEnum):
    """How urgent an alarm is, IEC-style: high ***, medium **, low *."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Freshness(StrEnum):
    """How far a number can be believed."""

    LIVE = "live"  # newer than the grey limit of its quantity
    STALE = "stale"  # old: shown struck through, with its age
    NO_SIGNAL = "no-signal"  # the device says it feels no pulse, or is not worn
    NEVER = "never"  # nothing was ever measured


class Side(StrEnum):
    """Which limit a number is beyond."""

    HIGH = "high"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Numeral:
    """One big number: what, how much, how old, and whether it is beyond its limits."""

    quantity: str  # HR or SPO2
    title: str  # "Heart rate"
    unit: str  # "bpm", "%": for people; the log keeps UCUM
    text: str  # "78", or "--" when there is nothing to believe
    freshness: Freshness
    age: timedelta | None = None  # of the newest valid reading; None when there never was one
    low: float | None = None
    high: float | None = None
    beyond: Side | None = None
    priority: Priority | None = None  # of the alarm this number is in, if any
    change: float | None = None  # against five minutes ago
    note: str = ""  # "not worn since 14:05", "alarm in 9 s"


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person in the list on the left."""

    id: str
    name: str
    place: str
    heart_rate: Numeral
    oxygen: Numeral
    priority: Priority | None
    status: str  # "live", "no signal", "unknown since 14:02"
    spark: tuple[float, ...] = ()  # heart rate of the last 30 minutes, 60 means, NaN for gaps


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """A trend in at most one column per bucket: mean line, min-max envelope, gaps as NaN.

    All arrays have one length. `at` is seconds since the epoch, strictly rising; a NaN in `mean` is a gap.
    """

    at: Floats
    mean: Floats
    low: Floats
    high: Floats


class MarkKind(StrEnum):
    """What a mark on the time axis stands for."""

    SPIKE = "spike"
    COFFEE = "coffee"
    ALARM = "alarm"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Mark:
    """A moment marked on the plots. `value` places it on a curve; None spans the plots."""

    kind: MarkKind
    at: datetime
    label: str  # "500 ml", "+31 /min"
    quantity: str | None = None
    value: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Trend:
    """One plot: a quantity of the selected person over the span that is looked at."""

    quantity: str
    title: str
    unit: str
    curve: Curve
    low: float | None
    high: float | None
    bottom: float  # the y range to show; wide enough for the data and the limits
    top: float


class AlarmPhase(StrEnum):
    """Where an alarm is in its life, as far as a carer needs to know."""

    ACTIVE = "active"
    ACKNOWLEDGED = "acknowledged"
    TAKEN = "taken"  # somebody is going there
    UNKNOWN = "unknown"  # the signal went while it rang: "unknown since 14:02, last 87 %"
    LATCHED = "latched"  # over, and waiting to be seen


class Delivery(StrEnum):
    """Where something a carer said has got to."""

    NONE = "none"
    SENDING = "sending"
    UNDELIVERED = "undelivered"  # 2 s and not back: nobody else knows yet
    SETTLED = "settled"


class Offer(StrEnum):
    """What a carer can answer to an alarm now."""

    ACKNOWLEDGE = "acknowledge"
    TAKE = "take"
    SNOOZE = "snooze"
    WAKE = "wake"  # end the snooze: let it sound again


@dataclass(frozen=True, slots=True)
class AlarmLine:
    """One episode by its worst alarm. Whatever a carer answers names `episode` and `alarm`.

    `offers` is what can be answered now, `snoozes` for how long it can be silenced: nothing for what is
    beyond the critical floor. `also` are the other alarms of the episode, in words.
    """

    episode: str
    alarm: str
    person: str
    person_name: str
    place: str
    priority: Priority
    phase: AlarmPhase
    text: str  # "Oxygen 86 %, at or below 88 for 30 s"
    since: datetime
    headline: str = ""  # "Oxygen 86 %": for whoever stands across the room
    against: str = ""  # "at or below 88 for 30 s": the rest of a text whose beginning is the headline
    beside: str = ""  # "Maria", "Anna is going": the same
    task: str = ""  # "Go and look now"; empty where somebody is seeing to it
    by: str = ""  # who acknowledged, or is going
    delivery: Delivery = Delivery.NONE
    snoozed_until: datetime | None = None  # its sound only; None when nobody silenced it, or the time is over
    state: str = ""  # "Anna is going, 8 min left", "Sending…"; empty while it simply rings
    also: str = ""  # "also: oxygen low"
    calls: str = ""  # "Ben was called 03:14"
    offers: tuple[Offer, ...] = ()
    snoozes: tuple[timedelta, ...] = ()
    is_floor: bool = False


@dataclass(frozen=True, slots=True)
class EventRow:
    """One line of the event table. `kind` names an icon; `priority` colours it."""

    offset: int
    at: datetime
    person_name: str
    kind: str  # "spike", "alarm", "coffee", "advice", "device", "rejected", "carer", "recorder", "event"
    text: str
    value: str
    context: str
    priority: Priority | None = None


class Band(StrEnum):
    """How usual the readings are for this person. Never how healthy anybody is."""

    USUAL = "usual"
    WORTH_A_LOOK = "worth a look"
    OUT_OF_USUAL = "out of usual"


@dataclass(frozen=True, slots=True)
class AdviceCard:
    """What the model says, or why it says nothing."""

    title: str  # "Readings today"
    score: int | None  # 0..100, None when there is not enough data
    band: Band | None
    headline: str  # "Usual for Maria", "Not enough data"
    text: str  # what to do or to wait for, one or two sentences
    reasons: tuple[str, ...] = ()  # strongest first, at most two
    badge: str = "trained on simulated people"
    model: str = ""  # its short id
    at: datetime | None = None
    expected: datetime | None = None  # when an answer may be expected, if there is none yet
    outranked: bool = False  # a rule speaks louder: the card steps back


@dataclass(frozen=True, slots=True)
class Tile:
    """A small figure: coffee today, resting heart rate."""

    kind: str  # "coffee", "resting"
    title: str
    text: str
    note: str


class Recording(StrEnum):
    """Whether readings are being kept, as the window can prove it."""

    RECORDING = "recording"
    NOT_RECORDING = "not recording"
    STARTING = "starting"
    REPLAY = "replay"


NOTHING_ARRIVES = frozenset({Recording.NOT_RECORDING, Recording.STARTING})  # so no number is of now


@dataclass(frozen=True, slots=True)
class Connection:
    """The line at the top: is anything being recorded, is the broker there, how much arrives."""

    recording: Recording
    since: datetime | None
    broker_up: bool
    devices: int
    events_per_second: float
    text: str  # "Recording · broker connected · 6 devices · 4 events/s"
    problem: str = ""  # one sentence with the cure, shown large when not empty


@dataclass(frozen=True, slots=True)
class Protection:
    """ "You are protected", computed; or what is missing and since when."""

    protected: bool
    text: str
    missing: tuple[str, ...] = ()
    headline: str = ""  # "You are protected": for whoever stands across the room
    lines: tuple[str, ...] = ()  # what it stands on, or everything that is missing


@dataclass(frozen=True, slots=True)
class Span:
    """Which stretch of time the plots show. `end` None follows the present."""

    length: timedelta
    end: datetime | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Screen:
    """Everything on the screen at one tick."""

    now: datetime
    connection: Connection
    protection: Protection
    alarms: tuple[AlarmLine, ...]
    people: tuple[PersonRow, ...]
    selected: str | None
    heart_rate: Numeral | None
    oxygen: Numeral | None
    tiles: tuple[Tile, ...]
    trends: tuple[Trend, ...]
    marks: tuple[Mark, ...]
    span: Span
    span_start: datetime
    span_end: datetime
    advice: AdviceCard | None
    new_events: tuple[EventRow, ...] = ()  # since the last tick, oldest first
    events_today: int = 0
    hush: Hush | None = None  # all sound is paused, or that is on its way
    duty: Duty = Duty()  # noqa: RUF009 - it has no state
    quiet: Quiet | None = None  # quiet hours of who is selected
    question: Question | None = None  # "Was it real?" of the newest alarm that is over, while none rings
    notices: tuple[str, ...] = field(default=())  # said once: "Recording goes on without this window"
