"""This is the place for a copy of the log that is whole although it is being written meanwhile.

Sealed segments are copied as they are; of the newest only what the writer noted as durable. A copy is taken
under the upkeep lock, so that nothing is compressed, pruned or erased in the midst of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from healthmon.log.dead_letters import letter_files
from healthmon.log.edition import identity_path
from healthmon.log.kept import kept_path
from healthmon.log.lock import read_note
from healthmon.log.reasons import LogError, LogReason
from healthmon.log.seek import end_of_whole
from healthmon.log.segment import is_overflow, segments, size_of, stored_segments

CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Piece:
    """A file of a copy: where it is, and how many of its bytes belong to it; None for all it has now."""

    path: Path
    size: int | None = None


def pieces(folder: Path) -> list[Piece]:
    """The files that are the log of a data folder, its refused messages among them, at this moment.

    Call it under `upkeep_lock`, and read them under it. Raises LogError: NO_LOG, or OVERFLOWS while a part of
    the log stands elsewhere.
    """
    if any(map(is_overflow, segments(folder))):
        raise LogError(LogReason.OVERFLOWS, "the log's disk is not well: a backup would lack what overflowed")
    note = read_note(folder)  # before the list: what it says is durable is then in it
    paths = stored_segments(folder)
    if not paths:
        raise LogError(LogReason.NO_LOG, f"{folder} holds no log: is --data right?")
    newest = paths[-1]
    durable = note.durable if note is not None and note.segment == newest.name else 0
    durable = min(durable or end_of_whole(newest), size_of(newest))
    found = [*map(Piece, paths[:-1]), Piece(newest, durable)]
    others = [kept_path(folder), identity_path(folder), *letter_files(folder)]
    return found + [Piece(path, path.stat().st_size) for path in others if path.exists()]


def content_of(piece: Piece) -> Iterator[bytes]:
    """Its bytes as they are in the file, a MiB at a time. Raises OSError."""
    left = piece.path.stat().st_size if piece.size is None else piece.size
    with piece.path.open("rb") as file:
        while left and (content := file.read(min(CHUNK, left))):
            left -= len(content)
            yield content
