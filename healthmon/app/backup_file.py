"""This is the place for what a backup file is, and for reading one that nobody needs to trust.

Members are named as in the data folder; the last is `manifest.json`, with the size and SHA-256 of each and
the head of the log.
"""

import hashlib
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import IO

from healthmon.errors import HealthmonError
from healthmon.events import wire
from healthmon.notify.contacts import FILE as CONTACTS

FORMAT = 1
MANIFEST = "manifest.json"
TOPS = frozenset({"log", "refused", "broker", "lake"})
"""The folders a backup may hold."""
SETTINGS = "settings.toml"
_CHUNK = 1 << 20
_LONGEST_MANIFEST = 64 << 20

Told = Callable[[int, int], None]
Take = Callable[[str, Iterator[bytes]], None]
"""Is given a member's name and its content, which it reads to the end."""


class BackupReason(StrEnum):
    """Why a backup could not be made, or not be restored."""

    DISK = "disk"
    EXISTS = "exists"
    NOT_A_BACKUP = "not-a-backup"
    NEWER_FORMAT = "newer-format"
    DAMAGED = "damaged"


class BackupError(HealthmonError):
    """A backup that was not made, or not restored; nothing half done is left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One file of a backup."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a backup holds. `head` is the log's: `healthmon log verify --head` finds it later on."""

    format: int
    writer: str
    created: datetime
    head: str
    members: tuple[Member, ...]

    @property
    def size(self) -> int:
        """Bytes of all members."""
        return sum(member.size for member in self.members)


def read_through(file: Path, take: Take, told: Told) -> Manifest:
    """Judge every member of a backup and hand its content to `take`, a MiB at a time; its manifest.

    Nothing in the file is trusted: plain files with names of ours only, each as the manifest says. Raises
    BackupError: NOT_A_BACKUP, NEWER_FORMAT, DAMAGED, or what the disk or `take` raises.
    """
    try:
        return _read_through(file, take, told)
    except tarfile.TarError as error:
        raise _no_backup(file, str(error)) from error


def _read_through(file: Path, take: Take, told: Told) -> Manifest:
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
                found[info.name] = _member(tar, info, take)
            told(tar.offset, size)
    if manifest is None:
        raise _no_backup(file, "it has no manifest: was it cut?")
    _compare(manifest, found)
    return manifest


def _is_ours(name: str) -> bool:
    """Whether a name stays inside the folder and is of a kind a backup has."""
    path = PurePosixPath(name)
    if name in {MANIFEST, SETTINGS, CONTACTS}:
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


def _member(tar: tarfile.TarFile, info: tarfile.TarInfo, take: Take) -> Member:
    content, whole = tar.extractfile(info), hashlib.sha256()
    assert content is not None  # a regular file has content
    take(info.name, _summed(content, whole))
    return Member(name=info.name, size=info.size, sha256=whole.hexdigest())


def _summed(content: IO[bytes], whole: "hashlib._Hash") -> Iterator[bytes]:
    while piece := content.read(_CHUNK):
        whole.update(piece)
        yield piece


def _compare(manifest: Manifest, found: dict[str, Member]) -> None:
    for member in manifest.members:
        if found.pop(member.name, None) != member:
            raise BackupError(
                BackupReason.DAMAGED, f"{member.name} is not in the backup as it was written: use another"
            )
    if found:
        raise BackupError(BackupReason.DAMAGED, f"{min(found)} is in the backup and not in its manifest")


def _no_backup(file: Path, why: str) -> BackupError:
    return BackupError(BackupReason.NOT_A_BACKUP, f"{file} is no backup of healthmon: {why}")
