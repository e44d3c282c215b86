"""This is the place for taking entries out of the log for other programs: CSV and JSON lines.

Nothing is filled in and nothing is left out: a reading of 0 is a 0 (with `quality` no-signal), a minute
without readings has no rows, and what was not said is an empty cell.
"""

import csv
import io
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import BinaryIO

from healthmon.events import Entry, Json, wire

COLUMNS = (
    "offset",
    "id",
    "time",
    "received",
    "time_source",
    "subject_type",
    "subject_id",
    "verb",
    "object_type",
    "object_id",
    "person",
    "value",
    "value_text",
    "unit",
    "delivery",
    "quality",
    "context",
)
"""The header of a CSV file, in this order in every version; new columns would come after these.

`value` holds numbers, `value_text` what is no number (true, "calm", nested values as JSON), `context` what
else was said, as JSON. Times are RFC 3339 in UTC.
"""

_OWN = ("person", "unit", "delivery", "quality")

# What makes a spreadsheet take a text for a formula (OWASP, "CSV Injection"), and our own mark.
_ACTIVE = frozenset("=+-@\t\r\n'")


def write_csv(entries: Iterable[Entry], out: BinaryIO) -> int:
    """Write RFC 4180 with a header, in UTF-8; how many rows. Raises OSError.

    A text that a spreadsheet would take for a formula gets a ' before it, and so does one that begins with
    ': whoever reads the file takes one ' off the beginning of every text cell that has one.
    """
    text = io.TextIOWrapper(out, "utf-8", newline="", write_through=False)
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    count = 0
    for entry in entries:
        writer.writerow(_cells(entry))
        count += 1
    text.flush()
    text.detach()
    return count


def write_json_lines(entries: Iterable[Entry], out: BinaryIO) -> int:
    """Write one JSON object a line, every field; `healthmon log import` reads it back. How many lines."""
    count = 0
    for entry in entries:
        out.write(wire.write(entry) + b"\n")
        count += 1
    return count


def _cells(entry: Entry) -> list[object]:
    context = entry.context
    number, text = _value(context.get("value"))
    own = {key: value for key in _OWN if isinstance(value := context.get(key), str)}
    rest = {key: value for key, value in context.items() if key not in own and key != "value"}
    return [
        entry.offset,
        defused(entry.id),
        _time(entry.time),
        _time(entry.received),
        entry.time_source.value,
        defused(entry.subject.type),
        defused(entry.subject.id),
        defused(entry.verb),
        defused(entry.object.type),
        defused(entry.object.id),
        defused(own.get("person", "")),
        number,
        defused(text),
        *(defused(own.get(key, "")) for key in _OWN[1:]),
        wire.write(rest).decode() if rest else "",
    ]


def defused(text: str) -> str:
    """The text as a spreadsheet shows it and never runs it."""
    return f"'{text}" if text[:1] in _ACTIVE and text else text


def _value(value: Json) -> tuple[int | float | str, str]:
    if isinstance(value, str):
        return "", value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value, ""
    return "", "" if value is None else wire.write(value).decode()


def _time(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
