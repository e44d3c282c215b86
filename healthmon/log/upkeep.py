"""This is the place for what is done to sealed segments later: compressing them, one at a time.

Whatever changes sealed segments (compressing, pruning, erasing) and whatever copies them (an archive, a
backup) holds the upkeep lock of the folder, so that none works on what another is exchanging. Readers need
no lock. Appending needs none either: it never touches a sealed segment.
"""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from healthmon.log.compressed import SUFFIX, pack
from healthmon.log.disk import FILE_MODE, Disk
from healthmon.log.reasons import LogError, LogReason, damaged, disk_trouble
from healthmon.log.record import Seal
from healthmon.log.seek import seal_of
from healthmon.log.segment import (
    CHUNK,
    first_offset_of,
    is_compressed,
    log_folder,
    read_bytes,
    size_of,
    stored_segments,
)

_LOCK = "upkeep.lock"
_SEAL_BYTES = 1024  # at most, as `seal_of` reads it


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """A segment that no event will ever be added to. `size` and `digest` are of its content, unpacked."""

    path: Path
    first_offset: int
    next_offset: int
    first_received: datetime | None
    last_received: datetime | None
    digest: str
    size: int
    is_compressed: bool


@contextmanager
def upkeep_lock(folder: Path, *, wait: bool = True, finishes: bool = False) -> Iterator[None]:
    """Hold the right to exchange or copy sealed segments. Any process; blocks until it is free.

    With `wait` False, LogError (LOCKED) at once instead. While an erasure stands half exchanged (a crash),
    only who `finishes` it gets in: others get LOCKED. Also raises what the disk refuses.
    """
    path = upkeep_path(folder)
    try:
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, FILE_MODE)
    except OSError as error:
        raise disk_trouble(error, path) from error
    try:
        fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError as error:
        os.close(file)
        raise LogError(LogReason.LOCKED, f"{folder} is being looked after: try again in a minute") from error
    try:
        if exchange_path(folder).exists() and not finishes:
            raise LogError(
                LogReason.LOCKED, f"an erasure in {folder} is not finished: start the recorder, that ends it"
            )
        yield
    finally:
        os.close(file)


def upkeep_path(folder: Path) -> Path:
    """The file that `upkeep_lock` locks: empty, made once, never written."""
    return log_folder(folder) / _LOCK


def exchange_path(folder: Path) -> Path:
    """What says, while it is there, that files of the log are being exchanged."""
    return log_folder(folder) / "erasing.json"


def sealed(folder: Path) -> list[Sealed]:
    """Every sealed segment in its order, without opening more of it than its end. Raises LogError."""
    found = ((path, seal_of(path)) for path in stored_segments(folder))
    return [_described(path, seal) for path, seal in found if seal is not None]


def compress(folder: Path, disk: Disk | None = None) -> int:
    """Compress every sealed segment that is not yet, but the newest; how many bytes that saved.

    Each is unpacked again and compared with the digest in its seal before the plain one goes; a crash leaves
    either or both. A segment that does not fit its seal stays as it is: evidence, and maybe mended one day.
    Any process; a recorder may be at work. Blocks for about a second for each 64 MiB. Raises LogError for
    what the disk refuses.
    """
    saved = 0
    for one in sealed(folder)[:-1]:
        if not one.is_compressed:
            with upkeep_lock(folder):
                saved += _compress(one, disk or Disk())
    return saved


def content_digest(path: Path, size: int) -> str:
    """SHA-256 of the first `size` bytes of a segment's content. Raises LogError."""
    digest, position = hashlib.sha256(), 0
    while position < size:
        piece = read_bytes(path, position, min(CHUNK, size - position))
        if not piece:
            break
        digest.update(piece)
        position += len(piece)
    return digest.hexdigest()


def _compress(one: Sealed, disk: Disk) -> int:
    packed = one.path.with_name(one.path.name + SUFFIX)
    fresh = packed.with_name(f"new-{packed.name}")
    try:
        if not one.path.exists() or not _fits(one.path, one):
            return 0  # somebody was faster, or it is damaged
        pack(one.path, fresh, disk)
        if not _fits(fresh, one):
            fresh.unlink()
            raise damaged(f"{one.path.name} reads differently each time: the disk fails")
        before, after = one.path.stat().st_size, fresh.stat().st_size
        disk.rename(fresh, packed)
        disk.sync_folder(packed.parent)
        disk.remove(one.path)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise disk_trouble(error, one.path) from error
    return before - after


def _fits(path: Path, one: Sealed) -> bool:
    """Whether the content is what was sealed: its size, its digest, and the seal behind it."""
    size, seal = size_of(path), seal_of(path)
    if size != one.size or seal is None or seal.digest != one.digest:
        return False
    start = max(0, size - _SEAL_BYTES)
    last = read_bytes(path, start, size - start).split(b"\n")[-2]
    return content_digest(path, size - len(last) - 1) == one.digest


def _described(path: Path, seal: Seal) -> Sealed:
    return Sealed(
        path=path,
        first_offset=first_offset_of(path),
        next_offset=seal.next_offset,
        first_received=seal.first_received,
        last_received=seal.last_received,
        digest=seal.digest,
        size=size_of(path),
        is_compressed=is_compressed(path),
    )
