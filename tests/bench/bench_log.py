"""This is the place for how fast the log takes and gives events, beside SQLite and the standard library.

We and the peer take turns, and each figure is the median of its turns: the machine may be shared.
Appending waits for the disk, so it is timed by the wall; reading does not, so it is timed by the processor.
"""

import json
import sqlite3
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from healthmon.clock import SystemClock
from healthmon.events import Entry, Thing, wire
from healthmon.log import EventLog, Follower, offset_at, read, tail, verify

START = datetime(2026, 11, 22, 4, tzinfo=UTC)
ROUNDS = 5
APPENDS = {1: 600, 100: 200, 1000: 60}
"""How many groups of which size are timed."""

STORED = 120_000

SQLITE = "SQLite, WAL, synchronous FULL"
JSON = "json.loads of each line"

Row = dict[str, object]


def measure() -> list[Row]:
    """Appending in groups of 1, 100 and 1000; reading, proving, seeking, opening 120,000 stored events."""
    return [*(_appending(group) for group in APPENDS), *_stored()]


def _entries(count: int, start: int = 0) -> list[Entry]:
    return [
        Entry(
            id=f"watch-7:1:{offset}",
            time=START + timedelta(seconds=offset),
            subject=Thing("WATCH", "watch-7"),
            verb="MEASURES",
            object=Thing("HR"),
            context={"value": 60 + offset % 40, "unit": "/min", "person": "maria"},
            offset=offset,
            received=START + timedelta(seconds=offset, milliseconds=120),
        )
        for offset in range(start, start + count)
    ]


def _groups(group: int) -> Iterator[list[Entry]]:
    count = APPENDS[group]
    return (_entries(group, start) for start in range(0, group * count, group))


def _appending(group: int) -> Row:
    ours, theirs = [], []
    with (
        TemporaryDirectory() as name,
        closing(_peer(Path(name) / "peer.sqlite")) as store,
        EventLog.open(Path(name), clock=SystemClock()) as log,
    ):
        for batch in _groups(group):
            ours.append(_waited(partial(log.append, batch)))
            theirs.append(_waited(partial(_insert, store, batch)))
    return {
        "name": f"log append, {group} at a time",
        "value": group / median(ours),
        "unit": "events/s",
        "peer": SQLITE,
        "peer_value": group / median(theirs),
    }


def _peer(path: Path) -> sqlite3.Connection:
    store = sqlite3.connect(path, isolation_level=None)
    store.execute("PRAGMA journal_mode=WAL")
    store.execute("PRAGMA synchronous=FULL")
    store.execute("CREATE TABLE entry (place INTEGER PRIMARY KEY, said BLOB)")
    return store


def _insert(store: sqlite3.Connection, batch: list[Entry]) -> None:
    store.execute("BEGIN")
    store.executemany("INSERT INTO entry VALUES (?, ?)", ((one.offset, wire.write(one)) for one in batch))
    store.execute("COMMIT")


def _waited(act: Callable[[], object]) -> float:
    begun = perf_counter()
    act()
    return perf_counter() - begun


def _stored() -> list[Row]:
    with TemporaryDirectory() as name:
        folder = Path(name)
        with EventLog.open(folder, clock=SystemClock(), segment_bytes=8 << 20) as log:
            for start in range(0, STORED, 1000):
                log.append(_entries(1000, start))
        paths = sorted((folder / "log").iterdir())
        middle = START + timedelta(seconds=STORED // 2)
        return [
            _against_json("log read", lambda: _count(folder), paths),
            _against_json("log verify", lambda: verify(folder).entries, paths),
            _figure("log open", lambda: EventLog.open(folder, clock=SystemClock()).close()),
            _figure("log tail of 100", lambda: tail(folder, 100)),
            _figure("log offset at a moment", lambda: offset_at(folder, middle)),
            _figure("log poll when nothing is new", Follower(folder, STORED).poll),
            {"name": "log memory while reading", "value": _peak(folder), "unit": "MB"},
            {
                "name": "log size",
                "value": sum(path.stat().st_size for path in paths) / STORED,
                "unit": "bytes/event",
            },
        ]


def _count(folder: Path) -> int:
    return sum(1 for _ in read(folder))


def _parse(paths: list[Path]) -> int:
    count = 0
    for path in paths:
        with path.open("rb") as lines:
            for line in lines:
                json.loads(line)
                count += 1
    return count


def _against_json(name: str, act: Callable[[], int], paths: list[Path]) -> Row:
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(_spent(act))
        theirs.append(_spent(lambda: _parse(paths)))
    return {
        "name": name,
        "value": STORED / median(ours),
        "unit": "events/s of CPU",
        "peer": JSON,
        "peer_value": STORED / median(theirs),
    }


def _figure(name: str, act: Callable[[], object]) -> Row:
    return {"name": name, "value": 1000 * median(_spent(act) for _ in range(ROUNDS)), "unit": "ms of CPU"}


def _spent(act: Callable[[], object]) -> float:
    begun = process_time()
    act()
    return process_time() - begun


def _peak(folder: Path) -> float:
    tracemalloc.start()
    _count(folder)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e6
