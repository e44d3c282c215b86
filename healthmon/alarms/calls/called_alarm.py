"""This is the place for one alarm as those see it who must answer it: what it is, and what was answered."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final, NamedTuple

from healthmon.alarms.calls.answer_times import ANSWER_LASTS, JOINS_WITHIN, UNANSWERED
from healthmon.alarms.classes import URGENCY, Priority
from healthmon.alarms.states import ANSWER_STEPS, Answer, Word
from healthmon.events import Entry, Json

# What a call tells of the alarm as it was told last.
_TOLD: Final = ("value", "unit", "limit", "delay_s", "worst", "since")


class Condition(StrEnum):
    """What is known of an alarm's condition from what the monitor said last."""

    HOLDS = "holds"
    UNKNOWN = "unknown"  # its signal is lost
    OVER = "over"


class AlarmKey(NamedTuple):
    """Which alarm: of a person, of a body nobody was named for, or of a device."""

    who: str
    alarm: str


@dataclass(slots=True, eq=False)
class CalledAlarm:
    """An alarm that was raised, until nobody can mean it any more. `heard` is when anything was known of it.

    `until` ends a take, a snooze, or what a floor grants. The answer was given at `answered_at`, when the
    alarm was `answered_as` urgent. `owes` is the why of a RAISES that waits for a reading: a silence that
    ended while the signal was lost raises nothing on old data.
    """

    key: AlarmKey
    alarm: str
    person: str | None
    device: str | None
    is_technical: bool
    episode: str
    raised: datetime
    heard: datetime
    priority: Priority = Priority.LOW
    is_floor: bool = False
    told: dict[str, Json] = field(default_factory=dict)
    condition: Condition = Condition.HOLDS
    over_at: datetime | None = None
    answer: Answer = Answer.UNANSWERED
    by: str = ""
    until: datetime | None = None
    answered_at: datetime | None = None
    answered_as: Priority = Priority.LOW
    owes: str = ""
    owed_at: datetime | None = None

    @property
    def urgency(self) -> int:
        """Of two alarms the greater is the worse: beyond the floor, then by priority."""
        return URGENCY[self.priority] + (1 if self.is_floor else 0)

    @property
    def is_open(self) -> bool:
        """Whether its condition holds, as far as anybody knows."""
        return self.condition is not Condition.OVER

    def is_snoozed(self, now: datetime) -> bool:
        """Whether a carer's silence goes on."""
        return self.answer is Answer.SNOOZED and self.until is not None and self.until > now

    @property
    def is_outgrown(self) -> bool:
        """Whether what was answered was less urgent than this."""
        return self.answer is not Answer.UNANSWERED and URGENCY[self.priority] > URGENCY[self.answered_as]

    def is_answer_old(self, now: datetime) -> bool:
        """Whether this is a high alarm that was answered too long ago to cover its coming again."""
        is_old = self.answered_at is not None and now - self.answered_at > ANSWER_LASTS
        return self.priority is Priority.HIGH and is_old

    @property
    def ends_quiet(self) -> bool:
        """Whether quiet hours do not hold it back: high, beyond the floor, or a fault of a machine.

        Where nothing is measured or recorded, the high alarm that quiet hours let through could not come.
        """
        return self.priority is Priority.HIGH or self.is_floor or self.is_technical

    @property
    def can_call(self) -> bool:
        """Whether it is urgent enough to sound and call at all."""
        return self.priority in UNANSWERED

    @property
    def wants_somebody(self) -> bool:
        """Whether it sounds and calls: urgent enough, unanswered, and not a medium one whose signal is lost.

        An oximeter that fell off during a high alarm is no good news: that one goes on.
        """
        if self.answer is not Answer.UNANSWERED or not self.can_call:
            return False
        is_high = self.priority is Priority.HIGH
        return self.condition is Condition.HOLDS or (is_high and self.condition is Condition.UNKNOWN)

    def follow(self, entry: Entry) -> None:
        """Take over what RAISES, FLAGS or CLEARS says of it."""
        context = entry.context
        self.heard = entry.received
        self.person = entry.person if self.is_technical else self.person  # another may wear the device now
        episode, device = context.get("episode"), context.get("device")
        self.episode = episode if isinstance(episode, str) and episode else self.episode
        self.device = device if isinstance(device, str) else self.device
        self.priority = priority_in(entry) or self.priority
        self.told |= {key: context[key] for key in _TOLD if key in context}

    def reply(self, word: Word, by: str, at: datetime, until: datetime | None) -> None:
        """Somebody answers it as it is now."""
        if self.hear(word, by, until) is not None:
            self.answered_at, self.answered_as = at, self.priority

    def inherit(self, other: "CalledAlarm") -> None:
        """What was answered to the other one is answered to this one, as it was then."""
        self.answer, self.by, self.until = other.answer, other.by, other.until
        self.answered_at, self.answered_as = other.answered_at, other.answered_as

    def hear(self, word: Word, by: str = "", until: datetime | None = None) -> str | None:
        """A word about its answer. The why of a RAISES it leads to, perhaps empty; None: no change."""
        row = ANSWER_STEPS.get((self.answer, word))
        if row is None:
            return None
        self.answer, self.by, self.until, self.owes, self.owed_at = row.to, by, until, "", None
        return row.why

    def due(self) -> datetime | None:
        """When its answer runs out, or a RAISES it owes is to be said."""
        if not self.is_open:
            return None
        return self.owed_at if self.owed_at is not None else self.until

    def is_done(self, now: datetime) -> bool:
        """Whether nothing said from now on can be about this one: over for long, and no snooze runs."""
        if self.over_at is None or self.is_open or (self.until is not None and self.until >= now):
            return False
        return now > self.over_at + 2 * JOINS_WITHIN


def priority_in(entry: Entry) -> Priority | None:
    """The priority an entry of an alarm tells, if it is one of ours."""
    said = entry.context.get("priority")
    return Priority(said) if isinstance(said, str) and said in set(Priority) else None


def key_of(entry: Entry) -> AlarmKey:
    """Which alarm an entry of the monitor is about."""
    device = str(entry.context.get("device") or "")
    is_technical = entry.context.get("technical") is True
    who = f"device {device}" if is_technical or not entry.person else f"person {entry.person}"
    return AlarmKey(who, entry.object.id)
