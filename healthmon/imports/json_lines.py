"""This is the place for reading a file of JSON lines: events as other programs wrote them.

Bare strings are taken for subject and object, a bare value for the context, a number of minutes since an
epoch for the time, and a time found in the context. What the monitor derived is left out: it is derived anew.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from healthmon.errors import HealthmonError
from healthmon.events import (
    Context,
    Delivery,
    Event,
    Json,
    Message,
    Refusal,
    Rejected,
    Thing,
    TimeSource,
    wire,
)
from healthmon.events.bounds import bounded, is_sound, written_alike
from healthmon.events.identity import identity
from healthmon.events.plain_text import is_plain, made_plain
from healthmon.events.vocabulary import as_we_say

LONGEST = 1 << 20  # bytes of a line, as of a message: a file without line breaks does not fill the memory

UNITS = {
    "s": timedelta(seconds=1),
    "min": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
}


class ImportReason(StrEnum):
    """Why nothing could be imported."""

    NO_FILE = "no-file"
    NO_EPOCH = "no-epoch"
    UNREADABLE = "unreadable"


class ImportFileError(HealthmonError):
    """The file cannot be read the way it was asked for."""


class TimeFrom(StrEnum):
    """Where a line tells its time."""

    TIME = "time"
    CONTEXT = "context"
    CONTEXT_TIME = "context.time"


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How to understand the times of a file. `epoch` is needed where times are numbers."""

    epoch: datetime | None = None
    unit: timedelta = UNITS["s"]
    zone: tzinfo = UTC
    time_from: TimeFrom = TimeFrom.TIME


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A line that is no news: the monitor's own remark."""


def read(path: Path, options: ImportOptions) -> Iterator[Event | Rejected | LeftOut]:
    """Every line of the file in its order: an event, a refusal that keeps its bytes, or left out.

    One line at a time, constant memory. Raises ImportFileError when the file is not there, or when its first
    number for a time comes and no epoch was given.
    """
    name = made_plain(path.name)
    try:
        with path.open("rb") as file:
            for number, line in enumerate(_lines(file), start=1):
                topic = f"file/{name}/{number}"
                if len(line) > LONGEST:
                    message = Message(topic=topic, payload=line)
                    yield Rejected(message, Refusal.TOO_LARGE, f"a line of more than {LONGEST} bytes")
                elif line.strip():
                    yield _event(line.rstrip(b"\r\n"), topic, options)
    except OSError as error:
        raise ImportFileError(ImportReason.NO_FILE, f"{path} cannot be read: {error.strerror}") from error


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """Every line; of one that is too long a little more than `LONGEST`, and the rest is passed over."""
    while line := file.readline(LONGEST + 1):
        yield line
        while len(line) > LONGEST and not line.endswith(b"\n"):
            line = file.readline(LONGEST + 1) or b"\n"


def _event(line: bytes, topic: str, options: ImportOptions) -> Event | Rejected | LeftOut:
    message = Message(topic=topic, payload=line)
    try:
        (said,) = wire.read_said(line)
    except wire.WireError as error:
        return Rejected(message, Refusal(error.reason), str(error))
    except ValueError:
        return Rejected(message, Refusal.TOO_MANY, "one event a line")
    subject = said.subject if isinstance(said.subject, Thing) else Thing(said.subject)
    if subject.type == "MONITOR":
        return LeftOut()
    if not all(map(is_plain, (*_words(subject), *_words(said.object), said.verb, said.id))):
        return Rejected(message, Refusal.CONTROL_CHARACTERS, "an id, type or verb holds control characters")
    return _placed(said, subject, message, options)


def _placed(said: wire.Said, subject: Thing, message: Message, options: ImportOptions) -> Event | Rejected:
    try:
        time, source, context = _time(said, options)
        return _made(said, subject, time, source, bounded(context))
    except wire.WireError as error:
        return Rejected(message, Refusal(error.reason), str(error))
    except (ValueError, OverflowError) as error:
        return Rejected(message, Refusal.BAD_TIME, str(error)[:200])


def _made(said: wire.Said, subject: Thing, time: datetime, source: TimeSource, context: Context) -> Event:
    thing, told = as_we_say(said.object, context)
    event = Event(
        id=said.id,
        time=time,
        time_source=source,
        subject=subject,
        verb=said.verb,
        object=thing,
        context={**told, "delivery": Delivery.IMPORT.value},
    )
    return event if event.id else event.called(identity(event))


def _time(said: wire.Said, options: ImportOptions) -> tuple[datetime, TimeSource, dict[str, Json]]:
    """When it happened, who says so, and the context without the time that stood in it."""
    context = _context(said.context)
    told: Json = said.time
    if options.time_from is TimeFrom.CONTEXT:
        told = context.pop("value", None)
    elif options.time_from is TimeFrom.CONTEXT_TIME:
        told = context.pop("time", None)
    moment = _moment(told, options)
    source = TimeSource.DEVICE
    if moment.tzinfo is None:
        moment, source = moment.replace(tzinfo=options.zone), TimeSource.DEVICE_LOCAL
    if not is_sound(moment):
        raise ValueError(f"{moment.isoformat()} is too far from today to be calculated with")
    return written_alike(moment), source, context


def _moment(told: Json, options: ImportOptions) -> datetime:
    if isinstance(told, str):
        return datetime.fromisoformat(told)
    if isinstance(told, bool) or not isinstance(told, int | float):
        raise ValueError(f"no time where one was expected ({options.time_from})")
    if options.epoch is None:
        raise ImportFileError(
            ImportReason.NO_EPOCH,
            "times are numbers: say what 0 means, as --epoch 2026-01-01T00:00Z --time-unit min",
        )
    return options.epoch + told * options.unit


def _context(said: Json) -> dict[str, Json]:
    if not isinstance(said, dict):
        return {} if said is None else {"value": said}
    context = dict(said)
    if "value" not in context and isinstance(context.get("data"), str | int | float):
        context["value"] = context["data"]
    return context


def _words(thing: Thing | str) -> tuple[str, ...]:
    return (thing,) if isinstance(thing, str) else (thing.type, thing.id)
