"""This is the place for what an episode is: alarms that belong together, and what people made of them."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from healthmon.events import Json

AUDIBLE = frozenset({"high", "medium"})  # low alarms are seen, not heard: our choice


class Verdict(StrEnum):
    """What a carer says an episode was. Stored in the log, in RATES EPISODE."""

    TRUE = "true"
    FALSE = "false"
    UNSURE = "unsure"


class Hush(StrEnum):
    """Why an audible alarm was not to be heard when it was raised."""

    QUIET_HOURS = "quiet-hours"
    PAUSED = "paused"
    SNOOZED = "snoozed"


@dataclass(frozen=True, slots=True)
class Answer:
    """Who said something about an episode, and when."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Message:
    """One call for help: to which contact, and what became of it. `outcome` is empty while nobody knows."""

    contact: str
    alarm: str
    why: str
    at: datetime
    outcome: str = ""
    settled: datetime | None = None


@dataclass(slots=True)
class Stretch:
    """From then till then; None while it goes on."""

    begin: datetime
    end: datetime | None = None


@dataclass(slots=True)
class Part:
    """One alarm of an episode: raised once, and over once. Changed by the fold alone.

    `begin` is when its readings began to be beyond the limit, `raised` when it was told. `counts` is false
    where only its end or its coming back stands in what was read: it began before. `priority` is the most
    urgent it had, `at_first` the one it was raised with. `unknown` is where the signal was gone meanwhile.
    """

    alarm: str
    begin: datetime
    raised: datetime
    priority: str
    counts: bool = True
    end: datetime | None = None
    outcome: str = ""
    latched: bool = False
    worst: Json = None
    unit: str | None = None
    device: str | None = None
    is_floor: bool = False
    hush: Hush | None = None
    answered: Answer | None = None
    at_first: str = ""
    unknown: list[Stretch] = field(default_factory=list)

    @property
    def is_audible(self) -> bool:
        """Whether it is of a kind that sounds: high and medium."""
        return self.priority in AUDIBLE


@dataclass(slots=True)
class Episode:
    """Alarms of one person that belong together, or one technical alarm. Changed by the fold alone.

    `acknowledged` and `taken` are the first of each. `rated` is the last verdict, with who gave it. `device`
    is what a technical alarm is about; its `person` wears it, if anybody does.
    """

    id: str
    person: str | None
    is_technical: bool = False
    device: str | None = None
    parts: list[Part] = field(default_factory=list)
    acknowledged: Answer | None = None
    taken: Answer | None = None
    rated: Verdict | None = None
    rater: Answer | None = None
    messages: dict[str, Message] = field(default_factory=dict)  # by the id of the ESCALATES

    @property
    def raised(self) -> datetime:
        """When its first alarm was told."""
        return min(part.raised for part in self.parts)

    @property
    def end(self) -> datetime | None:
        """When its last alarm was over; None while one goes on."""
        ends = [part.end for part in self.parts]
        return None if None in ends else max(end for end in ends if end is not None)

    @property
    def is_open(self) -> bool:
        """Whether something goes on, or nobody has seen what asks to be seen."""
        return any(part.end is None or (part.latched and part.answered is None) for part in self.parts)

    @property
    def counts(self) -> bool:
        """Whether it began in what was read."""
        return any(part.counts for part in self.parts)

    @property
    def is_audible(self) -> bool:
        """Whether any alarm of it was to be heard."""
        return any(part.is_audible for part in self.parts)

    @property
    def is_high(self) -> bool:
        """Whether any alarm of it was, or became, high."""
        return any(part.priority == "high" for part in self.parts)

    @property
    def first_audible(self) -> datetime | None:
        """When somebody could first have heard it."""
        return min(
            (part.raised for part in self.parts if part.is_audible and part.hush is None), default=None
        )

    @property
    def answered(self) -> Answer | None:
        """The first of acknowledging and taking."""
        answers = [one for one in (self.acknowledged, self.taken) if one is not None]
        return min(answers, key=lambda one: one.at, default=None)
