"""This is the place for writing a report's file, whichever room knows its format."""

import sys
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path

from healthmon.events import Entry
from healthmon.log.reasons import disk_trouble
from healthmon.reports.errors import ReportError, ReportReason
from healthmon.reports.export import write_csv, write_json_lines
from healthmon.reports.whole_file import whole_file


class Format(StrEnum):
    """What an export can be."""

    CSV = "csv"
    JSONL = "jsonl"
    PARQUET = "parquet"


def format_of(name: str, told: str | None) -> Format:
    """The format that was told, else the one the name ends with. Raises ReportError."""
    said = told or Path(name).suffix.removeprefix(".").lower()
    try:
        return Format(said)
    except ValueError as error:
        raise ReportError(
            ReportReason.NO_FORMAT,
            f"{name} tells no format: let it end with .csv, .jsonl or .parquet, or say --format csv",
        ) from error


def export(entries: Iterable[Entry], name: str, kind: Format, *, force: bool = False) -> int:
    """Write the entries to the file of this name, or to standard output for "-"; how many there were.

    The file is there whole or not at all, and an existing one stays unless `force`. Constant memory (one row
    group for Parquet). For shell commands: Parquet loads pyarrow. Raises ReportError, ArchiveError, LogError.
    """
    if name != "-":
        with whole_file(Path(name).absolute(), force=force) as fresh:
            return _written(entries, fresh, kind)
    if kind is Format.PARQUET:
        raise ReportError(
            ReportReason.NO_FORMAT, "Parquet needs a file: give it a name that ends with .parquet"
        )
    return _to_standard_output(entries, kind)


def _to_standard_output(entries: Iterable[Entry], kind: Format) -> int:
    write = write_csv if kind is Format.CSV else write_json_lines
    try:
        with open(sys.stdout.fileno(), "wb", closefd=False) as out:
            return write(entries, out)
    except BrokenPipeError:
        raise  # whoever read it has had enough
    except OSError as error:
        raise ReportError(ReportReason.DISK, str(disk_trouble(error, Path("standard output")))) from error


def _written(entries: Iterable[Entry], path: Path, kind: Format) -> int:
    if kind is Format.PARQUET:
        from healthmon.archive.export import export_rows  # pyarrow: not before somebody asks for it

        return export_rows(path, entries)
    write = write_csv if kind is Format.CSV else write_json_lines
    with path.open("wb") as out:
        return write(entries, out)
