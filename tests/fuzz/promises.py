"""This is the place for what must be true of the parser whatever comes: checked message by message."""

from datetime import UTC, datetime
from math import isfinite

from healthmon.dialects import Reading
from healthmon.dialects.native import Native
from healthmon.events import Entry, Event, Json, Message, Refusal, Rejected, wire
from healthmon.events.bounds import DEEPEST, LONGEST_TEXT
from healthmon.events.plain_text import is_plain
from healthmon.log import DeadLetter
from healthmon.log.record import is_whole, line_of, stamp
from healthmon.pipeline.logic import Logic
from healthmon.pipeline.parser import Parser

RECEIVED = datetime(2026, 11, 22, 8, tzinfo=UTC)
PARSER = Parser([Native()])
LONGEST_WORD = 256
LONGEST_DETAIL = 200


class BrokenPromiseError(Exception):
    """A promise that a message broke."""


def check(message: Message, parser: Parser = PARSER) -> Reading:
    """What the message comes to. Whatever it raises is a broken promise."""
    reading = parser.parse(message, RECEIVED)
    _insist(parser.parse(message, RECEIVED) == reading, "the same bytes came to something else")
    _insist(bool(reading.events or reading.refused), "a message that nobody accounts for")
    for event in reading.events:
        _check_event(event, message)
    for refused in reading.refused:
        _check_refused(refused)
    return reading


def _check_event(event: Event, message: Message) -> None:
    words = (event.subject.type, event.subject.id, event.verb, event.object.type, event.object.id, event.id)
    _insist(all(is_plain(word) and len(word) <= LONGEST_WORD for word in words), f"odd words: {words!r}")
    _insist(bool(event.subject.type and event.verb and event.object.type), "a sentence without a word")
    _insist(event.subject.type.upper() != "MONITOR", "somebody else spoke for the monitor")
    _insist((event.context.get("delivery") == "retained") is message.retained, "called retained or not")
    _check_json(dict(event.context), 0)
    _insist(isinstance(event.amount, float | None), "an amount that is no number")
    entry = Entry.of(event if event.id else event.called("r7"), offset=7, received=RECEIVED)
    line = line_of(entry)
    _insist(is_whole(line[:-1]) and line.count(b"\n") == 1, "a line of the log that is not whole")
    _insist(wire.read_entry(line) == entry, f"read otherwise than written: {line[:300]!r}")


def _check_json(value: Json, depth: int) -> None:
    if isinstance(value, str):
        _insist(is_plain(value) and len(value) <= LONGEST_TEXT, f"an odd text: {value[:80]!r}")
    elif isinstance(value, int | float):
        _insist(isfinite(float(value)), "a number that is not finite")
    elif isinstance(value, dict | list):
        _insist(depth <= DEEPEST, "nested too deeply")
        for member in value.values() if isinstance(value, dict) else value:
            _check_json(member, depth + 1)
        for key in value if isinstance(value, dict) else ():
            _insist(is_plain(key) and len(key) <= LONGEST_WORD, f"an odd name: {key[:80]!r}")


def _check_refused(refused: Rejected) -> None:
    _insist(isinstance(refused.reason, Refusal), "a reason that is none")
    _insist(is_plain(refused.detail) and len(refused.detail) <= LONGEST_DETAIL, f"detail {refused.detail!r}")
    letter = DeadLetter.of(refused, RECEIVED, 7)
    line = stamp(wire.write(letter))
    _insist(wire.read(line, DeadLetter) == letter, "a dead letter read otherwise than written")
    for entry in Logic([]).refuse(refused, RECEIVED):
        _insist(wire.read_entry(line_of(entry)) == entry, "a refusal read otherwise than written")


def _insist(kept: bool, promise: str) -> None:
    if not kept:
        raise BrokenPromiseError(promise)
