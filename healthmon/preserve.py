"""This is the place for turning live state into bytes and back, without ever running what the bytes say.

What a checkpoint holds is a web of small objects that share parts, so it is pickled: nothing else keeps the
sharing, and nothing is as fast. But a pickle may name any function and call it. Here it may name classes
only: those defined in the rooms it was told, and a few of the standard library. A module that is not loaded
already is not loaded. A digest says first whether the bytes are as they were written.
"""

import hashlib
import io
import pickle
import sys
from collections import OrderedDict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum
from types import MappingProxyType
from zoneinfo import ZoneInfo

import zstandard

from healthmon.errors import HealthmonError

LARGEST = 512 << 20  # bytes of one state, unpacked: no home comes near; more is a bomb, not a state
_LEVEL = 3
_DIGEST = hashlib.sha256().digest_size


def _rebuilt(kind: type, fields: dict[str, object]) -> object:
    """What msgspec asks for when it brings a struct back."""
    return kind(**fields)


def _read_only(fields: dict[object, object]) -> MappingProxyType[object, object]:
    return MappingProxyType(fields)


_KNOWN: dict[tuple[str, str], object] = {
    (kind.__module__, kind.__qualname__): kind
    for kind in (OrderedDict, deque, date, datetime, timedelta, timezone, ZoneInfo, set, frozenset, bytearray)
} | {("msgspec._utils", "rebuild"): _rebuilt, (__name__, "_read_only"): _read_only}


class PreserveReason(StrEnum):
    """Why a state could not be kept or brought back."""

    DAMAGED = "damaged"
    TOO_LARGE = "too-large"
    NOT_ALLOWED = "not-allowed"
    NOT_A_STATE = "not-a-state"


class PreserveError(HealthmonError):
    """Bytes that are no state of ours, or a state that is no bytes. Fold the log instead."""


@dataclass(frozen=True, slots=True)
class Preserved:
    """A state as bytes. `buffers` are its large arrays, in the order the state meets them."""

    state: bytes
    buffers: tuple[bytes | bytearray, ...] = ()


class Rooms:
    """The classes that a state may be made of: whatever class is defined in one of these packages.

    >>> Rooms(["healthmon.events"]).brought_back(Rooms(["healthmon.events"]).kept({"a": (1, 2.5)}))
    {'a': (1, 2.5)}
    """

    def __init__(self, packages: Iterable[str]) -> None:
        self._packages = tuple(packages)

    def kept(self, state: object) -> Preserved:
        """The state as bytes. Raises PreserveError (NOT_ALLOWED) for what could not be brought back."""
        buffers: list[pickle.PickleBuffer] = []
        written = io.BytesIO()
        pickler = _Pickler(written, protocol=5, buffer_callback=buffers.append)
        try:
            pickler.dump(state)
        except (pickle.PicklingError, TypeError, AttributeError, RecursionError) as error:
            raise PreserveError(PreserveReason.NOT_ALLOWED, f"this state cannot be kept: {error}") from error
        return Preserved(written.getvalue(), tuple(buffer.raw().tobytes() for buffer in buffers))

    def brought_back(self, preserved: Preserved) -> object:
        """The state again, its arrays writable. Raises PreserveError; never runs what the bytes name."""
        buffers = [bytearray(buffer) for buffer in preserved.buffers]
        try:
            return _Unpickler(io.BytesIO(preserved.state), self, buffers).load()
        except PreserveError:
            raise
        except Exception as error:
            raise PreserveError(
                PreserveReason.NOT_A_STATE, f"these bytes are no state of this version: {error!r:.200}"
            ) from error

    def find(self, module: str, name: str) -> object:
        """What a pickle means by a name; raises PreserveError for all that is not on the list."""
        known = _KNOWN.get((module, name))
        if known is not None:
            return known
        found = getattr(sys.modules.get(module), name, None) if "." not in name else None
        if self._is_ours(module) and isinstance(found, type) and found.__module__ == module:
            return found
        raise PreserveError(PreserveReason.NOT_ALLOWED, f"a state may not name {module}.{name}")

    def _is_ours(self, module: str) -> bool:
        return any(module == package or module.startswith(f"{package}.") for package in self._packages)


def pressed(content: bytes, *, like: bytes = b"") -> bytes:
    """The content small, with its digest. `like` is something similar that is there when it is read again."""
    made = zstandard.ZstdCompressor(_LEVEL, dict_data=_dictionary(like)) if like else _compressor()
    return hashlib.sha256(content).digest() + made.compress(content)


def unpressed(small: bytes, *, like: bytes = b"") -> bytes:
    """The content again. Raises PreserveError: DAMAGED, or TOO_LARGE before it takes the room."""
    digest, packed = small[:_DIGEST], small[_DIGEST:]
    try:
        size = zstandard.frame_content_size(packed)
        if size > LARGEST:
            raise PreserveError(PreserveReason.TOO_LARGE, f"{size} bytes are no state; at most {LARGEST}")
        decompressor = zstandard.ZstdDecompressor(dict_data=_dictionary(like) if like else None)
        content = decompressor.decompress(packed, max_output_size=LARGEST)
    except zstandard.ZstdError as error:
        raise PreserveError(PreserveReason.DAMAGED, f"a state is damaged: {error}") from error
    if hashlib.sha256(content).digest() != digest:
        raise PreserveError(PreserveReason.DAMAGED, "a state is not as it was written")
    return content


def _compressor() -> zstandard.ZstdCompressor:
    return zstandard.ZstdCompressor(_LEVEL)


def _dictionary(like: bytes) -> zstandard.ZstdCompressionDict:
    return zstandard.ZstdCompressionDict(like, dict_type=zstandard.DICT_TYPE_RAWCONTENT)


class _Pickler(pickle.Pickler):
    dispatch_table = {  # noqa: RUF012 - the pickle module's own hook
        ZoneInfo: lambda zone: (ZoneInfo, (zone.key,)),
        MappingProxyType: lambda mapping: (_read_only, (dict(mapping),)),
    }


class _Unpickler(pickle.Unpickler):
    def __init__(self, file: io.BytesIO, rooms: Rooms, buffers: Sequence[bytearray]) -> None:
        super().__init__(file, buffers=buffers)
        self._rooms = rooms

    def find_class(self, module: str, name: str) -> object:
        return self._rooms.find(module, name)
