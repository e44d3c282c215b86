"""This is the place for taking a person out of the dead letters: whole letters that name them anywhere."""

from collections.abc import Iterator
from pathlib import Path

from healthmon.events import wire
from healthmon.log.dead_letters import DeadLetter, letter_files
from healthmon.log.disk import Disk
from healthmon.log.reasons import disk_trouble
from healthmon.log.record import is_whole
from healthmon.log.rewriting import write_whole
from healthmon.log.segment import all_lines


def erase_letters(folder: Path, name: bytes, disk: Disk | None = None) -> Iterator[int]:
    """File by file: how many letters went whose topic or bytes hold this name, as JSON writes it.

    What a refused message meant nobody knows, so one that names them goes whole, and so does half a letter of
    a crash. Only the holder of the log's lock may do it, in the thread that keeps letters. A file is at most
    some megabytes; a crash leaves each either way. Raises LogError.
    """
    disk = disk or Disk()
    for path in letter_files(folder):
        rows = [line for _, line in all_lines(path)]
        others = [row for row in rows if not _names(row, name)]
        if len(others) < len(rows):
            _exchange(path, b"".join(row + b"\n" for row in others), disk)
        yield len(rows) - len(others)


def _names(row: bytes, name: bytes) -> bool:
    try:
        letter = wire.read(row, DeadLetter) if is_whole(row) else None
    except wire.WireError:
        letter = None
    return letter is None or name in letter.payload or name in wire.write([letter.topic, letter.detail])


def _exchange(path: Path, content: bytes, disk: Disk) -> None:
    fresh = path.with_name(f"new-{path.name}")
    try:
        write_whole(fresh, content, disk)
        disk.rename(fresh, path)
        disk.sync_folder(path.parent)
    except OSError as error:
        raise disk_trouble(error, path) from error
