"""This is the place for the stored segments as they are written: one open, each chained to the one before."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from healthmon.clock import Clock
from healthmon.log.disk import Disk
from healthmon.log.erase import Erased, Erasure, finish_erasing
from healthmon.log.lock import FolderLock
from healthmon.log.prune import finish_pruning
from healthmon.log.reasons import LogError, LogReason, disk_trouble
from healthmon.log.record import FORMAT, WRITER, Header, Seal, read_header
from healthmon.log.repair import Repair, repair
from healthmon.log.seek import first_entry, last_entry, next_offset_in, seal_of
from healthmon.log.segment import first_line, is_compressed, path_of, size_of, stored_segments
from healthmon.log.segment_writer import SegmentWriter

SEGMENT_BYTES = 64 << 20


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines that belong together: as they are written, how many, and when the first and last came."""

    content: bytes
    lines: int
    first_received: datetime
    last_received: datetime


class Chain:
    """Writes stretches of lines into segments, and seals each that is full. One thread.

    Everything blocks as long as the disk does. What raises LogError has changed nothing and may be repeated.
    """

    def __init__(self, folder: Path, clock: Clock, disk: Disk, lock: FolderLock, segment_bytes: int) -> None:
        self.next_offset = 0
        self.last_received: datetime | None = None
        self.repair: Repair | None = None
        self._folder = folder
        self._clock = clock
        self._disk = disk
        self._lock = lock
        self._segment_bytes = segment_bytes
        self._segment: SegmentWriter | None = None
        self._first_received: datetime | None = None
        self._is_exchanging = False  # for an erasure; until that is over the newest segment takes nothing

    @property
    def is_begun(self) -> bool:
        """Whether it stands at the end of the log: not while its disk refuses from the start."""
        return self._segment is not None or self._is_exchanging

    def begin(self) -> None:
        """End what a crash interrupted, cut a torn tail and stand at the end. Raises LogError."""
        finish_erasing(self._folder, self._disk)
        finish_pruning(self._folder, self._disk)
        paths = stored_segments(self._folder)
        if not paths:
            return self._create(None)
        newest = paths[-1]
        if is_compressed(newest):
            raise _no_newest(newest)
        line = first_line(newest)
        header = None if line is None else read_header(line)
        try:
            self.repair, self.next_offset = repair(newest, self._lock.previous, self._disk)
        except OSError as error:
            raise disk_trouble(error, newest) from error
        self.last_received = _last_received(paths)
        seal = seal_of(newest)
        if seal is not None:
            self.next_offset = seal.next_offset
            return self._create(seal.digest)
        if header is None and size_of(newest) == 0:
            return self._create(_digest_before(paths))
        return self._resume(newest, header)

    def append(self, stretch: Stretch) -> None:
        """Write these lines, durable when this returns: one write, one data sync."""
        self.end_exchange()
        segment = self._open_segment()
        if segment.is_sealed or segment.size + len(stretch.content) > self._segment_bytes:
            self.rotate()
            segment = self._open_segment()
        segment.append(stretch.content, stretch.lines)
        self._lock.note(segment.path.name, segment.size)
        self._first_received = self._first_received or stretch.first_received
        self.last_received = stretch.last_received
        self.next_offset += stretch.lines

    def rotate(self, *, checkpoint: str | None = None) -> None:
        """Seal the segment and begin the next. Nothing happens to a segment without entries."""
        self.end_exchange()
        segment = self._open_segment()
        if path_of(self._folder, self.next_offset) == segment.path and checkpoint is None:
            return None
        if path_of(self._folder, self.next_offset) == segment.path:
            return self._create(_digest_before(stored_segments(self._folder)), checkpoint)
        if not segment.is_sealed:
            segment.seal(self._seal(segment))
        self._create(segment.digest, checkpoint)
        return None

    def exchange(self, erasure: Erasure) -> Erased:
        """Let `erasure` exchange what it has rewritten, and go on behind it. Holds no lock of its own.

        Raises LogError: once the erasure `is_planned`, `end_exchange` ends it, and comes before all else.
        """
        try:
            done = erasure.exchange(self)
        finally:
            self._is_exchanging = erasure.is_planned
        self.end_exchange()
        return done

    def end_exchange(self) -> None:
        """Where the disk interrupted an exchange: end it, and stand in the newest segment that is there now.

        What was appended to the one that is to go would be lost. Raises LogError; may be repeated.
        """
        if not self._is_exchanging:
            return
        self._let_go()  # whatever happens now: nothing may be written to the file that was there
        finish_erasing(self._folder, self._disk)
        self._stand(SegmentWriter.resume(path_of(self._folder, self.next_offset), self._disk))
        self._is_exchanging = False

    def close(self) -> None:
        """Let go of the segment."""
        self._is_exchanging = False
        self._let_go()

    def _let_go(self) -> None:
        segment, self._segment = self._segment, None
        if segment is not None:
            segment.close()

    def _resume(self, segment: Path, header: Header | None) -> None:
        is_another_clock = header is not None and header.clock != self._clock.spec()
        if header is not None and is_another_clock and header.first_offset == self.next_offset:
            return self._create(header.previous_digest, header.checkpoint)
        self._stand(SegmentWriter.resume(segment, self._disk))
        first = first_entry(segment)
        self._first_received = None if first is None else first.received
        if is_another_clock:
            self.rotate()
        return None

    def _create(self, previous_digest: str | None, checkpoint: str | None = None) -> None:
        header = Header(
            format=FORMAT,
            writer=WRITER,
            created=self._clock.now(),
            clock=self._clock.spec(),
            first_offset=self.next_offset,
            previous_digest=previous_digest,
            checkpoint=checkpoint,
        )
        self._stand(SegmentWriter.create(path_of(self._folder, self.next_offset), header, self._disk))
        self._first_received = None

    def _stand(self, segment: SegmentWriter) -> None:
        previous, self._segment = self._segment, segment
        if previous is not None:
            previous.close()
        self._lock.note(segment.path.name, segment.size)
        self._lock.keep_note(self._disk)

    def _seal(self, segment: SegmentWriter) -> Seal:
        return Seal(
            sealed=self._clock.now(),
            lines=segment.lines,
            next_offset=self.next_offset,
            first_received=self._first_received,
            last_received=self.last_received,
            digest=segment.digest,
        )

    def _open_segment(self) -> SegmentWriter:
        if self._segment is None:
            raise LogError(LogReason.CLOSED, "the log is closed: open it again")
        return self._segment


def _last_received(paths: list[Path]) -> datetime | None:
    for segment in reversed(paths):
        last = last_entry(segment)
        if last is not None:
            return last.received
    return None


def _digest_before(paths: list[Path]) -> str | None:
    seal = seal_of(paths[-2]) if len(paths) > 1 else None
    return None if seal is None else seal.digest


def _no_newest(newest: Path) -> LogError:
    return LogError(
        LogReason.DAMAGED,
        f"what came after {newest.name} is missing: copy it back, or unpack that file to go on from its end",
    )


def stored_end(folder: Path) -> tuple[int, datetime | None]:
    """The offset after the last stored entry and when that was received, only by reading. Raises LogError."""
    paths = stored_segments(folder)
    ends = (next_offset_in(path) for path in reversed(paths))
    return next(ends, 0), _last_received(paths)
