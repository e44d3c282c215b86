"""The archive: sealed segments as a Parquet lake, proven row by row; pyarrow is only here.

What stands here loads no pyarrow. What does is imported from its own file, in shell commands and in the
recorder's upkeep process only: `archive.archive`, `erase.erase`, `erase.verify`, `export.export_rows`,
`proof.unproven`.
"""

from healthmon.archive.errors import ArchiveError, ArchiveReason
from healthmon.archive.lake import Lake

__all__ = ["ArchiveError", "ArchiveReason", "Lake"]
