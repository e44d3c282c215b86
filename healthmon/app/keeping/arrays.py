"""This is the place for what became of large arrays since a moment ago: mostly, they grew at the end.

A home's curves are ten megabytes and grow by sixty kilobytes in ten minutes. So a checkpoint holds only how
each array goes on from the one before: how much was dropped at its front, how much stayed, what came after.
"""

from collections.abc import Sequence
from struct import Struct

import numpy as np

from healthmon import preserve

_COUNT = Struct("<I")
_STEP = Struct("<QQQ")  # bytes dropped at the front, bytes that stayed after them, bytes that came
_SOUGHT = 64  # bytes that tell where the front went


def steps(before: Sequence[bytes | bytearray], now: Sequence[bytes | bytearray]) -> bytes:
    """How these arrays go on from those before, compressed. Other arrays than before are held whole."""
    if len(before) != len(now):
        before = [b""] * len(now)
    found = [_step(old, new) for old, new in zip(before, now, strict=True)]
    heads = b"".join(_STEP.pack(drop, keep, len(tail)) for drop, keep, tail in found)
    return preserve.pressed(_COUNT.pack(len(now)) + heads + b"".join(tail for _, _, tail in found))


def go_on(before: list[bytearray], packed: bytes) -> list[bytearray]:
    """The arrays after one more step; those before are used up. Raises PreserveError for damaged steps."""
    content = preserve.unpressed(packed)
    count = _COUNT.unpack_from(content)[0]
    place = _COUNT.size + count * _STEP.size
    now = before if len(before) == count else [bytearray() for _ in range(count)]
    for number, array in enumerate(now):
        drop, keep, came = _STEP.unpack_from(content, _COUNT.size + number * _STEP.size)
        del array[:drop], array[keep:]
        array.extend(content[place : place + came])
        place += came
    return now


def _step(old: bytes | bytearray, new: bytes | bytearray) -> tuple[int, int, bytes | bytearray]:
    drop = max(0, old.find(new[:_SOUGHT])) if new else len(old)
    keep = _shared(memoryview(old)[drop:], memoryview(new))
    return (drop, keep, new[keep:]) if keep else (len(old), 0, new)


def _shared(old: memoryview, new: memoryview) -> int:
    """How many bytes both begin with."""
    length = min(len(old), len(new))
    if not length:
        return 0
    differs = np.frombuffer(old[:length], np.uint8) != np.frombuffer(new[:length], np.uint8)
    first = int(differs.argmax())
    return first if differs[first] else length
