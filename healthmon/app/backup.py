"""This is the place for a backup: all that cannot be made again, in one tar file, while it is recorded.

`accounts.json` and `contacts.toml` are in it: whoever has it can speak as any device and write to everybody.
What was written is read back with the eyes of `restore` before it has its name.
"""

import hashlib
import os
import tarfile
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from healthmon import __version__, log
from healthmon.app.backup_file import (
    FORMAT,
    MANIFEST,
    SETTINGS,
    BackupError,
    BackupReason,
    Manifest,
    Member,
    Told,
    read_through,
)
from healthmon.events import wire
from healthmon.log import Disk, Piece
from healthmon.log.record import read_seal
from healthmon.notify.contacts import FILE as CONTACTS
from healthmon.settings import Settings

_LETTERS = "refused/refused-"
_ACCOUNTS = "broker/accounts.json"
_PRIVATE = 0o600
_SEAL_BYTES = 1024  # at most


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
        if read_through(fresh, _to_the_end, lambda _done, _of: None) != manifest:
            raise BackupError(
                BackupReason.DAMAGED, f"{file} does not read as it was written: use another disk"
            )
        fresh.replace(file)
        Disk().sync_folder(file.absolute().parent)
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
                head=_head(parts, members),
                members=tuple(members),
            )
            content = wire.write(manifest)
            tar.addfile(_info(MANIFEST, len(content)), BytesIO(content))
        out.flush()
        os.fsync(out.fileno())
    return manifest


def _parts(data: Path, lake: Path | None) -> list[tuple[str, Piece]]:
    """Every file and its name in the backup, by name: so the newest segment is the last of them."""
    found: dict[str, Piece] = {}
    for piece in log.pieces(data):
        found[_name_of(piece.path.relative_to(data), found)] = piece
    for name in (_ACCOUNTS, CONTACTS, SETTINGS):
        if (data / name).is_file():
            found[name] = _whole(data / name)
    if lake is not None:
        for path in lake.rglob("*"):
            if path.is_file() and not path.name.startswith(".") and path.name != "_lock":
                found[f"lake/{path.relative_to(lake).as_posix()}"] = _whole(path)
    return sorted(found.items())


def _name_of(path: Path, before: Iterable[str]) -> str:
    """Its name in the backup: refused messages in the overflow go behind those that are at home."""
    if path.parts[0] != "overflow":
        return path.as_posix()
    numbers = [int(name[len(_LETTERS) :].split(".")[0]) for name in before if name.startswith(_LETTERS)]
    return f"{_LETTERS}{max(numbers, default=0) + 1:06d}.jsonl"


def _whole(path: Path) -> Piece:
    return Piece(path, path.stat().st_size)


def _add(tar: tarfile.TarFile, name: str, piece: Piece) -> Member:
    size = piece.path.stat().st_size if piece.size is None else piece.size
    reader = _Summed(log.content_of(Piece(piece.path, size)))
    tar.addfile(_info(name, size), reader)  # type: ignore[arg-type]  # it only calls read
    return Member(name=name, size=size, sha256=reader.sum.hexdigest())


def _head(parts: list[tuple[str, Piece]], members: list[Member]) -> str:
    """What `log verify` would call the head: the digest of the newest segment as far as it was copied.

    The newest is sealed only where a crash came before the next was begun; its seal is not part of the head.
    """
    newest = [number for number, member in enumerate(members) if member.name.startswith("log/segment-")][-1]
    with parts[newest][1].path.open("rb") as file:
        file.seek(max(0, members[newest].size - _SEAL_BYTES))
        lines = file.read(min(_SEAL_BYTES, members[newest].size)).split(b"\n")
    seal = read_seal(lines[-2]) if len(lines) > 1 else None
    return members[newest].sha256 if seal is None else seal.digest


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


def _to_the_end(_name: str, content: Iterator[bytes]) -> None:
    for _ in content:
        pass
