"""This is the place for writing one Parquet file: row group by row group, durable when it is closed."""

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, date
from itertools import groupby
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from healthmon.archive.errors import trouble
from healthmon.archive.lake import File, Lake, sum_of
from healthmon.archive.row import SCHEMA, Row, batch_of, row_of
from healthmon.events import Entry
from healthmon.log import Disk

GROUP = 1 << 17
"""Rows in a row group: what one core scans at a time (DuckDB's own is 122,880). It also bounds our memory."""

BATCH = 1 << 13

_GROWING = ("offset", "time", "received")
_DELTA = dict.fromkeys(_GROWING, "DELTA_BINARY_PACKED") | {"id": "DELTA_BYTE_ARRAY"}
_DICTIONARY = [field.name for field in SCHEMA if field.name not in {*_DELTA, "context"}]


class ParquetFile:
    """One Parquet file being written. One thread. It is worth nothing before `close`, and durable after."""

    def __init__(self, path: Path) -> None:
        self.rows = 0
        self._path = path
        self._disk = Disk()
        self._waiting: list[Row] = []
        self._group: list[pa.RecordBatch] = []
        try:
            self._file = os.fdopen(self._disk.create(path), "wb")
        except OSError as error:
            raise trouble(error, path) from error
        self._writer = pq.ParquetWriter(
            self._file,
            SCHEMA,
            compression="zstd",
            use_dictionary=_DICTIONARY,
            column_encoding=_DELTA,
            write_page_index=True,
        )

    def add(self, row: Row) -> None:
        """One more row. Raises ArchiveError."""
        self.rows += 1
        self._waiting.append(row)
        if len(self._waiting) >= BATCH:
            self._gather()
            if len(self._group) * BATCH >= GROUP:
                self._write_group()

    def close(self) -> None:
        """Write what waits, and return when all of it would survive a power cut. Raises ArchiveError."""
        self._gather()
        self._write_group()
        try:
            self._writer.close()
            self._file.flush()
            self._disk.sync(self._file.fileno())
            _forget_cached(self._file.fileno())
            self._file.close()
        except OSError as error:
            raise trouble(error, self._path) from error

    def abandon(self) -> None:
        """Let go of the file and take it away, whatever state it is in."""
        self._writer.is_open = False  # its footer is worth nothing, and the disk may be full
        with suppress(OSError):
            self._file.close()
        self._path.unlink(missing_ok=True)

    def _gather(self) -> None:
        if self._waiting:
            self._group.append(batch_of(self._waiting))
            self._waiting = []

    def _write_group(self) -> None:
        if not self._group:
            return
        try:
            self._writer.write_table(pa.Table.from_batches(self._group), row_group_size=GROUP)
        except OSError as error:
            raise trouble(error, self._path) from error
        self._group = []


def write_rows(path: Path, rows: Iterable[Row]) -> int:
    """A durable Parquet file of these rows; how many there were. Raises ArchiveError, then none is left."""
    file = ParquetFile(path)
    try:
        for row in rows:
            file.add(row)
        file.close()
    except BaseException:
        file.abandon()
        raise
    return file.rows


def write_days(lake: Lake, entries: Iterable[Entry], segment: int) -> Iterator[File]:
    """A file for each day of a segment, durable under its unfinished name. Memory: one row group."""
    for day, its in groupby(entries, key=_day):
        name = lake.name_of(day, segment)
        path = lake.unfinished(name)
        rows = write_rows(path, (row_of(entry, segment) for entry in its))
        yield file_of(name, path, rows)


def file_of(name: str, path: Path, rows: int) -> File:
    """What a manifest says of a file that stands at `path` for now."""
    return File(name=name, rows=rows, bytes=path.stat().st_size, sha256=sum_of(path))


def _day(entry: Entry) -> date:
    return entry.received.astimezone(UTC).date()


def _forget_cached(file: int) -> None:
    # So that what is read back to prove it comes from the medium, where the system lets us say so.
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(file, 0, 0, os.POSIX_FADV_DONTNEED)
