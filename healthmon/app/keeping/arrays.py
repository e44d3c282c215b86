"""This is the place for what became of large arrays since a moment ago: mostly, they grew at the end.

A home's curves are ten megabytes and grow by sixty kilobytes in ten minutes. So a checkpoint holds only how
each array goes on from the one before: how much was dropped at its front, how much stayed, what came after.
Times come in steady steps: as differences of their bit patterns they take a hundredth of the room.
"""

from collections.abc import Sequence
from struct import Struct

import numpy as np

from healthmon import preserve

_COUNT = Struct("<I")
_STEP = Struct("<QQQ?")  # bytes dropped at the front, that stayed after them, that came; as differences
_WHOLE = np.dtype("<u8")
_SOUGHT = 64  # bytes that tell where the front went


def steps(before: Sequence[bytes | bytearray], now: Sequence[bytes | bytearray]) -> bytes:
    """How these arrays go on from those before, compressed. Other arrays than before are held whole."""
    if len(before) != len(now):
        before = [b""] * len(now)
    found = [_step(old, new) for old, new in zip(before, now, strict=True)]
    tails = [_differences(tail) for _, _, tail in found]
    heads = [
        _STEP.pack(drop, keep, len(tail), differs is not None)
        for (drop, keep, tail), differs in zip(found, tails, strict=True)
    ]
    told = [tail if differs is None else differs for (_, _, tail), differs in zip(found, tails, strict=True)]
    return preserve.pressed(b"".join([_COUNT.pack(len(now)), *heads, *told]))


def go_on(before: list[bytearray], packed: bytes) -> list[bytearray]:
    """The arrays after one more step; those before are used up. Raises PreserveError for damaged steps."""
    content = preserve.unpressed(packed)
    count = _COUNT.unpack_from(content)[0]
    place = _COUNT.size + count * _STEP.size
    now = before if len(before) == count else [bytearray() for _ in range(count)]
    for number, array in enumerate(now):
        drop, keep, came, differs = _STEP.unpack_from(content, _COUNT.size + number * _STEP.size)
        del array[:drop], array[keep:]
        tail = content[place : place + came]
        array.extend(np.cumsum(np.frombuffer(tail, _WHOLE), dtype=_WHOLE).tobytes() if differs else tail)
        place += came
    return now


def _step(old: bytes | bytearray, new: bytes | bytearray) -> tuple[int, int, bytes | bytearray]:
    drop = max(0, old.find(new[:_SOUGHT])) if new else len(old)
    keep = _shared(memoryview(old)[drop:], memoryview(new))
    return (drop, keep, new[keep:]) if keep else (len(old), 0, new)


def _differences(tail: bytes | bytearray) -> bytes | None:
    """The differences of neighbouring eight-byte patterns, where they are so much smaller that it pays."""
    if not tail or len(tail) % _WHOLE.itemsize:
        return None
    patterns = np.frombuffer(tail, _WHOLE)
    differences = np.diff(patterns, prepend=patterns[:1] * 0).tobytes()
    busy, busy_before = (np.count_nonzero(np.frombuffer(one, np.uint8)) for one in (differences, tail))
    return differences if 2 * busy <= busy_before else None


def _shared(old: memoryview, new: memoryview) -> int:
    """How many bytes both begin with."""
    length = min(len(old), len(new))
    if not length:
        return 0
    differs = np.frombuffer(old[:length], np.uint8) != np.frombuffer(new[:length], np.uint8)
    first = int(differs.argmax())
    return first if differs[first] else length
