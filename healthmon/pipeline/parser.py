"""This is the place for judging a message: events, or a refusal with its reason. Never an exception."""

from collections.abc import Sequence
from datetime import datetime

from healthmon.dialects import Dialect, Reading, first_claiming
from healthmon.events import Message, Refusal, Rejected
from healthmon.events.plain_text import is_plain, made_plain

LARGEST = 1 << 20  # bytes; Zigbee2MQTT's device registry needs most of it (DIALECTS.md section 10)

_REMEMBERED = 2_000  # topics
_LONGEST_REMEMBERED = 512  # letters


class Parser:
    """Turns messages into events through the dialects it was given.

    Total and stateless: any bytes on any topic give a `Reading`, the same bytes the same one. May be called
    from any thread; never blocks.
    """

    def __init__(self, dialects: Sequence[Dialect], *, largest: int = LARGEST) -> None:
        self._dialects = tuple(dialects)
        self._largest = largest
        self._claimed: dict[str, Dialect] = {}

    def parse(self, message: Message, received: datetime) -> Reading:
        """What the message says, taken off the queue at `received`."""
        if len(message.payload) > self._largest:
            detail = f"{len(message.payload)} bytes; at most {self._largest} are read"
            return _refused(message, Refusal.TOO_LARGE, detail)
        dialect = self._claimed.get(message.topic)
        if dialect is not None:
            return dialect.read(message, received)
        if not is_plain(message.topic):
            return _refused(message, Refusal.CONTROL_CHARACTERS, "the topic holds control characters")
        dialect = self._dialect_of(message.topic)
        if dialect is None:
            return _refused(message, Refusal.UNKNOWN_TOPIC, "no dialect of ours speaks on this topic")
        return dialect.read(message, received)

    def _dialect_of(self, topic: str) -> Dialect | None:
        """Whose topic it is: looked up once for each of the topics that a large home has."""
        dialect = first_claiming(self._dialects, topic)
        if dialect is not None and len(self._claimed) < _REMEMBERED and len(topic) <= _LONGEST_REMEMBERED:
            self._claimed[topic] = dialect
        return dialect


def _refused(message: Message, reason: Refusal, detail: str) -> Reading:
    return Reading(refused=(Rejected(message, reason, made_plain(detail)),))
