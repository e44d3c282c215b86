"""This is the place for the life of an alarm: one table that can be read, and that the code obeys.

    calm --beyond--> pending --held--> ACTIVE --clear--> RECOVERING --over--> latched, or calm if answered
                                          ^  <--beyond, between--  |
                                          |                        |
                                          +--a reading-- UNKNOWN <-+-- lost, from either

Acknowledging is no phase of its own: a carer may answer at any time, and the condition goes on regardless.
An acknowledged alarm is one that was answered and is not over; only one that ends unanswered is latched.
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
    Row(Phase.PENDING, Signal.OFF, Phase.CALM),
    Row(Phase.ACTIVE, Signal.CLEAR, Phase.RECOVERING),
    Row(Phase.ACTIVE, Signal.LASTED, Phase.ACTIVE, Says.RAISES),
    Row(Phase.ACTIVE, Signal.LOST, Phase.UNKNOWN, Says.FLAGS),
    Row(Phase.ACTIVE, Signal.OFF, Phase.CALM, Says.CLEARS),
    Row(Phase.RECOVERING, Signal.BEYOND, Phase.ACTIVE),
    Row(Phase.RECOVERING, Signal.BETWEEN, Phase.ACTIVE),
    Row(Phase.RECOVERING, Signal.OVER_SEEN, Phase.CALM, Says.CLEARS),
    Row(Phase.RECOVERING, Signal.OVER_UNSEEN, Phase.LATCHED, Says.CLEARS),
    Row(Phase.RECOVERING, Signal.LOST, Phase.UNKNOWN, Says.FLAGS),
    Row(Phase.RECOVERING, Signal.OFF, Phase.CALM, Says.CLEARS),
    Row(Phase.UNKNOWN, Signal.BEYOND, Phase.ACTIVE, Says.FLAGS),
    Row(Phase.UNKNOWN, Signal.BETWEEN, Phase.ACTIVE, Says.FLAGS),
    Row(Phase.UNKNOWN, Signal.CLEAR, Phase.RECOVERING, Says.FLAGS),
    Row(Phase.UNKNOWN, Signal.OFF, Phase.CALM, Says.CLEARS),
    Row(Phase.LATCHED, Signal.HELD, Phase.ACTIVE, Says.RAISES),
    Row(Phase.LATCHED, Signal.SEEN, Phase.CALM),
    Row(Phase.LATCHED, Signal.OFF, Phase.CALM),
)

STEPS: Final = MappingProxyType({(row.phase, row.signal): row for row in TABLE})

# The condition holds, held a moment ago, or may hold.
AWAKE: Final = frozenset({Phase.ACTIVE, Phase.RECOVERING, Phase.UNKNOWN})
