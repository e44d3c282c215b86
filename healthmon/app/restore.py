"""This is the place for bringing a backup back: into a folder of its own, proven before it has its name.

A backup comes from somewhere; nothing in it is trusted. Only plain files with names of ours are taken out,
each against the manifest's digest, then the log is judged as `healthmon log verify` does.
"""

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from healthmon import log
from healthmon.app.backup_file import BackupError, BackupReason, Manifest, Told, read_through
from healthmon.events import wire
from healthmon.log import LogError, identity_of
from healthmon.log.disk import FILE_MODE, FOLDER_MODE, Disk
from healthmon.log.edition import identity_path

_NO_FOLDER = 0  # the inode of no folder: who opens the log notices a copy


def restore(file: Path, data: Path, told: Told = lambda _done, _of: None) -> Manifest:
    """Bring a backup into `data`, which is absent or empty; there it is whole or not at all.

    The log in it is noticed as a copy when it is next opened. Raises BackupError: EXISTS, NOT_A_BACKUP,
    NEWER_FORMAT, DAMAGED, or DISK.
    """
    if data.exists() and (not data.is_dir() or any(data.iterdir())):
        raise BackupError(BackupReason.EXISTS, f"{data} is not empty: restore into a new folder")
    fresh = data.with_name(f".{data.name}.restoring-{os.getpid()}")
    try:
        fresh.mkdir(mode=FOLDER_MODE, parents=True)
        manifest = read_through(file, lambda name, content: _take_out(fresh / name, content), told)
        _judge(fresh, manifest)
        _forget_home(fresh)
        if data.exists():
            data.rmdir()
        fresh.replace(data)
        Disk().sync_folder(data.absolute().parent)
    except OSError as error:
        raise BackupError(BackupReason.DISK, f"{file} could not be restored: {error}") from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return manifest


def _take_out(path: Path, content: Iterator[bytes]) -> None:
    path.parent.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, FILE_MODE)
    with os.fdopen(file, "wb") as out:
        for piece in content:
            out.write(piece)
        out.flush()
        os.fsync(out.fileno())


def _judge(home: Path, manifest: Manifest) -> None:
    try:
        verdict = log.verify(home, manifest.head)
    except LogError as error:
        raise BackupError(BackupReason.DAMAGED, f"the log in the backup: {error}") from error
    if verdict.head_found is False:
        raise BackupError(BackupReason.DAMAGED, "the log in the backup has not the head it should have")


def _forget_home(home: Path) -> None:
    known = identity_of(home)
    if known is not None:
        identity_path(home).write_bytes(wire.write(replace(known, inode=_NO_FOLDER)))
