"""This is the place for taking a person out of the log while it is being written.

Lines about them become `{"offset":N,"erased":true}`; every other line stays to the byte. From the first
segment that changes on, headers and seals are made anew, so that the chain holds. What is rewritten stands
beside the log until all of it is there; then a list of what takes whose place is made durable, and from that
moment a crash only delays the exchange: opening the log ends it.
"""

import contextlib
import hashlib
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from healthmon.events import wire
from healthmon.log.concerns import Concern
from healthmon.log.disk import Disk
from healthmon.log.identity import count_edition
from healthmon.log.kept import digest_of, kept_path
from healthmon.log.reasons import damaged, disk_trouble
from healthmon.log.record import is_whole
from healthmon.log.rewriting import Chained, Rewritten, write_whole
from healthmon.log.seek import entry_in
from healthmon.log.segment import (
    CHUNK,
    all_lines,
    first_line,
    first_offset_of,
    log_folder,
    other_form,
    read_bytes,
    read_lines,
    stored_segments,
)
from healthmon.log.upkeep import exchange_path, upkeep_lock

_PREFIX = "new-erased-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """What an erasure did: how many lines, and the heads of the chain before and after it."""

    lines: int
    old_head: str
    new_head: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Exchange:
    files: tuple[str, ...]
    done: Erased


class Rotates(Protocol):
    """What can seal the segment that is being written."""

    def rotate(self) -> None:
        """Seal the segment and begin the next. Raises LogError."""


class Erasure:
    """Rewrites the sealed segments, a piece in each step; `EventLog.erase` then exchanges them.

    Until the exchange the log is as it was, and the erasure may be discarded at any moment. What comes in
    meanwhile is taken in too. Needs as much room on the disk as the segments it rewrites. One thread. Raises
    LogError.
    """

    def __init__(self, folder: Path, person: str, disk: Disk | None = None) -> None:
        self.lines = 0
        """How many lines are about them, as far as it has looked."""
        self.done: Erased | None = None
        """What it does, once that is certain."""
        self._folder = folder
        self._concern = Concern(person)
        self._needles = self._concern.needles()
        self._disk = disk or Disk()
        self._files: list[str] = []
        self._chained = Chained()
        self._next = 0  # segments that begin before this offset are done
        self._work = self._kept_and_sealed()

    @property
    def is_planned(self) -> bool:
        """Whether the exchange has begun: then it will be ended, whatever comes, and is not discarded."""
        return self.done is not None

    def step(self) -> bool:
        """Do about 1 MiB: some 10 ms. Whether there is more to do."""
        try:
            return next(self._work, None) is not None
        except OSError as error:
            raise disk_trouble(error, log_folder(self._folder)) from error

    def discard(self) -> None:
        """Take away what was prepared; the log stays as it was. Never raises for what the disk refuses."""
        self._work = iter(())
        forget_prepared(self._folder, self._disk)

    def exchange(self, chain: Rotates) -> Erased:
        """Put what was rewritten in its place: `EventLog.erase` calls it, and holds the upkeep lock.

        When it returns the erasure would survive a power cut. Raises LogError: where it `is_planned` by then,
        nothing may be appended before `finish_erasing` has ended it; else nothing was exchanged.
        """
        chain.rotate()
        self._work = self._sealed()
        while self.step():
            pass
        newest = stored_segments(self._folder)[-1]
        old_head = hashlib.sha256(read_bytes(newest, 0, CHUNK)).hexdigest()
        if not self._files:
            return Erased(lines=0, old_head=old_head, new_head=old_head)
        try:
            header = self._chained.header(first_line(newest) or b"") + b"\n"
            write_whole(self._fresh(newest.name), header, self._disk)
            new_head = hashlib.sha256(header).hexdigest()
            done = Erased(lines=self.lines, old_head=old_head, new_head=new_head)
            self._disk.sync_folder(newest.parent)
            self._carry_out(_Exchange(files=(*self._files, newest.name), done=done))
        except OSError as error:
            raise disk_trouble(error, newest) from error
        return done

    def _carry_out(self, plan: _Exchange) -> None:
        self.done = plan.done
        try:
            _write_plan(self._folder, plan, self._disk)
        except OSError:
            if not exchange_path(self._folder).exists():
                self.done = None
            raise
        _carry_out(self._folder, plan, self._disk)

    def _kept_and_sealed(self) -> Iterator[bool]:
        forget_prepared(self._folder, self._disk)
        self._rewrite_kept()
        yield True
        yield from self._sealed()

    def _rewrite_kept(self) -> None:
        path = kept_path(self._folder)
        if not path.exists():
            return
        rows = [line for _, line in all_lines(path)]
        others = [row for row in rows if not self._is_about(row)]
        if len(others) == len(rows):
            return
        content = b"".join(row + b"\n" for row in others)
        write_whole(self._fresh(path.name), content, self._disk)
        self._files.append(path.name)
        self._chained.kept = (digest_of(path) or "", hashlib.sha256(content).hexdigest())
        self.lines += len(rows) - len(others)

    def _sealed(self) -> Iterator[bool]:
        for segment in stored_segments(self._folder)[:-1]:
            if first_offset_of(segment) >= self._next:
                yield from self._segment(segment)
                self._next = first_offset_of(segment) + 1

    def _segment(self, segment: Path) -> Iterator[bool]:
        if not self._chained.changes(first_line(segment) or b""):
            found = yield from self._search(segment)
            if not found:
                return
        rewritten = Rewritten(self._fresh(segment.name), first_offset_of(segment), self._disk)
        try:
            yield from self._rewrite(segment, rewritten)
        finally:
            rewritten.close()
        yield from self._read_back(rewritten)
        self._chained.previous = rewritten.digest
        self._files.append(segment.name)
        self.lines += rewritten.erased

    def _search(self, segment: Path) -> Generator[bool, None, bool]:
        position = 0
        while lines := read_lines(segment, position):
            if any(map(self._is_about, lines)):
                return True
            position += sum(map(len, lines)) + len(lines)
            yield True
        return False

    def _rewrite(self, segment: Path, rewritten: Rewritten) -> Iterator[bool]:
        position = 0
        while lines := read_lines(segment, position):
            if position == 0:
                rewritten.begin(lines[0], self._chained)
            rewritten.take(lines[position == 0 :], self._is_about)
            position += sum(map(len, lines)) + len(lines)
            yield True
        rewritten.finish()

    def _read_back(self, rewritten: Rewritten) -> Iterator[bool]:
        whole, position = hashlib.sha256(), 0
        while content := read_bytes(rewritten.path, position, CHUNK):
            whole.update(content)
            position += len(content)
            yield True
        if whole.digest() != rewritten.whole.digest():
            raise damaged(f"{rewritten.path.name} does not read as it was written: the disk fails")

    def _is_about(self, line: bytes) -> bool:
        if not any(needle in line for needle in self._needles):
            return False
        entry = entry_in(line)
        return self._concern.covers(entry) if entry is not None else not is_whole(line)

    def _fresh(self, name: str) -> Path:
        return log_folder(self._folder) / f"{_PREFIX}{name}"


def finish_erasing(folder: Path, disk: Disk) -> None:
    """End an exchange that a crash or the disk interrupted, and tidy up what it left. May be repeated.

    Called when a log is opened, and before anything is stored after an exchange that failed.
    Waits for whoever looks after the sealed segments. Raises LogError.
    """
    path = exchange_path(folder)
    try:
        if path.exists():
            with upkeep_lock(folder, finishes=True):
                _carry_out(folder, wire.read(path.read_bytes(), _Exchange), disk)
    except OSError as error:
        raise disk_trouble(error, path) from error
    except wire.WireError as error:
        raise damaged(f"{path} makes no sense ({error}): it is the plan of an erasure") from error
    forget_prepared(folder, disk)


def forget_prepared(folder: Path, disk: Disk) -> None:
    """Take away what an erasure prepared and did not exchange. Only for the holder of the log's lock."""
    with contextlib.suppress(OSError):
        for path in log_folder(folder).glob(f"{_PREFIX}*"):
            disk.remove(path)


