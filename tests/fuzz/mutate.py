"""This is the place for changing a message by chance: its bytes, its sense, or its topic."""

import json
from collections.abc import Callable, Sequence
from random import Random
from typing import Any, TypeAlias

from healthmon.events import Message
from tests.fuzz.seeds import TOPICS

Tree: TypeAlias = Any  # JSON that is about to be wrong on purpose

# fmt: off
TOKENS = (
    b"NaN", b"Infinity", b"-Infinity", b"1e309", b"-1e308", b"1e-400", b"9" * 400, b"18446744073709551616",
    b"null", b"true", b"{}", b"[]", b"[" * 40, b'{"a":' * 30, b"\\ud800", b"\\u202e", b"\\u0000", b"\xff",
    b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\0", b"\n", b'"', b"\\", b",", b":", b"\xe2\x80\xae", b"\xf0\x9f",
)
WORDS = (
    "", "WATCH", "CAREGIVER", "MONITOR", "monitor", "HR", "SPO2", "spO2", "MEASURES", "RAISES", "SETS",
    "hums", "a" * 257, "a b", "\u202e", "\x00", "\n", "é", "👩\u200d👩", "watch-1", "watch-2", "anna",
    "ON",
)
TIMES = (
    "2026-11-22T04:00:00Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59.999999-14:00", "2026-11-22",
    "2026-11-22T04:00:00+23:59:59.999999", "2026-11-22T04:00:00+00:00:30", "2026-W47-7T04:00Z", "yesterday",
    "2026-11-22T24:00:00Z", "2199-12-31T23:59:59-23:59", "2015-01-01T00:00:00+14:00", "20261122T04Z",
)
NUMBERS = (
    0, -0.0, 1, 78, 255, 65535, -1, 1e308, 5e-324, 2**63, 2**64, -(2**63) - 1, 10**30, 10**309, 0.1, 1.5,
)
KEYS = (
    "value", "unit", "person", "delivery", "device_time", "quality", "subject", "verb", "object", "id",
    "time",
)
# fmt: on

LONGEST_SEED = 4096  # bytes; what is larger is refused or read once, not a million times
OURS = 0.8  # so many of ten messages begin as our own dialect: of others little is understood yet


class Mutator:
    """Makes a stream of messages from seeds. The same seed and number give the same stream."""

    def __init__(self, own: Sequence[Message], foreign: Sequence[Message], chance: Random) -> None:
        self._own = tuple(own)
        self._foreign = tuple(seed for seed in foreign if len(seed.payload) <= LONGEST_SEED) or self._own
        self._chance = chance
        self._ways: tuple[Callable[[Message], Message], ...] = (
            *(self._nonsense, self._other_topic, self._other_bytes),
            *(self._other_sense,) * 7,
        )

    def next(self) -> Message:
        """One more: a seed that was changed up to three times."""
        chance = self._chance
        message = chance.choice(self._own if chance.random() < OURS else self._foreign)
        for _ in range(chance.choice((0, 1, 1, 1, 2, 3))):
            message = self.changed(message)
        return message

    def changed(self, message: Message) -> Message:
        """The message, changed once."""
        return self._chance.choice(self._ways)(message)

    def _nonsense(self, message: Message) -> Message:
        return _with(message, self._chance.randbytes(self._chance.randint(0, 200)))

    def _other_topic(self, message: Message) -> Message:
        topic = self._chance.choice(TOPICS)
        if self._chance.random() < 0.3:
            place = self._chance.randint(0, len(topic))
            topic = topic[:place] + self._chance.choice(WORDS) + topic[place:]
        return Message(topic, message.payload, retained=self._chance.random() < 0.3)

    def _other_bytes(self, message: Message) -> Message:
        chance, data = self._chance, bytearray(message.payload[:4096])
        for _ in range(chance.randint(1, 4)):
            place = chance.randint(0, len(data))
            until = min(len(data), place + chance.randint(0, 4))
            fresh = (
                chance.choice(TOKENS),
                b"%c" % chance.randrange(256),
                b"%c" % chance.randrange(32, 127),
                b"",
                chance.choice(self._own).payload[:60],
            )
            data[place:until] = chance.choice(fresh)
        return _with(message, bytes(data))

    def _other_sense(self, message: Message) -> Message:
        try:
            tree: Tree = json.loads(message.payload)
        except (ValueError, RecursionError):
            return self._other_bytes(message)
        text = json.dumps(self._grown(tree), ensure_ascii=self._chance.random() < 0.5)
        return _with(message, text.encode("utf-8", "replace"))

    def _grown(self, tree: Tree) -> Tree:
        """The value with one place in it changed."""
        chance = self._chance
        if isinstance(tree, dict) and tree and chance.random() < 0.8:
            key = chance.choice(list(tree))
            return {**tree, key: self._grown(tree[key])}
        if isinstance(tree, list) and tree and chance.random() < 0.8:
            place = chance.randrange(len(tree))
            return [*tree[:place], self._grown(tree[place]), *tree[place + 1 :]]
        return self._fresh(tree)

    def _fresh(self, tree: Tree) -> Tree:
        chance = self._chance
        made: tuple[Callable[[], Tree], ...] = (
            lambda: chance.choice(WORDS),
            lambda: chance.choice(TIMES),
            lambda: chance.choice(NUMBERS),
            lambda: chance.choice((None, True, False, {}, [])),
            lambda: {chance.choice(KEYS + WORDS): tree, chance.choice(KEYS): chance.choice(NUMBERS)},
            lambda: [tree] * chance.randint(1, 3),
            lambda: self._nested(tree),
            lambda: (
                {**tree, chance.choice(KEYS): chance.choice(NUMBERS + WORDS + TIMES)}
                if isinstance(tree, dict)
                else chance.choice(WORDS) * (70_000 if chance.random() < 0.01 else 300)
            ),
        )
        return chance.choice(made)()

    def _nested(self, tree: Tree) -> Tree:
        for _ in range(self._chance.choice((3, 15, 16, 17, 200))):
            tree = [tree] if self._chance.random() < 0.5 else {"a": tree}
        return tree


def _with(message: Message, payload: bytes) -> Message:
    return Message(message.topic, payload, retained=message.retained)
