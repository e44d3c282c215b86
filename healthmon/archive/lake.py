"""This is the place for the folder of the lake: its names, manifests and lock, and what a crash left in it.

    lake/date=2026-11-22/segment-000000000000.parquet     rows received on that day (UTC) in that segment
    lake/_manifest/segment-000000000000.json              what of that segment is archived and was proven
    lake/_lock                                            held by whoever changes the lake

A segment counts as archived once its manifest is there; it is written last. Readers of Parquet folders pass
over names that begin with `_` or a dot, so the folder is read as it is.
"""

import fcntl
import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from healthmon.archive.errors import ArchiveError, ArchiveReason, trouble
from healthmon.events import wire
from healthmon.log import Disk, Sealed

FORMAT = 1
"""What a manifest and the columns mean. A newer healthmon reads every older one."""

CHUNK = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """One Parquet file of a segment. `name` is its path in the lake."""

    name: str
    rows: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What was archived of one segment. `digest` is the segment's own, `rows` counts what its files hold.

    `log` names the log it is of (its identity; empty when it had none). `erased` counts rows taken out of the
    lake since. `left` says why the segment could not be archived: then it has no files, and the manifest is
    there so that it is not tried again and again.
    """

    format: int
    first_offset: int
    next_offset: int
    digest: str
    rows: int
    files: tuple[File, ...]
    log: str = ""
    erased: int = 0
    left: str = ""


class Lake:
    """A lake's folder. Nothing is made before something is written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._disk = Disk()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Nobody else changes the lake meanwhile; what a crash left goes. Raises ArchiveError (BUSY)."""
        try:
            self._disk.make_folder(self._manifests)
            lock = os.open(self.folder / "_lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise trouble(error, self.folder) from error
        try:
            _take(lock, self.folder)
            self._forget_unfinished()
            yield
        finally:
            os.close(lock)

    def name_of(self, day: date, first_offset: int) -> str:
        """Where in the lake the rows are that were received on this day in this segment."""
        return f"date={day.isoformat()}/{_stem(first_offset)}.parquet"

    def unfinished(self, name: str) -> Path:
        """Where a file is written before it is proven. Its folder is made."""
        path = self.folder / name
        self._disk.make_folder(path.parent)
        return path.with_name(f".{path.name}.new")

    def finish(self, manifest: Manifest, fresh: Iterable[File]) -> None:
        """Put a segment's fresh, proven files into their places and its manifest last, all of it durable.

        What else the lake held of this segment goes. Raises ArchiveError.
        """
        try:
            for file in fresh:
                path = self.folder / file.name
                self.unfinished(file.name).replace(path)
                self._disk.sync_folder(path.parent)
            self._drop_others(manifest)
            self._write(manifest)
        except OSError as error:
            raise trouble(error, self.folder) from error

    def manifest(self, first_offset: int) -> Manifest | None:
        """What is archived of the segment that begins there; None when nothing is, or nothing readable."""
        try:
            return wire.read(self._manifest_path(first_offset).read_bytes(), Manifest)
        except (OSError, wire.WireError):
            return None

    def holds(self, segment: Sealed) -> bool:
        """Whether all of a segment is archived, by manifest and sizes: a quick look beside `unproven`."""
        manifest = self.manifest(segment.first_offset)
        return (
            manifest is not None
            and manifest.digest == segment.digest
            and not (manifest.erased or manifest.left)
            and all(map(self.has, manifest.files))
        )

    def was_left(self, segment: Sealed) -> bool:
        """Whether this very segment was tried and could not be archived."""
        manifest = self.manifest(segment.first_offset)
        return manifest is not None and manifest.digest == segment.digest and bool(manifest.left)

    def leave(self, segment: Sealed, log: str, why: str) -> None:
        """Note that a segment cannot be archived. What the lake has of it, if anything, stays as it is."""
        if self.manifest(segment.first_offset) is not None:
            return
        try:
            self._write(
                Manifest(
                    format=FORMAT,
                    first_offset=segment.first_offset,
                    next_offset=segment.next_offset,
                    digest=segment.digest,
                    rows=0,
                    files=(),
                    log=log,
                    left=why,
                )
            )
        except OSError as error:
            raise trouble(error, self.folder) from error

    def manifests(self) -> list[Manifest]:
        """All of them, by offset. Raises ArchiveError for one that makes no sense."""
        made = []
        for path in sorted(self._manifests.glob("segment-*.json")):
            try:
                made.append(wire.read(path.read_bytes(), Manifest))
            except (OSError, wire.WireError) as error:
                raise ArchiveError(
                    ArchiveReason.UNREADABLE,
                    f"{path} makes no sense ({error}): take it away, then run healthmon log archive again",
                ) from error
        return sorted(made, key=lambda manifest: manifest.first_offset)

    def files(self) -> list[str]:
        """Every Parquet file there is, as names in the lake."""
        return sorted(
            path.relative_to(self.folder).as_posix() for path in self.folder.glob("date=*/*.parquet")
        )

    def has(self, file: File) -> bool:
        """Whether the file is there in its size: a quick look; `sum_of` is the thorough one."""
        try:
            return (self.folder / file.name).stat().st_size == file.bytes
        except OSError:
            return False

    @property
    def _manifests(self) -> Path:
        return self.folder / "_manifest"

    def _manifest_path(self, first_offset: int) -> Path:
        return self._manifests / f"{_stem(first_offset)}.json"

    def _drop_others(self, manifest: Manifest) -> None:
        ours = {file.name for file in manifest.files}
        for path in self.folder.glob(f"date=*/{_stem(manifest.first_offset)}.parquet"):
            if path.relative_to(self.folder).as_posix() not in ours:
                path.unlink()
                self._disk.sync_folder(path.parent)
                with suppress(OSError):
                    path.parent.rmdir()

    def _write(self, manifest: Manifest) -> None:
        path = self._manifest_path(manifest.first_offset)
        fresh = path.with_name(f".{path.name}.new")
        file = self._disk.create(fresh)
        try:
            self._disk.write(file, wire.write(manifest))
            self._disk.sync(file)
        finally:
            self._disk.close(file)
        fresh.replace(path)
        self._disk.sync_folder(path.parent)

    def _forget_unfinished(self) -> None:
        for pattern in ("date=*/.*.new", "_manifest/.*.new"):
            for path in self.folder.glob(pattern):
                path.unlink(missing_ok=True)


def sum_of(path: Path) -> str:
    """The SHA-256 of a file. Raises ArchiveError."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while content := file.read(CHUNK):
                digest.update(content)
    except OSError as error:
        raise trouble(error, path) from error
    return digest.hexdigest()


def _take(lock: int, folder: Path) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise ArchiveError(
            ArchiveReason.BUSY, f"{folder} is being written by another healthmon: try again when it is done"
        ) from error


def _stem(first_offset: int) -> str:
    return f"segment-{first_offset:012d}"
