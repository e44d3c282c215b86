"""This is the place for how far an event from outside may go: its numbers, texts, depth and times.

Beyond these bounds something further in would break: a number that no float holds, a nesting that JSON can be
read but not written again, a year to which no hour can be added. All of them are our choice.
"""

from datetime import UTC, datetime
from math import isfinite

from healthmon.events.event import Context, Json
from healthmon.events.message import Refusal
from healthmon.events.plain_text import is_plain, made_plain
from healthmon.events.wire import WireError

DEEPEST = 16  # levels of lists and objects in a context
LONGEST_KEY = 256
LONGEST_TEXT = 64 << 10  # letters; as much as is kept of a refused message
SMALLEST, LARGEST = -(1 << 63), (1 << 64) - 1  # whole numbers: what other programs can hold

# Between these a time may be calculated with, in any zone, and still be one.
EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
LATEST = datetime(2200, 1, 1, tzinfo=UTC)
# Before this, a device's clock was never set: Tasmota before NTP says 1970 (DIALECTS.md section 10).
CLOCKS_ARE_SET = datetime(2015, 1, 1, tzinfo=UTC)


def bounded(context: Context) -> Context:
    """The context, its texts made plain. Raises WireError with the reason when it goes too far."""
    for key, value in context.items():
        kind = type(value)
        is_number = kind is float or kind is int
        fits = SMALLEST <= value <= LARGEST if is_number else _is_simple(value)  # type: ignore[operator]  # so it says
        if not (fits and _is_name(key)):
            return _members(context, 1)
    return context


def is_sound(time: datetime) -> bool:
    """Whether an aware time may be calculated with, in any zone."""
    return EARLIEST <= time < LATEST


def is_of_a_set_clock(time: datetime) -> bool:
    """Whether a device that tells this time may have a clock that was ever set."""
    return CLOCKS_ARE_SET <= time < LATEST


def written_alike(time: datetime) -> datetime:
    """A sound time as the log can write it: in a zone of whole minutes."""
    if time.tzinfo is UTC:
        return time
    offset = time.utcoffset()
    is_whole = offset is None or (not offset.seconds % 60 and not offset.microseconds)
    return time if is_whole else time.astimezone(UTC)


def _members(value: dict[str, Json] | Context, depth: int) -> dict[str, Json]:
    for key in value:
        if not _is_name(key):
            raise WireError(Refusal.CONTROL_CHARACTERS, "a name in the context is too long or not plain")
    return {key: _checked(member, depth) for key, member in value.items()}


def _is_simple(value: Json) -> bool:
    """Whether a value is certainly within bounds: nearly every one is."""
    if isinstance(value, str):
        return ((value.isascii() and value.isprintable()) or is_plain(value)) and len(value) <= LONGEST_TEXT
    if isinstance(value, int):
        return SMALLEST <= value <= LARGEST
    return isfinite(value) if isinstance(value, float) else value is None


def _checked(value: Json, depth: int) -> Json:
    if _is_simple(value):
        return value
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, int | float):
        raise WireError(Refusal.BAD_NUMBER, "a whole number of more than 64 bits, or one that is not finite")
    if depth == DEEPEST:
        raise WireError(Refusal.TOO_DEEP, f"a context nested more than {DEEPEST} deep")
    if isinstance(value, dict):
        return _members(value, depth + 1)
    return [_checked(member, depth + 1) for member in value or ()]


def _text(value: str) -> str:
    if len(value) > LONGEST_TEXT:
        raise WireError(Refusal.TOO_LARGE, f"a text of {len(value)} letters; at most {LONGEST_TEXT}")
    return made_plain(value, longest=LONGEST_TEXT)


def _is_name(key: str) -> bool:
    return len(key) <= LONGEST_KEY and ((key.isascii() and key.isprintable()) or is_plain(key))
