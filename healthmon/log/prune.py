"""This is the place for taking the oldest segments out of the log, and keeping of them what still holds.

The order makes a crash harmless: the sentences that still hold are written beside the old file of them, a
header that carries the new file's digest is begun, the file takes its place, and only then do segments go,
the oldest first. Opening the log finishes the exchange if a header tells of the new file, else undoes it.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from healthmon.events import Entry
from healthmon.log.damage import Damage
from healthmon.log.disk import Disk
from healthmon.log.edition import edition_of
from healthmon.log.identity import mark
from healthmon.log.kept import (
    LASTING,
    Beginning,
    carried_digest,
    digest_of,
    fresh_path,
    kept_entries,
    kept_path,
    spoilt_lines,
    write_kept,
)
from healthmon.log.reasons import LogError, LogReason, disk_trouble
from healthmon.log.record import is_numbered, line_of
from healthmon.log.seek import entry_in
from healthmon.log.segment import (
    first_offset_of,
    log_folder,
    other_form,
    read_lines,
    stored_segments,
)

_LASTING = re.compile(rb'"verb":"(?:%b)"' % b"|".join(sorted(verb.encode() for verb in LASTING)))


class Rotates(Protocol):
    """What begins a segment whose header carries a digest."""

    def rotate(self, *, checkpoint: str | None = None) -> None:
        """Seal the segment and begin the next. Raises LogError."""


class Pruning:
    """Looks through the segments that are to go for what still holds; `EventLog.prune` then takes them away.

    `before` is where the log is to begin: the first offset of a segment that stays. Until the prune itself
    nothing is changed, so a pruning may be dropped at any moment. One thread. Raises LogError.
    """

    def __init__(self, folder: Path, before: int, disk: Disk | None = None) -> None:
        self.before = before
        self.events = 0
        """How many events go, as far as it has looked; what is kept of them is among them."""
        self._folder = folder
        self._disk = disk or Disk()
        self._found: list[Entry] = []
        self._looks = self._look(_going(folder, before))
        self.is_ready = False

    def step(self) -> bool:
        """Look through the next 1 MiB or so: some 5 ms. Whether there is more to look at."""
        self.is_ready = next(self._looks, None) is None
        return not self.is_ready

    def prune(self, chain: Rotates) -> int:
        """Take the segments away: `EventLog.prune` calls it, and holds the upkeep lock. How many went.

        Returns when what is left would survive a power cut. Raises LogError: then the log is whole, and the
        same call may be repeated. Looks through what `step` has not yet.
        """
        while self.step():
            pass
        going = _going(self._folder, self.before)
        begins = first_offset_of(going[0])
        spoilt: list[Damage] = []  # such lines stay as they are: evidence, and told at every start
        kept = [entry for entry in kept_entries(self._folder, spoilt.append) if entry.offset < begins]
        kept += [entry for entry in self._found if entry.offset >= begins]
        lines = [*spoilt_lines(self._folder, spoilt), *map(line_of, kept)]
        try:
            digest = write_kept(fresh_path(self._folder), self._beginning(), lines, self._disk)
            chain.rotate(checkpoint=digest)
            _exchange(self._folder, self._disk)
            for segment in going:
                self._take_away(segment)
        except OSError as error:
            raise disk_trouble(error, log_folder(self._folder)) from error
        return len(going)

    def _beginning(self) -> Beginning:
        edition = edition_of(self._folder)
        told = mark(self._folder, self.before, edition=edition)
        return Beginning(before=self.before, edition=edition, mark=told or "")

    def _take_away(self, segment: Path) -> None:
        # Each for itself, so that no crash leaves a gap; the compressed form last: it is the rarer one.
        for path in sorted({segment, other_form(segment)}):
            self._disk.remove(path)
        self._disk.sync_folder(segment.parent)

    def _look(self, going: list[Path]) -> Iterator[bool]:
        for segment in going:
            position = 0
            while lines := read_lines(segment, position):
                position += sum(map(len, lines)) + len(lines)
                self._take(lines)
                yield True

    def _take(self, lines: list[bytes]) -> None:
        for line in lines:
            self.events += is_numbered(line)
            if _LASTING.search(line):
                entry = entry_in(line)
                if entry is not None and entry.verb in LASTING:
                    self._found.append(entry)


def finish_pruning(folder: Path, disk: Disk) -> None:
    """Called when a log is opened: finish or undo what a crash interrupted. Raises LogError."""
    fresh = fresh_path(folder)
    try:
        digest = digest_of(fresh)
        if digest is None:
            return
        if digest == carried_digest(stored_segments(folder)):
            _exchange(folder, disk)
        else:
            disk.remove(fresh)
    except OSError as error:
        raise disk_trouble(error, fresh) from error


def _exchange(folder: Path, disk: Disk) -> None:
    disk.rename(fresh_path(folder), kept_path(folder))
    disk.sync_folder(log_folder(folder))


def _going(folder: Path, before: int) -> list[Path]:
    """The segments that go. Raises LogError (NOT_A_BOUNDARY) where no segment begins that others precede."""
    paths = stored_segments(folder)
    begins = [first_offset_of(path) for path in paths]
    if before not in begins[1:]:
        raise LogError(
            LogReason.NOT_A_BOUNDARY,
            f"{before} is not where a segment begins that others stand before; say one of {begins[1:][-20:]}",
        )
    return paths[: begins.index(before)]
