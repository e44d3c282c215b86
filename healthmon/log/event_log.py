"""This is the place for the one writer of the log: what it has taken survives a power cut."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType

from healthmon.clock import Clock
from healthmon.events import Entry
from healthmon.log.disk import Disk
from healthmon.log.identity import Identity, claim
from healthmon.log.lock import FolderLock
from healthmon.log.reasons import LogError, LogReason, disk_trouble
from healthmon.log.record import FORMAT, WRITER, Header, Seal, line_of, read_header
from healthmon.log.repair import Repair, repair
from healthmon.log.seek import first_entry, last_entry, seal_of
from healthmon.log.segment import first_line, log_folder, path_of, segments, size_of
from healthmon.log.segment_writer import SegmentWriter

SEGMENT_BYTES = 64 << 20


class EventLog:
    """The log of a data folder, open for appending. Only one is open at a time, on the whole machine.

    Every method blocks as long as the disk does; one thread at a time, any thread may read the properties.
    A method that raises LogError has changed nothing: the same call may be repeated when the disk is better.

        with EventLog.open(folder, clock=clock) as log:
            log.append([Entry.of(event, offset=log.next_offset, received=clock.now())])
    """

    def __init__(self, folder: Path, clock: Clock, disk: Disk, segment_bytes: int) -> None:
        self._folder = folder
        self._clock = clock
        self._disk = disk
        self._segment_bytes = segment_bytes
        self._lock = FolderLock.take(folder)
        self._segment: SegmentWriter | None = None
        self._next_offset = 0
        self._last_received: datetime | None = None
        self._first_received: datetime | None = None
        self._repair: Repair | None = None
        self._identity: Identity | None = None
        self._is_copy = False

    @classmethod
    def open(
        cls, folder: Path, *, clock: Clock, segment_bytes: int = SEGMENT_BYTES, disk: Disk | None = None
    ) -> "EventLog":
        """Take the lock, cut a torn tail, and stand at the end; a log that is not there is begun.

        A clock other than the newest segment's begins a new segment, so that each remembers its own.
        Raises LogError: LOCKED (naming the process), NEWER_FORMAT, or what the disk refuses.
        """
        disk = disk or Disk()
        try:
            disk.make_folder(log_folder(folder))
        except OSError as error:
            raise disk_trouble(error, folder) from error
        log = cls(folder, clock, disk, segment_bytes)
        try:
            log._begin()
            log._identity, log._is_copy = claim(folder, disk)
        except BaseException:
            log.close()
            raise
        return log

    @property
    def next_offset(self) -> int:
        """The offset the next entry must have."""
        return self._next_offset

    @property
    def last_received(self) -> datetime | None:
        """When the newest entry was received: the next must not be older. None in an empty log."""
        return self._last_received

    @property
    def repair(self) -> Repair | None:
        """What opening found wrong at the end of the log, and did; None when all was well."""
        return self._repair

    @property
    def identity(self) -> Identity | None:
        """Which log this is. None before it is open."""
        return self._identity

    @property
    def is_copy(self) -> bool:
        """Whether opening found that this log was copied here: another one may go on from the same events."""
        return self._is_copy

    def append(self, entries: Sequence[Entry]) -> None:
        """Take these entries: when this returns they survive a power cut. One write, one data sync.

        Their offsets continue `next_offset` without gaps and their receive times never go back, else
        LogError (OUT_OF_ORDER). Other reasons: UNWRITABLE, CLOSED, DISK_FULL, READ_ONLY, IO_ERROR; then
        none of them is in the log.
        """
        if not entries:
            return
        self._check_order(entries)
        content = b"".join([line_of(entry) for entry in entries])
        segment = self._open_segment()
        if segment.size + len(content) > self._segment_bytes:
            self.rotate()
            segment = self._open_segment()
        segment.append(content, len(entries))
        self._lock.note(segment.path.name, segment.size)
        self._first_received = self._first_received or entries[0].received
        self._last_received = entries[-1].received
        self._next_offset += len(entries)

    def rotate(self, *, checkpoint: str | None = None) -> None:
        """Seal the segment and begin the next, both durable. Happens by itself when a segment is full.

        Nothing happens to a segment without entries. `checkpoint` is the digest of the folded state at
        `next_offset`, carried in the next header.
        """
        segment = self._open_segment()
        if path_of(self._folder, self._next_offset) == segment.path:
            return
        if not segment.is_sealed:
            segment.seal(self._seal(segment))
        self._create(segment.digest, checkpoint)

    def close(self) -> None:
        """Let others write. What was appended is durable already. May be called twice."""
        segment, self._segment = self._segment, None
        if segment is not None:
            segment.close()
        self._lock.release()

    def __enter__(self) -> "EventLog":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _begin(self) -> None:
        paths = segments(self._folder)
        if not paths:
            return self._create(None)
        newest = paths[-1]
        line = first_line(newest)
        header = None if line is None else read_header(line)
        try:
            self._repair, self._next_offset = repair(newest, self._lock.previous, self._disk)
        except OSError as error:
            raise disk_trouble(error, newest) from error
        self._last_received = _last_received(paths)
        seal = seal_of(newest)
        if seal is not None:
            self._next_offset = seal.next_offset
            return self._create(seal.digest)
        if header is None and size_of(newest) == 0:
            return self._create(_digest_before(paths))
        return self._resume(newest, header)

    def _resume(self, segment: Path, header: Header | None) -> None:
        is_another_clock = header is not None and header.clock != self._clock.spec()
        if header is not None and is_another_clock and header.first_offset == self._next_offset:
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
            first_offset=self._next_offset,
            previous_digest=previous_digest,
            checkpoint=checkpoint,
        )
        self._stand(SegmentWriter.create(path_of(self._folder, self._next_offset), header, self._disk))
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
            next_offset=self._next_offset,
            first_received=self._first_received,
            last_received=self._last_received,
            digest=segment.digest,
        )

    def _open_segment(self) -> SegmentWriter:
        if self._segment is None:
            raise LogError(LogReason.CLOSED, "the log is closed: open it again")
        return self._segment

    def _check_order(self, entries: Sequence[Entry]) -> None:
        offset, latest = self._next_offset, self._last_received
        for entry in entries:
            if entry.offset != offset:
                raise _out_of_order(entry, f"where offset {offset} belongs")
            if latest is not None and entry.received < latest:
                raise _out_of_order(entry, f"after one received at {latest}")
            offset, latest = offset + 1, entry.received


def _last_received(paths: list[Path]) -> datetime | None:
    for segment in reversed(paths):
        last = last_entry(segment)
        if last is not None:
            return last.received
    return None


def _digest_before(paths: list[Path]) -> str | None:
    seal = seal_of(paths[-2]) if len(paths) > 1 else None
    return None if seal is None else seal.digest


def _out_of_order(entry: Entry, where: str) -> LogError:
    what = f"offset {entry.offset}, received {entry.received}, came {where}"
    return LogError(LogReason.OUT_OF_ORDER, f"{what}: follow next_offset and last_received")