def unsaid_erasure(folder: Path) -> Erased | None:
    """An erasure that was carried out and that ERASES does not tell of yet: a crash came between."""
    try:
        return wire.read(_receipt_path(folder).read_bytes(), _Exchange).done
    except (OSError, wire.WireError):
        return None


def erasure_said(folder: Path, disk: Disk) -> None:
    """The log tells of it now. Raises LogError."""
    try:
        disk.remove(_receipt_path(folder))
    except OSError as error:
        raise disk_trouble(error, _receipt_path(folder)) from error


def _carry_out(folder: Path, plan: _Exchange, disk: Disk) -> None:
    """Exchange every file that is not yet; may be called again after a crash anywhere in it."""
    home = log_folder(folder)
    for name in plan.files:
        if (home / f"{_PREFIX}{name}").exists():
            disk.rename(home / f"{_PREFIX}{name}", home / name)
        if _is_segment(name):
            disk.remove(other_form(home / name))
    disk.sync_folder(home)
    count_edition(folder, disk)
    disk.rename(exchange_path(folder), _receipt_path(folder))
    disk.sync_folder(home)


def _write_plan(folder: Path, plan: _Exchange, disk: Disk) -> None:
    path = exchange_path(folder)
    fresh = path.with_name(f"{_PREFIX}{path.name}")
    write_whole(fresh, wire.write(plan), disk)
    disk.rename(fresh, path)
    disk.sync_folder(path.parent)


def _receipt_path(folder: Path) -> Path:
    return exchange_path(folder).with_name("erased.json")


def _is_segment(name: str) -> bool:
    return name.startswith("segment-")
