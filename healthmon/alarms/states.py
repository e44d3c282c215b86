"""This is the place for the life of an alarm: one table that can be read, and that the code obeys.

    calm --beyond--> pending --held--> ACTIVE --clear--> RECOVERING --over--> latched, or calm if answered
                                          ^  <--beyond, between--  |
                                          |                        |
                                          +--a reading-- UNKNOWN <-+-- lost, from either

Acknowledging is no phase of its own: a carer may answer at any time, and the condition goes on regardless.
An acknowledged alarm is one that was answered and is not over; only one that ends unanswered is latched.

The answer has a life of its own beside it, in the second table:

    UNANSWERED --a carer's word--> acknowledged, taken or snoozed --lapsed, worsened--> UNANSWERED
"""

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Phase(StrEnum):
    """Where an alarm is in its life."""

    __hash__ = str.__hash__  # Enum's own is written in Python, and every reading asks for it

    CALM = "calm"
    PENDING = "pending"  # beyond the limit, the delay is running
    ACTIVE = "active"
    RECOVERING = "recovering"  # clear of the limit, not yet for long enough
    UNKNOWN = "unknown"  # it was active when the signal went: nobody knows, so nothing is cleared
    LATCHED = "latched"  # over, and nobody has said that they saw it


class Signal(StrEnum):
    """What happens to an alarm."""

    __hash__ = str.__hash__  # Enum's own is written in Python, and every reading asks for it

    BEYOND = "beyond"  # a valid reading at or beyond the limit
    BETWEEN = "between"  # a valid reading inside the limit, not clear of it
    CLEAR = "clear"  # a valid reading inside by the hysteresis
    BROKEN = "broken"  # no device's readings are beyond any more, before the delay was over
    HELD = "held"  # beyond for the whole delay
    FLOOR = "floor"  # beyond the critical floor for its own short delay, for the first time
    LASTED = "lasted"  # so long that it is more urgent now
    OVER_SEEN = "over-seen"  # clear for long enough; answered, or of a kind that needs no answer
    OVER_UNSEEN = "over-unseen"  # clear for long enough; nobody has answered
    LOST = "lost"  # taken off, no pulse, offline or silent, and no other device tells
    SEEN = "seen"  # a carer acknowledged
    OFF = "off"  # a profile or a carer switched this alarm off


class Says(StrEnum):
    """What the monitor says of a step. Stored in the log."""

    RAISES = "RAISES"
    CLEARS = "CLEARS"
    FLAGS = "FLAGS"  # the signal of an alarm that rings went, or came back


@dataclass(frozen=True, slots=True)
class Row:
    """In this phase, on this signal: go there, and say so."""

    phase: Phase
    signal: Signal
    to: Phase
    says: Says | None = None


# Whatever is not in the table changes nothing.
TABLE: Final = (
    Row(Phase.CALM, Signal.BEYOND, Phase.PENDING),
    Row(Phase.PENDING, Signal.BROKEN, Phase.CALM),
    Row(Phase.PENDING, Signal.HELD, Phase.ACTIVE, Says.RAISES),
    Row(Phase.PENDING, Signal.FLOOR, Phase.ACTIVE, Says.RAISES),
    Row(Phase.PENDING, Signal.OFF, Phase.CALM),
    Row(Phase.ACTIVE, Signal.CLEAR, Phase.RECOVERING),
    Row(Phase.ACTIVE, Signal.LASTED, Phase.ACTIVE, Says.RAISES),
    Row(Phase.ACTIVE, Signal.FLOOR, Phase.ACTIVE, Says.RAISES),
    Row(Phase.ACTIVE, Signal.LOST, Phase.UNKNOWN, Says.FLAGS),
    Row(Phase.ACTIVE, Signal.OFF, Phase.CALM, Says.CLEARS),
    Row(Phase.RECOVERING, Signal.BEYOND, Phase.ACTIVE),
    Row(Phase.RECOVERING, Signal.BETWEEN, Phase.ACTIVE),
    Row(Phase.RECOVERING, Signal.FLOOR, Phase.ACTIVE, Says.RAISES),  # another device tells
    Row(Phase.RECOVERING, Signal.OVER_SEEN, Phase.CALM, Says.CLEARS),
    Row(Phase.RECOVERING, Signal.OVER_UNSEEN, Phase.LATCHED, Says.CLEARS),
    Row(Phase.RECOVERING, Signal.LOST, Phase.UNKNOWN, Says.FLAGS),
    Row(Phase.RECOVERING, Signal.OFF, Phase.CALM, Says.CLEARS),
    Row(Phase.UNKNOWN, Signal.BEYOND, Phase.ACTIVE, Says.FLAGS),
    Row(Phase.UNKNOWN, Signal.BETWEEN, Phase.ACTIVE, Says.FLAGS),
    Row(Phase.UNKNOWN, Signal.CLEAR, Phase.RECOVERING, Says.FLAGS),
    Row(Phase.UNKNOWN, Signal.OFF, Phase.CALM, Says.CLEARS),
    Row(Phase.LATCHED, Signal.HELD, Phase.ACTIVE, Says.RAISES),
    Row(Phase.LATCHED, Signal.FLOOR, Phase.ACTIVE, Says.RAISES),
    Row(Phase.LATCHED, Signal.SEEN, Phase.CALM),
    Row(Phase.LATCHED, Signal.OFF, Phase.CALM),
)

