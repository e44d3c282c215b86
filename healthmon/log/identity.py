"""This is the place for which log this is: its name, how often it was edited, and where it lives.

`D/log/identity.json` is written when a log is begun. A log whose folder is not the one it was begun in is a
copy: it gets a name of its own, so that two histories that grow from one beginning are never taken for one.
The folder is known by its inode, its device, and by when `log/upkeep.lock` came to be: an empty file that is
made once and never written, whose change time no copying program can set. A device's number may change at a
reboot (encrypted disks, btrfs, USB), so another device is a copy only if that time is another too. A copy
made by the file system below (a snapshot, an image of a whole disk) is not noticed.
"""

import contextlib
import hashlib
import os
import secrets
from dataclasses import replace
from pathlib import Path

from healthmon.events import wire
from healthmon.log.disk import FILE_MODE, Disk
from healthmon.log.edition import Identity, edition_of, identity_of, identity_path
from healthmon.log.follow import Follower
from healthmon.log.kept import beginning_of, kept_path
from healthmon.log.reader import begins_at
from healthmon.log.reasons import LogError, disk_trouble
from healthmon.log.record import line_of
from healthmon.log.segment import log_folder
from healthmon.log.upkeep import upkeep_path


def claim(folder: Path, disk: Disk) -> tuple[Identity, bool]:
    """The identity of a log that is opened for writing, and whether it was just found to be a copy.

    Only the holder of the folder's lock may call it. Raises LogError.
    """
    known = identity_of(folder)
    try:
        here = _home(folder)
        if known is not None and _is_home(known, here):
            return _noted(folder, known, here, disk), False
        edition, copied_from = (0, None) if known is None else (known.edition, known.log)
        fresh = replace(here, log=secrets.token_hex(8), edition=edition, copied_from=copied_from)
        _write(folder, fresh, disk)
    except OSError as error:
        raise disk_trouble(error, identity_path(folder)) from error
    return fresh, known is not None


def _home(folder: Path) -> Identity:
    """Where the log lives now, without a name. Raises OSError."""
    home = log_folder(folder).stat()
    born = None
    with contextlib.suppress(OSError):  # a full disk on which there was no upkeep yet
        lock = os.open(upkeep_path(folder), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, FILE_MODE)
        born = os.fstat(lock).st_ctime_ns
        os.close(lock)
    return Identity(log="", inode=home.st_ino, device=home.st_dev, lock_born=born)


def _is_home(known: Identity, here: Identity) -> bool:
    is_elsewhere = known.device is not None and known.device != here.device
    is_another_lock = None not in (known.lock_born, here.lock_born) and known.lock_born != here.lock_born
    return known.inode == here.inode and not (is_elsewhere and is_another_lock)


def _noted(folder: Path, known: Identity, here: Identity, disk: Disk) -> Identity:
    """The same log; what may change of its home is noted, for the next start, as far as the disk takes it."""
    now = replace(known, device=here.device, lock_born=here.lock_born or known.lock_born)
    if now != known:
        with contextlib.suppress(OSError):
            _write(folder, now, disk)
    return now


def count_edition(folder: Path, disk: Disk) -> None:
    """The log was edited: whatever was folded from it earlier holds no more. Raises OSError."""
    known = identity_of(folder)
    if known is not None:
        _write(folder, replace(known, edition=known.edition + 1), disk)


def mark(folder: Path, offset: int, *, edition: int | None = None) -> str | None:
    """A digest that says "this very log, up to here": of the edition and the last entry before `offset`.

    "" for offset 0 of a log that was never edited. None when there is no such place in this log. A few small
    reads; raises LogError only for what the disk refuses. Whoever has folded the log tells the `edition` that
    was read (a follower's): the log may have been edited meanwhile, and then the mark fits no more.
    """
    edition = edition_of(folder) if edition is None else edition
    line = _line_before(folder, offset) if offset > 0 else b""
    if line is None:
        begins = beginning_of(kept_path(folder))
        is_there = begins is not None and (begins.before, begins.edition) == (offset, edition)
        return begins.mark if begins is not None and is_there else None
    return hashlib.sha256(b"%d " % edition + line).hexdigest() if line or edition else ""


def _line_before(folder: Path, offset: int) -> bytes | None:
    """The entry at `offset` - 1; b"" for one that was erased; None for one that was pruned, or never was."""
    try:
        if offset <= begins_at(folder):
            return None
    except LogError:
        return None
    follower = Follower(folder, offset - 1)
    try:
        entries = follower.poll(1)
    except LogError:
        return None
    if entries and entries[0].offset == offset - 1:
        return line_of(entries[0])
    return b"" if follower.offset >= offset else None


def _write(folder: Path, identity: Identity, disk: Disk) -> None:
    path = identity_path(folder)
    fresh = path.with_name(f"new-{path.name}")
    file = disk.create(fresh)
    try:
        disk.write(file, wire.write(identity))
        disk.sync(file)
    finally:
        disk.close(file)
    disk.rename(fresh, path)
    disk.sync_folder(path.parent)
