"""This is the place for ordinary readings: what nearly every entry is, asked once and not by each rule."""

from collections.abc import Sequence
from typing import Final

from healthmon.events import Entry, Rule, Selective, Streaming, StreamListener
from healthmon.events.plausible import GATES

MOST_KNOWN: Final = 1_000
"""Streams that are remembered: more than a home has. Any device may name any person."""


class Stream:
    """What one device measures of one quantity of one person, and which rules hear it, in their order.

    `value` is what its newest ordinary reading measured.
    """

    __slots__ = ("_kind", "_least", "_most", "route", "value")

    def __init__(self, entry: Entry, rules: Sequence[Rule]) -> None:
        self._kind, self.value = entry.subject.type, 0.0
        self._least, self._most = GATES[entry.object.type]
        heard = [(rule, _listener(rule, entry)) for rule in rules]
        self.route = tuple((rule, listen) for rule, listen in heard if listen is not None)

    def takes(self, entry: Entry) -> bool:
        """Whether this one, of the same device, person and quantity, is ordinary; its value is noted then."""
        context = entry.context
        value = context.get("value")
        if (
            (type(value) is int or type(value) is float)
            and self._least <= value <= self._most
            and "delivery" not in context
            and "device_time" not in context
            and ("quality" not in context or context["quality"] == "good")
            and entry.verb == "MEASURES"
            and entry.subject.type == self._kind
        ):
            self.value = float(value)  # 97 and 97.0 are one number, and two in the log
            return True
        return False


class Streams:
    """Tells ordinary readings from all else, and finds their streams. One thread; bounded.

    What rules gave for a stream holds until they forget somebody: then `clear`.
    """

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = tuple(rules)
        self._known: dict[str, dict[str, dict[str, Stream]]] = {}  # by quantity, person, device
        self._room = 0
        self.clear()

    def clear(self) -> None:
        """Ask the rules anew."""
        self._known = {quantity: {} for quantity in GATES}
        self._room = MOST_KNOWN

    def of(self, entry: Entry) -> Stream | None:
        """The stream of an ordinary reading, its value noted there; None for any other entry."""
        people = self._known.get(entry.object.type)
        if people is None:
            return None
        person = entry.context.get("person")
        devices = people.get(person) if type(person) is str else None
        stream = devices.get(entry.subject.id) if devices is not None else None
        if stream is None:
            stream = self._opened(entry)
        return stream if stream is not None and stream.takes(entry) else None

    def _opened(self, entry: Entry) -> Stream | None:
        person = entry.person
        if not person or entry.verb != "MEASURES":
            return None
        if self._room <= 0:
            self.clear()
        self._room -= 1
        opened = Stream(entry, self._rules)
        self._known[entry.object.type].setdefault(person, {})[entry.subject.id] = opened
        return opened


def _listener(rule: Rule, entry: Entry) -> StreamListener | None:
    if isinstance(rule, Streaming):
        return rule.stream(entry)
    listen = rule.listener(entry.verb, entry.object.type) if isinstance(rule, Selective) else rule.observe
    return None if listen is None else lambda reading, _value: listen(reading)
