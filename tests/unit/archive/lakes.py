"""This is the place for lakes as tests make them: a log of two people, sealed and archived."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from healthmon import log
from healthmon.archive.archive import archive
from healthmon.clock import TurnedClock
from healthmon.events import Entry, Thing

START = datetime(2026, 11, 20, 18, tzinfo=UTC)
CLOCK = TurnedClock(START)
EVERY = timedelta(minutes=5)


def entry(offset: int) -> Entry:
    """Maria's heart rate and Jan's in turn, a reading every five minutes; each tenth finds no signal."""
    person = "maria" if offset % 2 else "jan"
    value = 0 if offset % 10 == 0 else 60 + offset % 40
    return Entry(
        id=f"watch-{person}:1:{offset}",
        time=START + offset * EVERY,
        subject=Thing("WATCH", f"watch-{person}"),
        verb="MEASURES",
        object=Thing("HR"),
        context={
            "value": value,
            "unit": "/min",
            **({"quality": "no-signal"} if not value else {}),
            "person": person,
        },
        offset=offset,
        received=START + offset * EVERY + timedelta(seconds=1),
    )


def logged(folder: Path, *counts: int, entries: list[Entry] | None = None) -> list[Entry]:
    """A log whose segments have so many entries each, all of them sealed, and what is in it."""
    with log.EventLog.open(folder, clock=CLOCK) as journal:
        for count in counts:
            first = journal.next_offset
            made = [entry(offset) for offset in range(first, first + count)]
            journal.append(made if entries is None else entries[first : first + count])
            journal.rotate()
    return list(log.read(folder))


def archived(folder: Path, *counts: int) -> Path:
    """The lake of such a log."""
    logged(folder, *counts)
    archive(folder, folder / "lake")
    return folder / "lake"
