"""This is the place for many messages by chance: each is checked, every outcome is counted."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from random import Random

from healthmon.events import Message
from tests.fuzz import seeds
from tests.fuzz.mutate import Mutator
from tests.fuzz.promises import check

TELL_EVERY = 5.0  # seconds of real time

Finding = tuple[Message, Exception]


def messages(count: int, seed: int) -> Iterator[Message]:
    """All seeds as they are, then changed ones: `count` in all, the same for the same seed."""
    known = seeds.every()
    yield from known[:count]
    mutator = Mutator(seeds.own(), seeds.foreign(), Random(seed))
    for _ in range(count - len(known)):
        yield mutator.next()


def hunt(
    count: int, seed: int, told: Callable[[int], None] = lambda _: None
) -> tuple[Counter[str], list[Finding]]:
    """Check so many messages: how often each came to what, and what broke a promise."""
    outcomes: Counter[str] = Counter()
    findings: list[Finding] = []
    tell_at = time.monotonic() + TELL_EVERY
    for number, message in enumerate(messages(count, seed), 1):
        try:
            reading = check(message)
        except Exception as error:  # noqa: BLE001  # whatever it is, it is what is hunted
            findings.append((message, error))
        else:
            outcomes.update(refused.reason.value for refused in reading.refused)
            outcomes["events"] += len(reading.events)
            outcomes["messages"] += 1
        if time.monotonic() > tell_at:
            tell_at += TELL_EVERY
            told(number)
    return outcomes, findings
