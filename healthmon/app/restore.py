"""This is the place for bringing a backup back: into a folder of its own, proven before it has its name.

A backup comes from somewhere; nothing in it is trusted. Only plain files with names of ours are taken out,
each against the manifest's digest, then the log is judged as `healthmon log verify` does.
"""

import hashlib
import os
import shutil
import tarfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PurePosixPath

from healthmon import log
from healthmon.app.backup import (
    FORMAT,
    MANIFEST,
    SETTINGS,
    TOPS,
    BackupError,
    BackupReason,
    Manifest,
    Member,
)
from healthmon.events import wire
from healthmon.log import LogError, identity_of
from healthmon.log.disk import FILE_MODE, FOLDER_MODE, Disk
from healthmon.log.edition import identity_path

_CHUNK = 1 << 20
_LONGEST_MANIFEST = 64 << 20
_NO_FOLDER = 0  # the inode of no folder: who opens the log notices a copy

Told = Callable[[int, int], None]


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
        manifest = _taken_out(file, fresh, told)
        _judge(fresh, manifest)
        _forget_home(fresh)
        if data.exists():
            data.rmdir()
        fresh.replace(data)
        Disk().sync_folder(data.absolute().parent)
    except tarfile.TarError as error:
        raise _no_backup(file, str(error)) from error
    except OSError as error:
        raise BackupError(BackupReason.DISK, f"{file} could not be restored: {error}") from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return manifest


def _taken_out(file: Path, home: Path, told: Told) -> Manifest:
    found: dict[str, Member] = {}
    manifest: Manifest | None = None
    size = file.stat().st_size
    with tarfile.open(file, "r:") as tar:
        for info in tar:
            if not info.isreg() or not _is_ours(info.name) or info.name in found or manifest is not None:
                raise _no_backup(file, f"it holds {info.name[:80]!r}, which no backup does")
            if info.name == MANIFEST:
                manifest = _manifest(file, tar, info)
            else:
                found[info.name] = _member(tar, info, home)
            told(tar.offset, size)
    if manifest is None:
        raise _no_backup(file, "it has no manifest: was it cut?")
    _compare(manifest, found)
    return manifest


def _is_ours(name: str) -> bool:
    """Whether a name stays inside the folder and is of a kind a backup has."""
    path = PurePosixPath(name)
    if name in {MANIFEST, SETTINGS}:
        return True
    is_inside = not path.is_absolute() and ".." not in path.parts and str(path) == name and "\0" not in name
    return is_inside and len(path.parts) > 1 and path.parts[0] in TOPS


def _manifest(file: Path, tar: tarfile.TarFile, info: tarfile.TarInfo) -> Manifest:
    content = tar.extractfile(info)
    if content is None or info.size > _LONGEST_MANIFEST:
        raise _no_backup(file, "its manifest is none")
    try:
        manifest = wire.read(content.read(), Manifest)
    except wire.WireError as error:
        raise _no_backup(file, f"its manifest makes no sense ({error})") from error
    if manifest.format > FORMAT:
        raise BackupError(
            BackupReason.NEWER_FORMAT,
            f"this backup has format {manifest.format} and this healthmon reads up to {FORMAT}: update it",
        )
    return manifest


def _member(tar: tarfile.TarFile, info: tarfile.TarInfo, home: Path) -> Member:
    path = home / info.name
    path.parent.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    content, whole = tar.extractfile(info), hashlib.sha256()
    assert content is not None  # a regular file has content
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, FILE_MODE)
    with os.fdopen(file, "wb") as out:
        while piece := content.read(_CHUNK):
            out.write(piece)
            whole.update(piece)
        out.flush()
        os.fsync(out.fileno())
    return Member(name=info.name, size=info.size, sha256=whole.hexdigest())


def _compare(manifest: Manifest, found: dict[str, Member]) -> None:
    for member in manifest.members:
        if found.pop(member.name, None) != member:
            raise BackupError(
                BackupReason.DAMAGED, f"{member.name} is not in the backup as it was written: use another"
            )
    if found:
        raise BackupError(BackupReason.DAMAGED, f"{min(found)} is in the backup and not in its manifest")


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


def _no_backup(file: Path, why: str) -> BackupError:
    return BackupError(BackupReason.NOT_A_BACKUP, f"{file} is no backup of healthmon: {why}")
