"""This is the place for one alarm from its first second until somebody has seen that it is over."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from healthmon.events import Event
from healthmon.events.plain_text import made_plain
from healthmon.view import words
from healthmon.view.person import Person
from healthmon.view.screen import AlarmPhase, Priority

# Half a step of urgency is taken off what is silenced or over, a step and a half off what somebody has taken:
# so a new medium alarm stands above a high one that is seen to, and a new low one (a battery, say) does not.
URGENCY: Final = {Priority.HIGH: 0.0, Priority.MEDIUM: 2.0, Priority.LOW: 4.0}
_SEEN_TO: Final = {AlarmPhase.LATCHED: 1.0, AlarmPhase.ACKNOWLEDGED: 3.0, AlarmPhase.TAKEN: 3.0}
_SNOOZED: Final = 1.0
_FLOOR: Final = -1.0


@dataclass(frozen=True, slots=True)
class Call:
    """Somebody was called about an alarm, and what became of the message, once that is known."""

    id: str  # of the ESCALATES
    contact: str
    at: datetime
    outcome: str = ""  # "delivered" or "failed", as the log says it; empty while nobody knows


@dataclass(frozen=True, slots=True, order=True)
class AlarmKey:
    """What makes an alarm one alarm: its episode, which alarm, and whom or which device it is about."""

    episode: str
    alarm: str
    about: str


@dataclass(slots=True)
class Answers:
    """What carers said of an alarm, as far as it holds. Names are ready to be shown."""

    seen_by: str = ""
    seen_here: bool = False  # in this window
    note: str = ""
    taken_by: str = ""
    taken_until: datetime | None = None
    snoozed_until: datetime | None = None


@dataclass(slots=True)
class OpenAlarm:
    """One alarm that still wants somebody's eyes.

    `lost` is when its signal went and the last value, as the log tells it; None while there is a signal.
    """

    key: AlarmKey
    person: str
    device: str
    priority: Priority
    since: datetime
    raised: Event
    is_technical: bool = False
    is_floor: bool = False
    is_over: bool = False
    answers: Answers = field(default_factory=Answers)
    lost: tuple[datetime, float] | None = None
    calls: tuple[Call, ...] = ()

    @property
    def alarm(self) -> str:
        """Which alarm it is."""
        return self.key.alarm

    @property
    def quantity(self) -> str | None:
        """Which quantity of a body it is about, if any."""
        return None if self.is_technical else words.alarms.quantity_of(self.alarm)

    def phase(self, now: datetime) -> AlarmPhase:
        """Where it is in its life, signal or no signal. Nobody's going silences what is beyond the floor."""
        if self.is_over:
            return AlarmPhase.LATCHED
        if self.answers.seen_by:
            return AlarmPhase.ACKNOWLEDGED
        return AlarmPhase.TAKEN if self.is_taken(now) and not self.is_floor else AlarmPhase.ACTIVE

    def is_taken(self, now: datetime) -> bool:
        """Whether somebody is on their way, and their time is not over."""
        until = self.answers.taken_until
        return until is not None and until > now and not self.is_over

    def is_snoozed(self, now: datetime) -> bool:
        """Whether somebody silenced it, and the time is not over."""
        until = self.answers.snoozed_until
        return until is not None and until > now and not self.is_over and not self.is_floor

    def rank(self, now: datetime) -> tuple[float, bool, datetime, AlarmKey]:
        """Worst first; a body before a machine, an older alarm before a newer one."""
        phase = self.phase(now)
        urgency = URGENCY[self.priority] + _SEEN_TO.get(phase, 0.0)
        if phase is AlarmPhase.ACTIVE:
            urgency += _SNOOZED * self.is_snoozed(now) + _FLOOR * self.is_floor
        return urgency, self.quantity is None, self.since, self.key

    def whose(self, person: Person | None) -> str:
        """Whom it is about, or which device when nobody was given that yet."""
        if person is not None:
            return person.name
        return words.numbers.called(self.person) or made_plain(self.device)
