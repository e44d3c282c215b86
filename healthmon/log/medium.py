"""This is the place for where lines go: to the disk, with its reserve, or elsewhere while it refuses."""

from datetime import datetime
from pathlib import Path

from healthmon.clock import Clock
from healthmon.log.chain import Chain, Stretch, stored_end
from healthmon.log.disk import Disk
from healthmon.log.edition import Identity, identity_of
from healthmon.log.identity import claim
from healthmon.log.overflow import Overflow
from healthmon.log.reasons import DISK_TROUBLE, LogError, LogReason
from healthmon.log.reserve import Reserve, is_tight
from healthmon.log.room import LogState, Room


class Medium:
    """The stored segments, the reserve and the overflow, as one place that takes lines. One thread."""

    def __init__(self, folder: Path, clock: Clock, disk: Disk, chain: Chain, room: Room) -> None:
        self.chain = chain
        self.identity: Identity | None = None
        self.is_copy = False
        self.trouble: LogError | None = None
        """What the disk said when it last refused."""
        self.overflow = Overflow(folder, room.overflow, room.overflow_bytes)
        self._folder = folder
        self._clock = clock
        self._disk = disk
        self._reserve = Reserve(folder, room.reserve_bytes)
        self._has_reserve = bool(room.reserve_bytes)
        self._next_offset = 0

    @property
    def state(self) -> LogState:
        """How the disk is."""
        if self.overflow.is_used:
            return LogState.OVERFLOW
        return LogState.RESERVE if self._has_reserve and self.trouble else LogState.WELL

    def begin(self) -> tuple[int, datetime | None]:
        """Stand at the end of the log: the next offset, and when the last entry was received.

        A disk that is full is given the reserve; one that refuses from the start is left alone, if an
        overflow was prepared while it was well. Raises LogError.
        """
        if self._reserve.is_there and is_tight(self._folder) and self._reserve.release():
            self.trouble = LogError(LogReason.DISK_FULL, "the disk was full: free some space")
        try:
            last_received = self._begin_stored()
        except LogError as error:
            last_received = self._begin_elsewhere(error)
        if self.overflow.is_used:
            last_received = self.overflow.last_received or last_received
        elif not self.trouble:
            self._reserve.make()
        return self._next_offset, last_received

    def store(self, stretch: Stretch) -> None:
        """Keep these lines: see `EventLog.append`. Raises LogError; then none of them is kept."""
        if self.overflow.is_used:
            self._keep_elsewhere(stretch)
        else:
            self._keep(stretch)
        self._next_offset += stretch.lines

    def recover(self) -> LogState:
        """Try whether the disk is well again. Never raises for it."""
        try:
            if self.overflow.is_used:
                self._move_back()
            if self.trouble and not self.overflow.is_used and self._reserve.make():
                self.trouble = None
        except LogError as error:
            self.trouble = error
        if not self._has_reserve and not self.overflow.is_used:
            self.trouble = None
        return self.state

    def _begin_stored(self) -> datetime | None:
        self.chain.begin()
        self.identity, self.is_copy = claim(self._folder, self._disk)
        self.overflow.prepare()
        self._next_offset = self.overflow.take_up(self.chain.next_offset, self.identity.log)
        if self.overflow.is_used:
            self.trouble = LogError(LogReason.OVERFLOWS, "what went to the overflow is not yet in the log")
        return self.chain.last_received

    def _begin_elsewhere(self, trouble: LogError) -> datetime | None:
        self.identity = identity_of(self._folder)
        if trouble.reason not in DISK_TROUBLE or self.identity is None or not self.overflow.is_prepared:
            raise trouble
        end, last_received = stored_end(self._folder)
        self._next_offset = self.overflow.take_up(end, self.identity.log)
        if not self.overflow.is_used:
            self.overflow.begin(end, self._clock, self.identity.log)
        self.trouble = trouble
        return last_received

    def _keep(self, stretch: Stretch) -> None:
        try:
            self.chain.append(stretch)
        except LogError as error:
            if error.reason not in DISK_TROUBLE:
                raise
            if not self._kept_in_reserve(stretch, error):
                self._overflow_with(stretch, error)
            self.trouble = error

    def _kept_in_reserve(self, stretch: Stretch, trouble: LogError) -> bool:
        if trouble.reason is not LogReason.DISK_FULL or not self._reserve.release():
            return False
        try:
            self.chain.append(stretch)
        except LogError:
            return False
        return True

    def _overflow_with(self, stretch: Stretch, trouble: LogError) -> None:
        try:
            name = self.identity.log if self.identity is not None else ""
            self.overflow.begin(self._next_offset, self._clock, name)
            self.overflow.append(stretch)
        except LogError:
            self.overflow.abandon()
            raise trouble from None

    def _keep_elsewhere(self, stretch: Stretch) -> None:
        try:
            self.overflow.append(stretch)
        except LogError as error:
            if error.reason is not LogReason.OVERFLOW_FULL:
                raise
            while self.overflow.is_used:
                self._move_back()  # raises while the disk is not well
            self._keep(stretch)

    def _move_back(self) -> None:
        if not self.chain.is_begun:
            self.chain.begin()
            self.overflow.skip_to(self.chain.next_offset)
        piece = self.overflow.next_piece()
        if piece is not None:
            self.chain.append(piece[0])
            self.overflow.moved(piece[1])
        if piece is None or self.chain.next_offset == self._next_offset:
            self.overflow.clear()
