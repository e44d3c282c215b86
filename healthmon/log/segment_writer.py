"""This is the place for writing one segment: header, lines, seal, each durable before the call returns."""

import hashlib
from pathlib import Path

from healthmon.events import wire
from healthmon.log.disk import Disk
from healthmon.log.reasons import disk_trouble
from healthmon.log.record import Header, Seal, stamp
from healthmon.log.segment import CHUNK


class SegmentWriter:
    """One open segment. One thread. A call that raises LogError has changed nothing and may be repeated."""

    def __init__(self, path: Path, disk: Disk, file: int) -> None:
        self.path = path
        self.size = 0
        """Bytes, all of them durable."""
        self.lines = 0
        self.is_sealed = False
        self._disk = disk
        self._file = file
        self._digest = hashlib.sha256()
        self._is_clean = True

    @classmethod
    def create(cls, path: Path, header: Header, disk: Disk) -> "SegmentWriter":
        """A new segment whose header and name would survive a power cut. Raises LogError.

        What stood there is exchanged whole: at no moment is there a segment without its header.
        """
        fresh = path.with_name(f"new-{path.name}")
        try:
            made = cls(path, disk, disk.create(fresh))
            try:
                made.append(stamp(wire.write(header)), 1)
                disk.rename(fresh, path)
                disk.sync_folder(path.parent)
            except BaseException:
                made.close()
                raise
        except OSError as error:
            raise disk_trouble(error, path) from error
        return made

    @classmethod
    def resume(cls, path: Path, disk: Disk) -> "SegmentWriter":
        """An existing segment, already repaired, to be continued at its end. Raises LogError."""
        try:
            made = cls(path, disk, disk.reopen(path))
            with path.open("rb") as file:
                while content := file.read(CHUNK):
                    made._count(content, content.count(b"\n"))
        except OSError as error:
            raise disk_trouble(error, path) from error
        return made

    @property
    def digest(self) -> str:
        """SHA-256 of everything before the seal."""
        return self._digest.hexdigest()

    def append(self, content: bytes, lines: int) -> None:
        """Add whole lines: one write and one data sync. Raises LogError, then nothing of them stays."""
        self._write(content)
        self._count(content, lines)

    def seal(self, seal: Seal) -> None:
        """Write the last line. The seal itself is not part of the digest."""
        line = stamp(wire.write(seal))
        self._write(line)
        self.size += len(line)
        self.is_sealed = True

    def close(self) -> None:
        """Let go of the file."""
        self._disk.close(self._file)

    def _count(self, content: bytes, lines: int) -> None:
        self._digest.update(content)
        self.size += len(content)
        self.lines += lines

    def _write(self, content: bytes) -> None:
        try:
            if not self._is_clean:
                self._cut_back()
            self._disk.write(self._file, content)
            self._disk.sync(self._file)
        except OSError as error:
            # After a failed sync nobody knows what reached the medium, and a second sync would claim
            # success (the kernel forgets the failed pages): so the lines are taken back and written anew.
            self._is_clean = False
            self._try_cutting_back()
            raise disk_trouble(error, self.path) from error

    def _cut_back(self) -> None:
        self._disk.cut(self._file, self.size)
        self._is_clean = True

    def _try_cutting_back(self) -> None:
        try:
            self._cut_back()
        except OSError:
            self._is_clean = False  # the next write tries again, before it writes
