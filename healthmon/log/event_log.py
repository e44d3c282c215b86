"""This is the place for the one writer of the log: what it has taken survives a power cut."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType

from healthmon.clock import Clock
from healthmon.events import Entry
from healthmon.log.chain import SEGMENT_BYTES, Chain, Stretch
from healthmon.log.disk import Disk
from healthmon.log.edition import Identity
from healthmon.log.erase import Erased, Erasure
from healthmon.log.lock import FolderLock
from healthmon.log.medium import Medium
from healthmon.log.prune import Pruning
from healthmon.log.reasons import LogError, LogReason, disk_trouble
from healthmon.log.record import line_of
from healthmon.log.repair import Repair
from healthmon.log.room import LogState, Room
from healthmon.log.segment import log_folder
from healthmon.log.upkeep import upkeep_lock


class EventLog:
    """The log of a data folder, open for appending. Only one is open at a time, on the whole machine.

    Every method blocks as long as the disk does; one thread at a time, any thread may read the properties.
    A method that raises LogError has changed nothing: the same call may be repeated when the disk is better.

        with EventLog.open(folder, clock=clock) as log:
            log.append([Entry.of(event, offset=log.next_offset, received=clock.now())])
    """

    def __init__(self, folder: Path, clock: Clock, disk: Disk, room: Room) -> None:
        self._folder = folder
        self._clock = clock
        self._lock = FolderLock.take(folder)
        self._chain = Chain(folder, clock, disk, self._lock, room.segment_bytes)
        self._medium = Medium(folder, clock, disk, self._chain, room)
        self._next_offset = 0
        self._last_received: datetime | None = None

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        clock: Clock,
        segment_bytes: int = SEGMENT_BYTES,
        disk: Disk | None = None,
        room: Room | None = None,
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
        log = cls(folder, clock, disk, room or Room(segment_bytes=segment_bytes))
        try:
            log._next_offset, log._last_received = log._medium.begin()
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
        """What opening the log found wrong at its end, and did; None when all was well."""
        return self._chain.repair

    @property
    def identity(self) -> Identity | None:
        """Which log this is. None before it is open."""
        return self._medium.identity

    @property
    def is_copy(self) -> bool:
        """Whether opening found that this log was copied here: another one may go on from the same events."""
        return self._medium.is_copy

    @property
    def stray_overflow(self) -> str:
        """Where an overflow was put aside that another log left; empty for none."""
        return self._medium.overflow.stray

    @property
    def state(self) -> LogState:
        """How the log's disk is."""
        return self._medium.state

    @property
    def trouble(self) -> str:
        """What the disk said when it last refused, and the cure; empty while all is well."""
        return "" if self._medium.trouble is None else str(self._medium.trouble)

    @property
    def trouble_reason(self) -> str:
        """The same in a word; empty while all is well."""
        return "" if self._medium.trouble is None else self._medium.trouble.reason.value

    def append(self, entries: Sequence[Entry]) -> None:
        """Take these entries: when this returns they survive a power cut. One write, one data sync.

        When the disk refuses, the reserve is given up first; then they go to the overflow and survive a
        crash only: `state` says so. Their offsets continue `next_offset` without gaps and their receive times
        never go back, else LogError (OUT_OF_ORDER). Other reasons: UNWRITABLE, CLOSED, and, where overflow
        and disk refuse both, what the disk said; then none of them is in the log.
        """
        if not entries:
            return
        self._check_order(entries)
        content = b"".join([line_of(entry) for entry in entries])
        self._medium.store(Stretch(content, len(entries), entries[0].received, entries[-1].received))
        self._last_received = entries[-1].received
        self._next_offset += len(entries)

    def recover(self) -> LogState:
        """Call now and then, every second or so: try whether the disk is well again; how it is now.

        Copies what went to the overflow back, about 1 MiB in one call. Never raises for the disk.
        """
        return self._medium.recover()

    def rotate(self, *, checkpoint: str | None = None) -> None:
        """Seal the segment and begin the next, both durable. Happens by itself when a segment is full.

        Nothing happens to a segment without entries, unless there is a `checkpoint`: the digest of what is
        kept of pruned segments, carried in the next header. Raises LogError (OVERFLOWS) while the disk fails.
        """
        self._refuse_overflow()
        self._chain.rotate(checkpoint=checkpoint)

    def prune(self, pruning: Pruning) -> int:
        """Take away what stands before `pruning.before`; how many segments went.

        What of it still holds is kept, and readers from the log's beginning are given that. Blocks for some
        milliseconds a segment. Raises LogError: OVERFLOWS, LOCKED while others look after the sealed segments
        (try again), NOT_A_BOUNDARY, or what the disk refuses; then the log is whole.
        """
        with upkeep_lock(self._folder, wait=False):
            return pruning.prune(self)

    def erase(self, erasure: Erasure) -> Erased:
        """Take out of the log what `erasure` found, up to the last entry; readers are told REPLACED.

        Blocks for what came in since its last step. Raises LogError: OVERFLOWS, LOCKED while others look
        after the sealed segments (try again), or what the disk refuses. Once the erasure `is_planned` the
        exchange is ended before anything else is stored: by calling this again, by `append`, or by `open`.
        """
        self._refuse_overflow()
        if erasure.done is None:
            with upkeep_lock(self._folder, wait=False):
                return self._chain.exchange(erasure)
        self._chain.end_exchange()
        return erasure.done

    def close(self) -> None:
        """Let others write. What was appended is durable already. May be called twice."""
        self._chain.close()
        self._medium.overflow.close()
        self._lock.release()

    def __enter__(self) -> "EventLog":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _refuse_overflow(self) -> None:
        if self.state is LogState.OVERFLOW:
            raise LogError(LogReason.OVERFLOWS, f"not while the log overflows: {self.trouble}")

    def _check_order(self, entries: Sequence[Entry]) -> None:
        offset, latest = self._next_offset, self._last_received
        for entry in entries:
            if entry.offset != offset:
                raise _out_of_order(entry, f"where offset {offset} belongs")
            if latest is not None and entry.received < latest:
                raise _out_of_order(entry, f"after one received at {latest}")
            offset, latest = offset + 1, entry.received


def _out_of_order(entry: Entry, where: str) -> LogError:
    what = f"offset {entry.offset}, received {entry.received}, came {where}"
    return LogError(LogReason.OUT_OF_ORDER, f"{what}: follow next_offset and last_received")
