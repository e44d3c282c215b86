"""This is the place for how a device speaks: sentences of its own, each with an id and a time."""

from collections.abc import Iterable
from operator import itemgetter
from typing import NamedTuple, TypeAlias

import numpy as np

from devices.arrays import Floats
from healthmon.events import Json, Thing
from healthmon.events.wire import Said

# When, the same as the wire writes it, the verb, the object, and the context.
Words: TypeAlias = tuple[float, str, str, Thing, dict[str, Json]]


class Saying(NamedTuple):
    """One sentence of one device. `at` is its time in s since the epoch."""

    at: float
    device: str
    said: Said


class Voice:
    """Numbers what one device says: `<device>:<boot>:<number>`, counted from 1 since it was switched on.

    Not thread-safe. `boot` must differ between runs that may reach the same log, or the second is taken for
    a repetition of the first.
    """

    def __init__(self, speaker: Thing, boot: str, *, claims: dict[str, Json] | None = None) -> None:
        self.speaker = speaker
        self._claims = claims or {}
        self._prefix = f"{speaker.id}:{boot}:"
        self._count = 0

    def says(self, words: Iterable[Words]) -> list[Saying]:
        """These sentences, in the order of their times; a claim of whom they are about comes on top."""
        speaker, prefix, claims = self.speaker, self._prefix, self._claims
        sayings = [
            Saying(
                at,
                speaker.id,
                Said(
                    id=f"{prefix}{number}",
                    time=text,
                    subject=speaker,
                    verb=verb,
                    object=thing,
                    context={**context, **claims},
                ),
            )
            for number, (at, text, verb, thing, context) in enumerate(
                sorted(words, key=itemgetter(0)), start=self._count + 1
            )
        ]
        self._count += len(sayings)
        return sayings


def told(times: Floats) -> list[str]:
    """The times as RFC 3339 in UTC; to the millisecond when they are not all whole seconds."""
    milliseconds = np.rint(times * 1000).astype(np.int64)
    unit = "s" if not np.any(milliseconds % 1000) else "ms"
    texts = np.datetime_as_string(milliseconds.astype("datetime64[ms]"), unit=unit)  # type: ignore[call-overload]  # numpy's stubs want a literal
    return [f"{text}Z" for text in texts.tolist()]
