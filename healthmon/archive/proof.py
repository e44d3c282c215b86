"""This is the place for proving that the lake says what the log said: every row, to the byte."""

from collections.abc import Iterable, Iterator
from itertools import zip_longest
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from healthmon.archive.lake import Lake, Manifest, sum_of
from healthmon.archive.row import entries_of
from healthmon.archive.segments import entries_in
from healthmon.events import Entry, wire
from healthmon.log import LogError, Sealed

AT_A_TIME = 1 << 13  # rows


def entries_from(path: Path) -> Iterator[Entry]:
    """The entries of a Parquet file of ours, rebuilt. Constant memory. Raises OSError or pyarrow's own."""
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=AT_A_TIME):
            yield from entries_of(batch)


def difference(logged: Iterable[Entry], paths: Iterable[Path]) -> str | None:
    """Where these files say something else than the log, or None when they say the same, row by row."""
    archived = (entry for path in paths for entry in entries_from(path))
    try:
        for ours, theirs in zip_longest(logged, archived):
            if ours is None:
                return f"the lake holds offset {theirs.offset}, which the log does not"
            if theirs is None:
                return f"the lake ends before offset {ours.offset}"
            if wire.write(ours) != wire.write(theirs):
                return f"offset {ours.offset} is not in the lake as it is in the log"
    except (OSError, pa.ArrowException, ValueError, KeyError, wire.WireError) as error:
        return f"the lake cannot be read back: {error}"
    return None


def changed(lake: Lake, manifest: Manifest) -> str | None:
    """Which file is not as the manifest says, byte for byte; None when all are."""
    for file in manifest.files:
        path = lake.folder / file.name
        if not lake.has(file):
            return f"{file.name} is missing or was cut"
        if sum_of(path) != file.sha256:
            return f"{file.name} is not as it was written"
    return None


def unproven(data: Path, lake: Lake, segment: Sealed) -> str | None:
    """Why a segment must not go from the log yet; None when the lake holds all of it, re-read just now."""
    manifest = lake.manifest(segment.first_offset)
    if manifest is not None and manifest.left:
        return f"it could not be archived: {manifest.left}"
    if manifest is None:
        return "it is not archived: run healthmon log archive"
    if manifest.digest != segment.digest or manifest.erased:
        return "it was archived before it changed: run healthmon log archive"
    try:
        return changed(lake, manifest) or difference(
            entries_in(data, segment), [lake.folder / file.name for file in manifest.files]
        )
    except LogError as error:
        return str(error)
