"""Marks beside the dead letters: whole, or the old ones stand."""

from pathlib import Path

import pytest

from healthmon.log import FedMark, LogError, LogReason, fed_marks, keep_fed_marks
from tests.unit.log.disks import SmallDisk

MARKS = frozenset({FedMark(3, "ab" * 32), FedMark(7, "cd" * 32)})


def test_marks_are_read_as_they_were_kept(tmp_path: Path) -> None:
    keep_fed_marks(tmp_path, MARKS)

    assert fed_marks(tmp_path) == MARKS


def test_without_marks_there_are_none(tmp_path: Path) -> None:
    assert fed_marks(tmp_path) == frozenset()


def test_on_a_full_disk_the_old_marks_stand(tmp_path: Path) -> None:
    keep_fed_marks(tmp_path, MARKS)

    with pytest.raises(LogError) as told:
        keep_fed_marks(tmp_path, [FedMark(n, "ab" * 32) for n in range(50)], disk=SmallDisk(100))

    assert (told.value.reason, fed_marks(tmp_path)) == (LogReason.DISK_FULL, MARKS)


def test_a_damaged_mark_is_as_good_as_none(tmp_path: Path) -> None:
    keep_fed_marks(tmp_path, MARKS)
    path = tmp_path / "refused" / "fed.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"offset":3', b'"offset":4'))

    assert fed_marks(tmp_path) == {FedMark(7, "cd" * 32)}
