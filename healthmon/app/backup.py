"""This is the place for a backup: all that cannot be made again, in one tar file, while it is recorded.

Members are named as in the data folder; the last is `manifest.json`, with the size and SHA-256 of each and
the head of the log. `accounts.json` is among them: whoever has the file can speak as every device.
"""

import hashlib
import os
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from io import BytesIO
from pathlib import Path

from healthmon import __version__, log
from healthmon.errors import HealthmonError
from healthmon.events import wire
from healthmon.log import Piece
from healthmon.settings import Settings

FORMAT = 1
MANIFEST = "manifest.json"
TOPS = frozenset({"log", "refused", "broker", "lake"})
"""The folders a backup may hold."""
SETTINGS = "settings.toml"
_ACCOUNTS = "broker/accounts.json"
_PRIVATE = 0o600

Told = Callable[[int, int], None]


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


def backup(
    settings: Settings, file: Path, *, with_lake: bool = False, force: bool = False, told: Told
) -> Manifest:
    """Write a backup to `file`: there whole or not at all, only its owner's. A recorder may be at work.

    Waits for whoever looks after the sealed segments, and keeps them waiting meanwhile. Blocks as long as the
    disks take. `told` hears bytes done and of how many. Raises BackupError, LogError.
    """
    if file.exists() and not force:
        raise BackupError(BackupReason.EXISTS, f"{file} is there already: name another, or say --force")
    fresh = file.with_name(f".{file.name}.new")
    try:
        with log.upkeep_lock(settings.data_folder):
            parts = _parts(settings.data_folder, settings.lake_folder if with_lake else None)
            manifest = _write(fresh, parts, told)
        fresh.replace(file)
        _sync_folder(file.absolute().parent)
    except OSError as error:
        raise BackupError(BackupReason.DISK, f"{file} could not be written: {error}") from error
    finally:
        fresh.unlink(missing_ok=True)
    return manifest


def _write(fresh: Path, parts: list[tuple[str, Piece]], told: Told) -> Manifest:
    total = sum(piece.size or 0 for _, piece in parts)
    done, members = 0, []
    with open(fresh, "wb", opener=_private) as out:
        with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as tar:
            for name, piece in parts:
                members.append(_add(tar, name, piece))
                done += members[-1].size
                told(done, total)
            manifest = Manifest(
                format=FORMAT,
                writer=f"healthmon {__version__}",
                created=datetime.now(UTC),
                head=_head(members),
                members=tuple(members),
            )
            content = wire.write(manifest)
            tar.addfile(_info(MANIFEST, len(content)), BytesIO(content))
        out.flush()
        os.fsync(out.fileno())
    return manifest


def _parts(data: Path, lake: Path | None) -> list[tuple[str, Piece]]:
    """Every file and its name in the backup, by name: so the newest segment is the last of them."""
    found = {piece.path.relative_to(data).as_posix(): piece for piece in log.pieces(data)}
    for name in (_ACCOUNTS, SETTINGS):
        if (data / name).is_file():
            found[name] = _whole(data / name)
    if lake is not None:
        for path in lake.rglob("*"):
            if path.is_file() and not path.name.startswith(".") and path.name != "_lock":
                found[f"lake/{path.relative_to(lake).as_posix()}"] = _whole(path)
    return sorted(found.items())


def _whole(path: Path) -> Piece:
    return Piece(path, path.stat().st_size)


def _add(tar: tarfile.TarFile, name: str, piece: Piece) -> Member:
    size = piece.path.stat().st_size if piece.size is None else piece.size
    reader = _Summed(log.content_of(Piece(piece.path, size)))
    tar.addfile(_info(name, size), reader)  # type: ignore[arg-type]  # it only calls read
    return Member(name=name, size=size, sha256=reader.sum.hexdigest())


def _head(members: list[Member]) -> str:
    """What `log verify` would call the head: the digest of the newest segment as far as it was copied."""
    return [member.sha256 for member in members if member.name.startswith("log/segment-")][-1]


def _info(name: str, size: int) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, _PRIVATE
    return info


class _Summed:
    """Reads pieces as a file does, and sums them."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self.sum = hashlib.sha256()
        self._pieces = pieces
        self._left = b""

    def read(self, size: int) -> bytes:
        while len(self._left) < size and (piece := next(self._pieces, b"")):
            self._left += piece
        content, self._left = self._left[:size], self._left[size:]
        self.sum.update(content)
        return content


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, _PRIVATE)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
