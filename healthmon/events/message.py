"""This is the place for what arrived on the wire, before anybody has judged it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

import msgspec


class Message(msgspec.Struct, frozen=True, gc=False):
    """One MQTT message as the listener took it off the network.

    `duplicate`: it may have been taken before, in an earlier life. `receipt` is the listener's own number for
    it: hand it back to acknowledge, once and only once the events made from it would survive a power cut. It
    means nothing to anybody else.
    """

    topic: str
    payload: bytes
    retained: bool = False
    duplicate: bool = False
    receipt: int = 0

    def with_payload(self, payload: bytes) -> Self:
        """The same message with other bytes: a part of it."""
        return msgspec.structs.replace(self, payload=payload)


class Refusal(StrEnum):
    """Why a message became no event. These words are stored in the log: never change one."""

    NOT_UTF8 = "not-utf8"
    NOT_JSON = "not-json"
    WRONG_TYPE = "wrong-type"
    NO_VERB = "no-verb"
    BAD_TIME = "bad-time"
    BAD_NUMBER = "bad-number"
    CONTROL_CHARACTERS = "control-characters"
    TOO_LARGE = "too-large"
    TOO_DEEP = "too-deep"
    TOO_MANY = "too-many"
    EMPTY = "empty"
    UNKNOWN_TOPIC = "unknown-topic"
    NOT_ALLOWED = "not-allowed"


@dataclass(frozen=True, slots=True)
class Rejected:
    """A message that became no event, why, and what exactly was wrong (bounded, plain text)."""

    message: Message
    reason: Refusal
    detail: str
