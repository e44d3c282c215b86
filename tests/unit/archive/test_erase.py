"""A person can be taken out of the lake, and the others' rows stay as they were."""

from pathlib import Path

import pytest

from healthmon import log
from healthmon.archive import ArchiveError, Lake
from healthmon.archive.archive import archive
from healthmon.archive.erase import Erased, erase, verify
from healthmon.archive.proof import unproven
from healthmon.archive.segments import entries_in
from healthmon.events import Entry
from tests.unit.archive.lakes import archived, logged
from tests.unit.archive.readback import entries_in_lake


def _of_jan(entry: Entry) -> bool:
    return entry.person == "jan"


def test_nothing_of_an_erased_person_is_left_and_the_others_stay_as_they_were(tmp_path: Path) -> None:
    lake = archived(tmp_path, 300, 100)

    done = erase(lake, _of_jan)

    assert done.rows == 200
    assert entries_in_lake(lake) == [entry for entry in log.read(tmp_path) if entry.person == "maria"]
    assert not any(b"jan" in path.read_bytes() for path in lake.rglob("*.*"))


def test_a_lake_after_an_erasure_is_whole_and_says_how_much_is_gone(tmp_path: Path) -> None:
    lake = archived(tmp_path, 300)
    erase(lake, _of_jan)

    assert (verify(lake), [manifest.erased for manifest in Lake(lake).manifests()]) == ([], [150])


def test_a_lake_without_that_person_is_not_touched(tmp_path: Path) -> None:
    lake = archived(tmp_path, 300)
    before = {path: path.read_bytes() for path in lake.rglob("*.parquet")}

    assert erase(lake, lambda entry: entry.person == "nobody") == Erased(0, 0)
    assert {path: path.read_bytes() for path in lake.rglob("*.parquet")} == before


def test_a_file_of_nobody_else_is_gone(tmp_path: Path) -> None:
    lake = archived(tmp_path, 300)

    erase(lake, lambda entry: entry.received.day == 21)

    assert Lake(lake).files() == ["date=2026-11-20/segment-000000000000.parquet"]


def test_no_lake_has_nothing_to_erase(tmp_path: Path) -> None:
    assert erase(tmp_path / "lake", _of_jan) == Erased(0, 0)


def test_a_segment_with_erased_rows_is_proven_against_the_log_anew(tmp_path: Path) -> None:
    lake = archived(tmp_path, 300)
    (segment,) = log.sealed(tmp_path)
    erase(lake, _of_jan)
    before = unproven(tmp_path, Lake(lake), segment)

    archive(tmp_path, lake)

    assert ("archived before" in str(before), unproven(tmp_path, Lake(lake), segment)) == (True, None)


def test_what_was_erased_in_log_and_lake_is_proven_and_not_written_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lake = archived(tmp_path, 300)
    erase(lake, _of_jan)
    before = {path: path.read_bytes() for path in lake.rglob("*.parquet")}
    monkeypatch.setattr("healthmon.archive.archive.entries_in", _without_jan)
    monkeypatch.setattr("healthmon.archive.proof.entries_in", _without_jan)

    archive(tmp_path, lake)

    assert {path: path.read_bytes() for path in lake.rglob("*.parquet")} == before
    assert unproven(tmp_path, Lake(lake), log.sealed(tmp_path)[0]) is None


def _without_jan(data: Path, segment: log.Sealed) -> list[Entry]:
    """A log out of which jan was erased."""
    return [entry for entry in entries_in(data, segment) if not _of_jan(entry)]


def test_an_erasure_that_was_killed_can_be_run_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lake = archived(tmp_path, 100, 100, 100)
    finish, finished = Lake.finish, list[int]()

    def killed(self: Lake, *words: object) -> None:
        if finished:
            raise KeyboardInterrupt
        finished.append(1)
        finish(self, *words)  # type: ignore[arg-type]  # as it was called

    monkeypatch.setattr(Lake, "finish", killed)
    with pytest.raises(KeyboardInterrupt):
        erase(lake, _of_jan)
    monkeypatch.setattr(Lake, "finish", finish)

    erase(lake, _of_jan)

    assert ({entry.person for entry in entries_in_lake(lake)}, verify(lake)) == ({"maria"}, [])


def test_a_file_that_belongs_to_no_segment_is_told(tmp_path: Path) -> None:
    lake = archived(tmp_path, 300)
    (lake / "date=2026-11-20" / "segment-000000000777.parquet").write_bytes(b"")

    assert "belongs to no segment" in verify(lake)[0]


def test_a_folder_without_a_lake_is_told(tmp_path: Path) -> None:
    logged(tmp_path)

    with pytest.raises(ArchiveError, match="holds no lake"):
        verify(tmp_path / "lake")