STEPS: Final = MappingProxyType({(row.phase, row.signal): row for row in TABLE})

# The condition holds, held a moment ago, or may hold.
AWAKE: Final = frozenset({Phase.ACTIVE, Phase.RECOVERING, Phase.UNKNOWN})


class Answer(StrEnum):
    """What carers have said to an alarm. Only an unanswered one sounds, and calls people."""

    UNANSWERED = "unanswered"
    ACKNOWLEDGED = "acknowledged"  # somebody has seen it
    TAKEN = "taken"  # somebody is going, for so long
    SNOOZED = "snoozed"  # silent for so long


class Word(StrEnum):
    """What happens to an answer."""

    SEEN = "seen"  # a carer acknowledged
    TAKEN = "taken"  # a carer is going
    SNOOZED = "snoozed"  # a carer wants silence for a while
    WOKEN = "woken"  # a carer ended that silence
    LAPSED = "lapsed"  # the time is over, and the condition lasts
    WORSENED = "worsened"  # it became high, or went beyond the floor: what was answered was less than this


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """With this answer, on this word: go there, and raise the alarm again if there is a `why` for it."""

    answer: Answer
    word: Word
    to: Answer
    why: str = ""


# Whatever is not in the table changes nothing: a snooze takes nobody's place who has seen it or is going.
ANSWERS: Final = (
    AnswerRow(Answer.UNANSWERED, Word.SEEN, Answer.ACKNOWLEDGED),
    AnswerRow(Answer.UNANSWERED, Word.TAKEN, Answer.TAKEN),
    AnswerRow(Answer.UNANSWERED, Word.SNOOZED, Answer.SNOOZED),
    AnswerRow(Answer.ACKNOWLEDGED, Word.SEEN, Answer.ACKNOWLEDGED),
    AnswerRow(Answer.ACKNOWLEDGED, Word.TAKEN, Answer.TAKEN),
    AnswerRow(Answer.ACKNOWLEDGED, Word.LAPSED, Answer.UNANSWERED, "unsettled"),  # beyond the floor only
    AnswerRow(Answer.ACKNOWLEDGED, Word.WORSENED, Answer.UNANSWERED),
    AnswerRow(Answer.TAKEN, Word.SEEN, Answer.ACKNOWLEDGED),
    AnswerRow(Answer.TAKEN, Word.TAKEN, Answer.TAKEN),
    AnswerRow(Answer.TAKEN, Word.LAPSED, Answer.UNANSWERED, "unsettled"),
    AnswerRow(Answer.TAKEN, Word.WORSENED, Answer.UNANSWERED),
    AnswerRow(Answer.SNOOZED, Word.SEEN, Answer.ACKNOWLEDGED),
    AnswerRow(Answer.SNOOZED, Word.TAKEN, Answer.TAKEN),
    AnswerRow(Answer.SNOOZED, Word.SNOOZED, Answer.SNOOZED),
    AnswerRow(Answer.SNOOZED, Word.WOKEN, Answer.UNANSWERED),
    AnswerRow(Answer.SNOOZED, Word.LAPSED, Answer.UNANSWERED, "snooze-over"),
    AnswerRow(Answer.SNOOZED, Word.WORSENED, Answer.UNANSWERED),
)

ANSWER_STEPS: Final = MappingProxyType({(row.answer, row.word): row for row in ANSWERS})
