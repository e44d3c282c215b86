"""This is the place for reading a long log while a bar says how far it is."""

from collections.abc import Iterator
from pathlib import Path

from healthmon import log
from healthmon.cli.damage import tell
from healthmon.cli.progress import Progress
from healthmon.events import Entry
from healthmon.reports.wanted import Wanted


def watched(folder: Path, wanted: Wanted, what: str) -> Iterator[Entry]:
    """Every entry from where the wanted ones may begin. Damage is told on standard error and stepped over."""
    start = wanted.start(folder)
    progress = Progress(what, log.next_offset(folder) - max(start, log.begins_at(folder)))
    for done, entry in enumerate(log.read(folder, start, on_damage=tell)):
        progress.at(done)
        yield entry
    progress.done()
