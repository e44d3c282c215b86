"""How other worlds speak MQTT, and how our own devices do: one world, one file, all of them pure.

A dialect says which topics are its own and turns one message into what was said. It never raises on any
bytes, keeps nothing between messages, and assigns no ids that only the log can know.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from healthmon.events import Event, Message, Rejected


class Reading(NamedTuple):
    """What one message came to: events in their order, and the parts that were refused.

    An event with an empty id is to be given one at its place in the log.
    """

    events: tuple[Event, ...] = ()
    refused: tuple[Rejected, ...] = ()


class Dialect(Protocol):
    """One world of devices."""

    def claims(self, topic: str) -> bool:
        """Whether this topic is spoken in this dialect."""

    def read(self, message: Message, received: datetime) -> Reading:
        """What the message says; `received` is when it was taken off the queue."""


def first_claiming(dialects: Sequence[Dialect], topic: str) -> Dialect | None:
    """The dialect a topic belongs to; the first that claims it."""
    for dialect in dialects:
        if dialect.claims(topic):
            return dialect
    return None
