"""This is the place for taking a person out of the lake, and for judging a lake without its log."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from healthmon.archive.errors import ArchiveError, ArchiveReason, trouble
from healthmon.archive.lake import FORMAT, File, Lake, Manifest
from healthmon.archive.proof import changed, entries_from
from healthmon.archive.row import row_of
from healthmon.archive.write import file_of, write_rows
from healthmon.events import Entry

IsTheirs = Callable[[Entry], bool]


@dataclass(frozen=True, slots=True)
class Erased:
    """What was taken out, and of how many files."""

    rows: int
    files: int


def erase(folder: Path, is_theirs: IsTheirs) -> Erased:
    """Take every row out of the lake for which `is_theirs` holds; what others said stays to the byte.

    Files that hold such rows are written anew, read back, and put in place of the old; a crash leaves each
    segment either way, so run it again until it returns. A lake that is not there has nothing to erase.
    Reads the whole lake. Raises ArchiveError: BUSY, or what the disk refuses.
    """
    lake = Lake(folder)
    if not folder.is_dir():
        return Erased(0, 0)
    with lake.held():
        done = [_without(lake, manifest, is_theirs) for manifest in lake.manifests()]
    return Erased(sum(one.rows for one in done), sum(one.files for one in done))


def verify(folder: Path) -> list[str]:
    """What is wrong with a lake, judged without its log; nothing when every file is as it was proven.

    Raises ArchiveError when there is no lake, or one of a newer format.
    """
    lake = Lake(folder)
    manifests = lake.manifests()
    if not manifests:
        raise ArchiveError(ArchiveReason.NO_LAKE, f"{folder} holds no lake: is --to right?")
    newest = max(manifest.format for manifest in manifests)
    if newest > FORMAT:
        raise ArchiveError(
            ArchiveReason.UNREADABLE,
            f"this lake has format {newest} and this healthmon reads up to {FORMAT}: update healthmon",
        )
    wrong = [fault for manifest in manifests if (fault := _fault(lake, manifest)) is not None]
    known = {file.name for manifest in manifests for file in manifest.files}
    wrong += [f"{name} belongs to no segment that was archived" for name in lake.files() if name not in known]
    return wrong


def _fault(lake: Lake, manifest: Manifest) -> str | None:
    fault = changed(lake, manifest)
    if fault is not None:
        return fault
    for file in manifest.files:
        rows = pq.read_metadata(lake.folder / file.name).num_rows
        if rows != file.rows:
            return f"{file.name} holds {rows} rows, not {file.rows}"
    return None


def _without(lake: Lake, manifest: Manifest, is_theirs: IsTheirs) -> Erased:
    kept: list[File] = []
    fresh: list[File] = []
    for file in manifest.files:
        left = _rewritten(lake, file, manifest.first_offset, is_theirs)
        if left is not None and left.rows:
            fresh.append(left)
        if left is None or left.rows:
            kept.append(left or file)
    rows = sum(file.rows for file in kept)
    gone = manifest.rows - rows
    if gone:
        lake.finish(replace(manifest, rows=rows, files=tuple(kept), erased=manifest.erased + gone), fresh)
    return Erased(gone, len(manifest.files) - sum(file in manifest.files for file in kept))


def _rewritten(lake: Lake, file: File, segment: int, is_theirs: IsTheirs) -> File | None:
    """The file without their rows, proven, under its unfinished name; None when there are none of theirs."""
    old = lake.folder / file.name
    try:
        if not any(map(is_theirs, entries_from(old))):
            return None
        path = lake.unfinished(file.name)
        others = (entry for entry in entries_from(old) if not is_theirs(entry))
        rows = write_rows(path, (row_of(entry, segment) for entry in others))
        if rows != sum(1 for entry in entries_from(path) if not is_theirs(entry)):
            raise ArchiveError(
                ArchiveReason.NOT_THE_SAME, f"{old} could not be written anew: check the disk, run it again"
            )
    except pa.ArrowException as error:
        raise ArchiveError(
            ArchiveReason.UNREADABLE, f"{old} cannot be read ({error}): take it away, then erase again"
        ) from error
    except OSError as error:
        raise trouble(error, old) from error
    if not rows:
        path.unlink()
    return file_of(file.name, path, rows) if rows else replace(file, rows=0)
