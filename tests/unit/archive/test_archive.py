"""Sealed segments become a lake that says what the log says, and counts only once that is proven."""

import os
import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

from healthmon import log
from healthmon.archive import ArchiveError, Lake
from healthmon.archive.archive import archive
from healthmon.archive.erase import verify
from healthmon.archive.proof import unproven
from tests.unit.archive.lakes import CLOCK, entry, logged
from tests.unit.archive.readback import entries_in_lake, offsets_in


def test_the_lake_says_what_the_log_says(tmp_path: Path) -> None:
    entries = logged(tmp_path, 300, 200)

    archive(tmp_path, tmp_path / "lake")

    assert entries_in_lake(tmp_path / "lake") == entries


def test_rows_lie_in_a_folder_for_each_day_they_were_received(tmp_path: Path) -> None:
    logged(tmp_path, 300)

    archive(tmp_path, tmp_path / "lake")

    assert Lake(tmp_path / "lake").files() == [
        "date=2026-11-20/segment-000000000000.parquet",
        "date=2026-11-21/segment-000000000000.parquet",
    ]


def test_the_folder_is_read_as_it_is_by_others(tmp_path: Path) -> None:
    logged(tmp_path, 300, 200)
    archive(tmp_path, tmp_path / "lake")

    table = ds.dataset(tmp_path / "lake", format="parquet", partitioning="hive").to_table(
        filter=(ds.field("date") == "2026-11-21") & (ds.field("person") == "maria"),
        columns=["value", "quality"],
    )

    assert table.num_rows == 144


def test_compressed_segments_are_archived_and_archived_ones_may_be_compressed(tmp_path: Path) -> None:
    entries = logged(tmp_path, 300, 200, 100)
    log.compress(tmp_path)
    archive(tmp_path, tmp_path / "lake")
    entries += logged(tmp_path, 100, 100)[len(entries) :]
    archive(tmp_path, tmp_path / "lake")
    log.compress(tmp_path)

    tally = archive(tmp_path, tmp_path / "lake")

    assert (tally.segments, entries_in_lake(tmp_path / "lake") == entries) == (0, True)
    assert [unproven(tmp_path, Lake(tmp_path / "lake"), one) for one in log.sealed(tmp_path)] == [None] * 5


def test_what_is_not_sealed_is_not_archived(tmp_path: Path) -> None:
    logged(tmp_path, 100)
    with log.EventLog.open(tmp_path, clock=CLOCK) as journal:
        journal.append([entry(100)])

    archive(tmp_path, tmp_path / "lake")

    assert offsets_in(tmp_path / "lake") == list(range(100))


def test_what_is_archived_is_not_archived_again(tmp_path: Path) -> None:
    logged(tmp_path, 100, 100)
    archive(tmp_path, tmp_path / "lake")
    logged(tmp_path, 50)

    tally = archive(tmp_path, tmp_path / "lake")

    assert (tally.known, tally.segments, tally.rows) == (2, 1, 50)


def test_an_empty_log_makes_an_empty_lake(tmp_path: Path) -> None:
    logged(tmp_path)

    assert archive(tmp_path, tmp_path / "lake").segments == 0


def test_a_damaged_segment_is_left_out_and_told_and_the_others_are_archived(tmp_path: Path) -> None:
    logged(tmp_path, 100, 100)
    path = sorted((tmp_path / "log").glob("segment-*"))[0]
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)

    tally = archive(tmp_path, tmp_path / "lake")

    assert (tally.segments, len(tally.left), path.name in tally.left[0]) == (1, 1, True)
    assert "could not be archived" in str(
        unproven(tmp_path, Lake(tmp_path / "lake"), log.sealed(tmp_path)[0])
    )
    assert offsets_in(tmp_path / "lake") == list(range(100, 200))


def test_nothing_of_a_lake_is_readable_for_others(tmp_path: Path) -> None:
    logged(tmp_path, 300)
    archive(tmp_path, tmp_path / "lake")

    modes = {path.stat().st_mode & 0o077 for path in (tmp_path / "lake").rglob("*")}

    assert modes == {0}


def test_two_do_not_write_one_lake(tmp_path: Path) -> None:
    logged(tmp_path, 10)

    with Lake(tmp_path / "lake").held(), pytest.raises(ArchiveError, match="try again"):
        archive(tmp_path, tmp_path / "lake")


def test_a_row_that_reads_back_differently_is_not_archived(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    logged(tmp_path, 100)
    write = pq.ParquetWriter.write_table

    def forgetful(self: pq.ParquetWriter, table: pa.Table, **how: object) -> None:
        write(self, table.slice(0, table.num_rows - 1), **how)

    monkeypatch.setattr(pq.ParquetWriter, "write_table", forgetful)

    with pytest.raises(ArchiveError, match="offset 71"):
        archive(tmp_path, tmp_path / "lake")

    assert Lake(tmp_path / "lake").files() == []


@pytest.mark.parametrize("damage", ["gone", "cut", "flipped"])
def test_a_lake_that_changed_is_found_and_keeps_the_log_from_going(tmp_path: Path, damage: str) -> None:
    logged(tmp_path, 300)
    lake = tmp_path / "lake"
    archive(tmp_path, lake)
    (segment,) = log.sealed(tmp_path)
    was = (verify(lake), unproven(tmp_path, Lake(lake), segment))
    path = lake / Lake(lake).files()[1]
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(b"" if damage == "gone" else content[:-7] if damage == "cut" else content)
    if damage == "gone":
        path.unlink()

    assert was == ([], None)
    assert (len(verify(lake)), unproven(tmp_path, Lake(lake), segment) is None) == (1, False)


def test_a_file_that_went_missing_is_archived_again(tmp_path: Path) -> None:
    logged(tmp_path, 300)
    lake = tmp_path / "lake"
    archive(tmp_path, lake)
    (lake / Lake(lake).files()[0]).unlink()

    archive(tmp_path, lake)

    assert (offsets_in(lake), verify(lake)) == (list(range(300)), [])


def test_what_another_log_archived_is_not_overwritten(tmp_path: Path) -> None:
    logged(tmp_path / "old", 100)
    logged(tmp_path / "new", 30)
    archive(tmp_path / "old", tmp_path / "lake")

    with pytest.raises(ArchiveError, match="another log's"):
        archive(tmp_path / "new", tmp_path / "lake")

    assert (offsets_in(tmp_path / "lake"), verify(tmp_path / "lake")) == (list(range(100)), [])


def test_a_copied_log_goes_on_with_its_lake(tmp_path: Path) -> None:
    logged(tmp_path / "old", 100)
    archive(tmp_path / "old", tmp_path / "lake")
    shutil.copytree(tmp_path / "old", tmp_path / "new")
    logged(tmp_path / "new", 30)

    archive(tmp_path / "new", tmp_path / "lake")

    assert offsets_in(tmp_path / "lake") == list(range(130))


def test_a_full_disk_is_told_in_one_line_and_leaves_nothing_half(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    logged(tmp_path, 10)
    create = log.Disk.create

    def full(disk: log.Disk, path: Path) -> int:
        return os.open("/dev/full", os.O_WRONLY) if ".parquet" in path.name else create(disk, path)

    monkeypatch.setattr(log.Disk, "create", full)

    with pytest.raises(ArchiveError, match="the disk is full"):
        archive(tmp_path, tmp_path / "lake")

    assert Lake(tmp_path / "lake").files() == []
