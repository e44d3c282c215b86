"""This is the place for one line of the log: its four kinds, and how to tell that it is whole.

Every line is a JSON object whose last key is `crc`: the CRC-32 (zlib's) of every byte of the line before
`,"crc":`, in eight lower-case digits. So each flipped bit is found, and `less` can still show the line.
A segment's first line is its header, its last, once it is full, its seal; between them are entries, and
what is left of erased ones: their offsets.
The header keeps `format` and `crc` in every format to come, so that an old reader can refuse a new log.
"""

from dataclasses import dataclass
from datetime import datetime
from zlib import crc32

from healthmon import __version__
from healthmon.events import Entry, wire
from healthmon.log.reasons import LogError, LogReason

FORMAT = 2  # 1 knew neither erased lines nor compressed segments; nothing else differs
WRITER = f"healthmon {__version__}"

CRC_LENGTH = len(b',"crc":"00000000"}')
_ENTRY = b'{"id":'
_SEAL = b'{"sealed":'
_ERASED = b'{"offset":'


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The first line of a segment. `previous_digest` chains it to the one before; the first has none.

    `checkpoint` is the SHA-256 of what is kept of pruned segments (`kept`), in the header that was begun when
    they went. `log` names the log in an overflow, which may outlive it.
    """

    format: int
    writer: str
    created: datetime
    clock: str
    first_offset: int
    previous_digest: str | None
    checkpoint: str | None = None
    log: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """The last line of a full segment: how many lines stand before it and the SHA-256 of all their bytes.

    `first_received` and `last_received` say which stretch of time it holds, without opening it further.
    """

    sealed: datetime
    lines: int
    next_offset: int
    first_received: datetime | None
    last_received: datetime | None
    digest: str


@dataclass(frozen=True, slots=True)
class _Erased:
    offset: int
    erased: bool = True


@dataclass(frozen=True, slots=True)
class _Format:
    format: int


def stamp(json: bytes) -> bytes:
    """A JSON object as a line: its checksum added as the last key, and a newline."""
    content = json[:-1]
    return b'%b,"crc":"%08x"}\n' % (content, crc32(content))


def is_whole(line: bytes) -> bool:
    """Whether a line (without its newline) is as it was written, to the bit."""
    return line[-CRC_LENGTH:] == b',"crc":"%08x"}' % crc32(line[:-CRC_LENGTH])


def line_of(entry: Entry) -> bytes:
    """An entry as a line. Raises LogError for one that has no JSON, such as half of a surrogate pair."""
    try:
        return stamp(wire.write(entry))
    except (TypeError, ValueError, OverflowError, RecursionError) as error:
        raise LogError(
            LogReason.UNWRITABLE,
            f"entry {entry.offset} has no JSON ({error}): refuse it earlier",
        ) from error


def is_entry(line: bytes) -> bool:
    """Whether a line holds an entry: cheaper than reading it to see."""
    return line.startswith(_ENTRY)


def erased_line(offset: int) -> bytes:
    """What is left of an entry that concerned somebody who was erased."""
    return stamp(wire.write(_Erased(offset)))


def erased_offset(line: bytes) -> int | None:
    """The offset in what is left of an erased entry; None for any other line. Judges the checksum."""
    if not (line.startswith(_ERASED) and is_whole(line)):
        return None
    try:
        return wire.read(line, _Erased).offset
    except wire.WireError:
        return None


def is_numbered(line: bytes) -> bool:
    """Whether a line takes an offset: an entry, or what is left of one."""
    return line.startswith((_ENTRY, _ERASED))


def is_seal(line: bytes) -> bool:
    """Whether a line closes its segment."""
    return line.startswith(_SEAL)


def read_header(line: bytes) -> Header | None:
    """The header in a segment's first line; None when it is damaged. Raises LogError for a newer format."""
    if not is_whole(line):
        return None
    try:
        number = wire.read(line, _Format).format
        if number > FORMAT:
            raise LogError(
                LogReason.NEWER_FORMAT,
                f"this log has format {number} and this healthmon reads up to {FORMAT}: update healthmon",
            )
        return wire.read(line, Header)
    except wire.WireError:
        return None


def read_seal(line: bytes) -> Seal | None:
    """The seal in a line, or None when it is none."""
    try:
        return wire.read(line, Seal) if is_seal(line) and is_whole(line) else None
    except wire.WireError:
        return None
