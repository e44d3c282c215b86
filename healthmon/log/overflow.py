"""This is the place for what is logged while the disk cannot be written: elsewhere, until it can.

The lines are those the log would hold, with their final offsets and checksums, in a folder that outlives the
process but not a power cut (the per-user runtime folder). `D/overflow` is a link to it, so that every reader
finds it; they read it as the next segment. When the disk is back the lines are copied as they are.
"""

import contextlib
from datetime import datetime
from pathlib import Path

from healthmon.clock import Clock
from healthmon.log.chain import Stretch
from healthmon.log.disk import Disk
from healthmon.log.lock import Note
from healthmon.log.reasons import LogError, LogReason, disk_trouble
from healthmon.log.record import FORMAT, WRITER, Header, is_entry, is_whole, read_header
from healthmon.log.repair import repair
from healthmon.log.seek import entry_in, last_entry, last_offset
from healthmon.log.segment import all_lines, first_line, overflow_folder, path_of, segments, stored_segments
from healthmon.log.segment_writer import SegmentWriter

OVERFLOW_BYTES = 64 << 20
_PIECE = 1 << 20


class Overflow:
    """The continuation of a log whose disk cannot be written. One thread: the writer's."""

    def __init__(self, folder: Path, elsewhere: Path | None, most: int = OVERFLOW_BYTES) -> None:
        self._folder = folder
        self._elsewhere = elsewhere
        self._most = most
        self._disk = Disk()
        self._segment: SegmentWriter | None = None
        self.last_received: datetime | None = None  # of what `take_up` found
        self.stray = ""
        """Where something was put aside that belongs to another log; empty for nothing."""
        self._moved_to = 0  # lines before this position are back in the log

    @property
    def is_used(self) -> bool:
        """Whether the log goes on here at present."""
        return self._segment is not None

    @property
    def is_prepared(self) -> bool:
        """Whether readers would find it."""
        link = overflow_folder(self._folder)
        return self._elsewhere is not None and link.is_symlink() and link.readlink() == self._elsewhere

    def prepare(self) -> None:
        """While the disk is well: link the place, which need not be there yet. Raises LogError."""
        if self._elsewhere is None:
            return
        link = overflow_folder(self._folder)
        try:
            if self.is_prepared:
                return
            fresh = link.with_name("new-overflow")
            fresh.unlink(missing_ok=True)
            fresh.symlink_to(self._elsewhere, target_is_directory=True)
            fresh.replace(link)
        except OSError as error:
            raise disk_trouble(error, link) from error

    def take_up(self, next_offset: int, name: str) -> int:
        """What a crash left here: go on behind it. The next offset; the given one if there is nothing.

        `name` is the log's (`Identity.log`): what another log left, or what does not continue this one, is
        put aside. Raises LogError.
        """
        left = self._left()
        if left is None:
            return next_offset
        try:
            if not _continues(left, next_offset, name):
                self.stray = str(left.rename(left.with_name(f"stray-{left.name}")).resolve())
                return next_offset
            repair(left, Note(pid=0, segment=left.name, durable=0), self._disk)
            last = last_offset(left)
            if last is None or last < next_offset:
                left.unlink()
                return next_offset
            self._segment = SegmentWriter.resume(left, self._disk)
            newest = last_entry(left)
            self.last_received = None if newest is None else newest.received
        except OSError as error:
            raise disk_trouble(error, left) from error
        self._moved_to = _position_of(left, next_offset)
        return last + 1

    def begin(self, first_offset: int, clock: Clock, name: str) -> None:
        """From this offset on the log of this name goes on here. Raises LogError; then it does not."""
        if self._elsewhere is None:
            raise LogError(LogReason.NO_OVERFLOW, "there is no overflow folder")
        header = Header(
            format=FORMAT,
            writer=WRITER,
            created=clock.now(),
            clock=clock.spec(),
            first_offset=first_offset,
            previous_digest=None,
            log=name,
        )
        try:
            self._disk.make_folder(self._elsewhere)  # whoever tidies such places may have taken it
        except OSError as error:
            raise disk_trouble(error, self._elsewhere) from error
        path = self._elsewhere / path_of(self._folder, first_offset).name
        self._segment = SegmentWriter.create(path, header, self._disk)
        self._moved_to = self._segment.size

    def append(self, stretch: Stretch) -> None:
        """Keep these lines: they survive a crash, not a power cut. Raises LogError, also when it is full."""
        assert self._segment is not None
        if self._segment.size + len(stretch.content) > self._most:
            raise LogError(
                LogReason.OVERFLOW_FULL, f"neither the disk nor {self._segment.path.parent} takes more"
            )
        self._segment.append(stretch.content, stretch.lines)

    def next_piece(self) -> tuple[Stretch, int] | None:
        """The next lines that belong into the log, and the place after them; None when all are there."""
        assert self._segment is not None
        lines, position = [], self._moved_to
        first: datetime | None = None
        last: datetime | None = None
        for begin, line in all_lines(self._segment.path, self._moved_to):
            entry = entry_in(line)
            if entry is None or begin - self._moved_to > _PIECE:
                break
            first, last = first or entry.received, entry.received
            lines.append(line + b"\n")
            position = begin + len(line) + 1
        if first is None or last is None:
            return None
        return Stretch(b"".join(lines), len(lines), first, last), position

    def skip_to(self, offset: int) -> None:
        """The lines before this offset are in the log already."""
        assert self._segment is not None
        self._moved_to = max(self._moved_to, _position_of(self._segment.path, offset))

    def moved(self, position: int) -> None:
        """The lines before this place are durable in the log."""
        self._moved_to = position

    def clear(self) -> None:
        """Everything is in the log: readers find it there from now on. Raises LogError."""
        segment, self._segment = self._segment, None
        if segment is not None:
            segment.close()
            try:
                segment.path.unlink(missing_ok=True)
            except OSError as error:
                raise disk_trouble(error, segment.path) from error

    def abandon(self) -> None:
        """Nothing could be kept here after all."""
        with contextlib.suppress(LogError):
            self.clear()

    def close(self) -> None:
        """Let go of the file; what is in it stays."""
        segment, self._segment = self._segment, None
        if segment is not None:
            segment.close()

    def _left(self) -> Path | None:
        found = segments(self._folder)[len(stored_segments(self._folder)) :]
        return found[-1] if found else None


def _continues(segment: Path, next_offset: int, name: str) -> bool:
    line = first_line(segment)
    header = None if line is None else read_header(line)
    return header is not None and header.log == name and header.first_offset <= next_offset


def _position_of(segment: Path, offset: int) -> int:
    """Where the line of this offset begins."""
    for position, line in all_lines(segment):
        if is_entry(line) and is_whole(line):
            entry = entry_in(line)
            if entry is not None and entry.offset >= offset:
                return position
    return segment.stat().st_size
