"""This is the place for reading a lake in tests the way a stranger would: any Parquet file that is there."""

from pathlib import Path

import pyarrow.dataset as ds

from healthmon.archive import Lake
from healthmon.archive.proof import entries_from
from healthmon.events import Entry


def offsets_in(lake: Path) -> list[int]:
    """Every offset that a reader of Parquet folders sees, in order; none where there is no lake."""
    if not lake.is_dir() or not Lake(lake).files():
        return []
    table = ds.dataset(lake, format="parquet", partitioning="hive").to_table(columns=["offset"])
    return sorted(table["offset"].to_pylist())


def entries_in_lake(lake: Path) -> list[Entry]:
    """Every entry, rebuilt, by offset."""
    paths = (lake / name for name in Lake(lake).files())
    return sorted((one for path in paths for one in entries_from(path)), key=lambda one: one.offset)
