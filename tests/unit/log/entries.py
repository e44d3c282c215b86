"""This is the place for logs as tests write them: a heart rate a second, numbered and stamped."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zlib import crc32

from healthmon.clock import Clock, TurnedClock
from healthmon.events import Context, Entry, Thing
from healthmon.log import EventLog

START = datetime(2026, 11, 22, 4, tzinfo=UTC)

CLOCK: Clock = TurnedClock(START)

NEWEST = -1


def at(seconds: float) -> datetime:
    """So many seconds after the start."""
    return START + timedelta(seconds=seconds)


def entry(offset: int, context: Context | None = None) -> Entry:
    """Maria's heart rate, `offset` seconds after the start and received a second later."""
    return Entry(
        id=f"watch-7:1:{offset}",
        time=at(offset),
        subject=Thing("WATCH", "watch-7"),
        verb="MEASURES",
        object=Thing("HR"),
        context={"value": 60 + offset % 40, "unit": "/min", "person": "maria"}
        if context is None
        else context,
        offset=offset,
        received=at(offset + 1),
    )


def entries(count: int, start: int = 0) -> list[Entry]:
    """So many of them, from this offset on."""
    return [entry(offset) for offset in range(start, start + count)]


def written(folder: Path, *batches: int, segment_bytes: int = 64 << 20) -> list[Entry]:
    """A closed log to which these many entries were appended at a time, and what is in it."""
    with EventLog.open(folder, clock=CLOCK, segment_bytes=segment_bytes) as log:
        for count in batches:
            log.append(entries(count, log.next_offset))
        return entries(log.next_offset)


def files(folder: Path) -> list[Path]:
    """The segments, oldest first, found without the log's own help."""
    return sorted((folder / "log").glob("segment-*.jsonl"))


def change(path: Path, position: int, mask: int = 1) -> None:
    """Flip bits of one byte; a negative position counts from the end."""
    content = bytearray(path.read_bytes())
    content[position] ^= mask
    path.write_bytes(content)


def lines(path: Path) -> list[bytes]:
    """The lines of a file with their newlines."""
    return path.read_bytes().splitlines(keepends=True)


def restamp(line: bytes) -> bytes:
    """The line with a checksum that fits: what a forger would write, or another version."""
    content = line.rpartition(b',"crc"')[0]
    return b'%b,"crc":"%08x"}\n' % (content, crc32(content))


def make_newer(path: Path) -> None:
    """Turn a segment into one of a format to come."""
    rows = lines(path)
    path.write_bytes(restamp(rows[0].replace(b'"format":2', b'"format":3')) + b"".join(rows[1:]))
