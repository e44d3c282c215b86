"""The archive: sealed segments as a Parquet lake, proven row by row. pyarrow is only here."""

from healthmon.archive.archive import Tally, archive
from healthmon.archive.erase import Erased, erase, verify
from healthmon.archive.errors import ArchiveError, ArchiveReason
from healthmon.archive.export import export_rows
from healthmon.archive.lake import Lake
from healthmon.archive.proof import unproven

__all__ = [
    "ArchiveError",
    "ArchiveReason",
    "Erased",
    "Lake",
    "Tally",
    "archive",
    "erase",
    "export_rows",
    "unproven",
    "verify",
]
