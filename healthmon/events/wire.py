"""This is the place for JSON: every byte of it that healthmon reads or writes passes through here.

`Said` is what somebody else wrote, types checked and nothing assumed: the parser decides what it means.
"""

from collections.abc import Iterable
from typing import Annotated, TypeVar

import msgspec

from healthmon.errors import HealthmonError
from healthmon.events.event import Entry, Json, Thing
from healthmon.events.message import Refusal

T = TypeVar("T")

MAX_BATCH = 10_000

_Word = Annotated[str, msgspec.Meta(max_length=256)]
_Name = Annotated[str, msgspec.Meta(min_length=1, max_length=256)]
_Number = Annotated[int, msgspec.Meta(ge=-(1 << 63), le=(1 << 63) - 1)]


class WireError(HealthmonError):
    """Bytes that are not what they should be. The reason is one of `Refusal`."""


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """An event as another program writes it.

    Bare strings are taken for subject and object, a bare value for the context, and no time at all: what
    these mean is decided by who reads it.
    """

    subject: Thing | _Name
    verb: _Name
    object: Thing | _Name
    id: _Word = ""
    time: _Word | float | int | None = None
    context: dict[str, Json] | str | float | int | bool | list[Json] | None = None


class _SaidThing(msgspec.Struct, frozen=True):
    """Other programs number their things: 1001 is as good an id as "watch-7"."""

    type: _Name
    id: _Word | _Number = ""


class _RawSaid(Said, frozen=True, kw_only=True):
    subject: _SaidThing | _Name  # type: ignore[assignment]  # narrowed to Thing by _settled before anyone sees it
    object: _SaidThing | _Name  # type: ignore[assignment]  # as above


_one_or_many: msgspec.json.Decoder[_RawSaid | list[_RawSaid]] = msgspec.json.Decoder(
    _RawSaid | list[_RawSaid]
)
_entry: msgspec.json.Decoder[Entry] = msgspec.json.Decoder(Entry)
_read_entry = _entry.decode
_encoder = msgspec.json.Encoder()


def read_said(payload: bytes) -> list[Said]:
    """What a payload says: one event or an array of them. Raises WireError and nothing else, on any bytes."""
    many = _guarded(_one_or_many, payload)
    if isinstance(many, _RawSaid):
        return [_settled(many)]
    if not many:
        raise WireError(Refusal.EMPTY, "an empty array says nothing; send at least one event")
    if len(many) > MAX_BATCH:
        raise WireError(Refusal.TOO_MANY, f"{len(many)} events in one message; send at most {MAX_BATCH}")
    return [_settled(one) for one in many]


def read_entry(line: bytes) -> Entry:
    """The entry in one line of the log, its checksum already judged by the log. Raises WireError."""
    try:
        return _read_entry(line)
    except (ValueError, RecursionError):
        return _guarded(_entry, line)  # which says what is wrong


def read(payload: bytes, into: type[T]) -> T:
    """Any other JSON of ours (a heartbeat, a model, an account), checked against `into`. Raises WireError."""
    return _guarded(msgspec.json.Decoder(into), payload)


def write(value: object) -> bytes:
    """The JSON of an event, an entry or any of our values. Finite numbers and aware times only."""
    return _encoder.encode(value)


def write_lines(values: Iterable[object]) -> bytes:
    """JSON lines, one value each."""
    return _encoder.encode_lines(list(values))


def plain(value: object) -> dict[str, Json]:
    """A struct as a dictionary of JSON values, for output that adds or leaves out fields."""
    made: dict[str, Json] = msgspec.to_builtins(value)
    return made


def _settled(raw: _RawSaid) -> Said:
    if isinstance(raw.subject, str) and isinstance(raw.object, str):
        return raw
    return Said(
        id=raw.id,
        time=raw.time,
        subject=_thing(raw.subject),
        verb=raw.verb,
        object=_thing(raw.object),
        context=raw.context,
    )


def _thing(raw: _SaidThing | str) -> Thing | str:
    return raw if isinstance(raw, str) else Thing(raw.type, str(raw.id))


def _guarded(decoder: "msgspec.json.Decoder[T]", payload: bytes) -> T:
    try:
        return decoder.decode(payload)
    except msgspec.ValidationError as error:
        raise WireError(_which(str(error)), str(error)[:300]) from error
    except msgspec.DecodeError as error:
        if not payload.strip():
            raise WireError(Refusal.EMPTY, "an empty message says nothing") from error
        raise WireError(_spelling(payload), str(error)[:300]) from error
    except UnicodeDecodeError as error:
        raise WireError(Refusal.NOT_UTF8, f"byte {error.start} is not UTF-8") from error
    except RecursionError as error:
        raise WireError(Refusal.TOO_DEEP, "nested too deeply") from error


def _spelling(payload: bytes) -> Refusal:
    try:
        payload.decode()
    except UnicodeDecodeError:
        return Refusal.NOT_UTF8
    return Refusal.NOT_JSON


def _which(detail: str) -> Refusal:
    return Refusal.NO_VERB if "missing required field `verb`" in detail else Refusal.WRONG_TYPE


__all__ = [
    "Said",
    "WireError",
    "plain",
    "read",
    "read_entry",
    "read_said",
    "write",
    "write_lines",
]
