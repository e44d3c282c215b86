"""This is the place for one Parquet file of chosen entries, in the columns of the lake."""

from collections.abc import Iterable
from pathlib import Path

from healthmon.archive.row import row_of
from healthmon.archive.write import write_rows
from healthmon.events import Entry

NO_SEGMENT = -1


def export_rows(path: Path, entries: Iterable[Entry]) -> int:
    """Write the entries to a durable file; how many there were. Raises ArchiveError, then no file is left.

    The column `segment` is -1: these rows belong to no segment of a lake. Memory: one row group.
    """
    return write_rows(path, (row_of(entry, NO_SEGMENT) for entry in entries))
