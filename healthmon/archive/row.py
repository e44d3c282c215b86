"""This is the place for an entry as a row of columns, and for getting the very same entry back.

What people ask for has a column of its own (`value`, `unit`, `person`, ...); what else the context holds is
JSON text in `context`. Four columns are only there so that nothing is lost: `keys` (the context's keys in
their order, as a JSON array), `value_kind`, and the zones in which `time` and `received` were written.

| value_kind | value | value_text |
|---|---|---|
| int, float | the number | the digits, only of whole numbers that a double cannot hold |
| text | - | the text |
| bool, null, json | - | the JSON of it |
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from typing import Any

import pyarrow as pa

from healthmon.events import Entry, Json, Thing, TimeSource, wire

SCHEMA = pa.schema(
    [
        pa.field("offset", pa.int64(), nullable=False),
        pa.field("id", pa.string(), nullable=False),
        pa.field("time", pa.timestamp("us", "UTC"), nullable=False),
        pa.field("received", pa.timestamp("us", "UTC"), nullable=False),
        pa.field("time_source", pa.string(), nullable=False),
        pa.field("subject_type", pa.string(), nullable=False),
        pa.field("subject_id", pa.string()),
        pa.field("verb", pa.string(), nullable=False),
        pa.field("object_type", pa.string(), nullable=False),
        pa.field("object_id", pa.string()),
        pa.field("person", pa.string()),
        pa.field("value", pa.float64()),
        pa.field("value_text", pa.string()),
        pa.field("unit", pa.string()),
        pa.field("delivery", pa.string()),
        pa.field("quality", pa.string()),
        pa.field("context", pa.string()),
        pa.field("segment", pa.int64(), nullable=False),
        pa.field("value_kind", pa.string()),
        pa.field("keys", pa.string(), nullable=False),
        pa.field("time_zone_minutes", pa.int16()),
        pa.field("received_zone_minutes", pa.int16()),
    ]
)

_Valued = tuple[str | None, float | None, str | None]
Row = tuple[Any, ...]  # Any: one value of each column of SCHEMA

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_MINUTE = timedelta(minutes=1)
_NO_VALUE: _Valued = (None, None, None)
_WHOLE = 1 << 53  # a double holds every whole number up to here
_TEXTS = frozenset({"person", "unit", "delivery", "quality"})


def row_of(entry: Entry, segment: int) -> Row:
    """The row of an entry that stands in the segment which begins with offset `segment`."""
    kind, number, text = _NO_VALUE
    own: dict[str, str] = {}
    rest: dict[str, Json] = {}
    for key, value in entry.context.items():
        if key == "value":
            kind, number, text = _valued(value)
        elif key in _TEXTS and isinstance(value, str):
            own[key] = value
        else:
            rest[key] = value
    return (
        entry.offset,
        entry.id,
        (entry.time - _EPOCH) // _MICROSECOND,
        (entry.received - _EPOCH) // _MICROSECOND,
        entry.time_source.value,
        entry.subject.type,
        entry.subject.id or None,
        entry.verb,
        entry.object.type,
        entry.object.id or None,
        own.get("person"),
        number,
        text,
        own.get("unit"),
        own.get("delivery"),
        own.get("quality"),
        wire.write(rest).decode() if rest else None,
        segment,
        kind,
        _keys_text(tuple(entry.context)),
        _zone_minutes(entry.time),
        _zone_minutes(entry.received),
    )


def batch_of(rows: list[Row]) -> pa.RecordBatch:
    """These rows, column by column."""
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(SCHEMA)
    arrays = [pa.array(column, type=field.type) for column, field in zip(columns, SCHEMA, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=SCHEMA)


def entries_of(batch: pa.RecordBatch) -> Iterator[Entry]:
    """The entries of these rows, each as it was: to the kind of its numbers and the order of its context."""
    columns = []
    for field in SCHEMA:
        column = batch.column(field.name)
        columns.append((column.cast(pa.int64()) if pa.types.is_timestamp(field.type) else column).to_pylist())
    for row in zip(*columns, strict=True):
        yield _entry(row)


def _entry(row: Row) -> Entry:
    (offset, id_, time, received, source, subject, subject_id, verb, thing, thing_id) = row[:10]
    return Entry(
        id=id_,
        time=_moment(time, row[20]),
        time_source=TimeSource(source),
        subject=Thing(subject, subject_id or ""),
        verb=verb,
        object=Thing(thing, thing_id or ""),
        context=_context(row),
        offset=offset,
        received=_moment(received, row[21]),
    )


def _context(row: Row) -> dict[str, Json]:
    person, number, text, unit, delivery, quality, rest, _, kind, keys = row[10:20]
    told: dict[str, Json] = {"person": person, "unit": unit, "delivery": delivery, "quality": quality}
    if kind is not None:
        told["value"] = _value(kind, number, text)
    if rest is not None:
        told.update(wire.read(rest.encode(), dict[str, Json]))
    return {key: told[key] for key in _keys(keys)}


@lru_cache(maxsize=4_096)  # devices say the same few sentences again and again
def _keys(text: str) -> tuple[str, ...]:
    return wire.read(text.encode(), tuple[str, ...])


@lru_cache(maxsize=4_096)
def _keys_text(keys: tuple[str, ...]) -> str:
    return wire.write(keys).decode()


def _valued(value: Json) -> _Valued:
    """The kind of a value, and what stands in its two columns."""
    if type(value) is int and -_WHOLE <= value <= _WHOLE:
        return "int", float(value), None
    if isinstance(value, str):
        return "text", None, value
    if value is None or isinstance(value, bool | list | dict):
        kind = "null" if value is None else "bool" if isinstance(value, bool) else "json"
        return kind, None, wire.write(value).decode()
    if isinstance(value, float):
        return "float", value, None
    return "int", float(value), str(value)


def _value(kind: str, number: float | None, text: str | None) -> Json:
    if kind == "text":
        return text
    if text is not None:
        made: Json = wire.read(text.encode(), object)  # type: ignore[assignment]  # JSON is Json
        return made
    return int(number or 0) if kind == "int" else number


def _zone_minutes(moment: datetime) -> int | None:
    """Where not UTC, how far east the clock was that the time was written by."""
    away = moment.utcoffset()
    return away // _MINUTE if away else None


def _moment(microseconds: int, minutes: int | None) -> datetime:
    if minutes is None:
        return _EPOCH + timedelta(microseconds=microseconds)
    zone = timezone(timedelta(minutes=minutes))
    return _EPOCH.replace(tzinfo=zone) + timedelta(microseconds=microseconds, minutes=minutes)
