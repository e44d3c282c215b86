"""Opening: only what nobody was promised is cut, and what was done is told."""

from pathlib import Path

import pytest

from healthmon.log import EventLog, Repair, read, verify
from tests.unit.log.entries import CLOCK, NEWEST, change, entries, files, lines, written


def reopened(folder: Path) -> tuple[Repair | None, int]:
    """What the next writer found, and the offset it goes on with."""
    with EventLog.open(folder, clock=CLOCK) as log:
        return log.repair, log.next_offset


def test_a_whole_log_needs_no_repair(tmp_path: Path) -> None:
    written(tmp_path, 3)

    assert reopened(tmp_path) == (None, 3)


def test_half_a_line_is_cut_and_told(tmp_path: Path) -> None:
    written(tmp_path, 3)
    path = files(tmp_path)[NEWEST]
    before = path.read_bytes()
    path.write_bytes(before + b'{"id":"half')

    repair, offset = reopened(tmp_path)
    assert repair == Repair(segment=path.name, position=len(before), cut_bytes=11)
    assert (offset, path.read_bytes(), list(read(tmp_path))) == (3, before, entries(3))
    assert "cut 11 bytes" in str(repair)


def test_a_write_of_which_only_later_pages_reached_the_disk_is_cut_as_one(tmp_path: Path) -> None:
    written(tmp_path, 3)
    lock = (tmp_path / "lock").read_bytes()
    written(tmp_path, 3)
    (tmp_path / "lock").write_bytes(lock)  # as it was when the power went
    path = files(tmp_path)[NEWEST]
    rows = lines(path)
    path.write_bytes(b"".join([*rows[:4], bytes(len(rows[4]) + 30), rows[5][30:], rows[6]]))

    repair, offset = reopened(tmp_path)
    assert (offset, repair is not None and repair.cut_bytes) == (3, sum(map(len, rows[4:])))
    assert list(read(tmp_path)) == entries(3)
    assert verify(tmp_path).is_whole


@pytest.mark.parametrize("left", [0, 1, 60])
def test_a_segment_of_which_only_half_a_header_was_written_is_begun_anew(tmp_path: Path, left: int) -> None:
    written(tmp_path, 2, 1, segment_bytes=600)
    path = files(tmp_path)[NEWEST]
    path.write_bytes(path.read_bytes()[:left])

    repair, offset = reopened(tmp_path)
    assert (offset, repair is not None) == (2, True)
    assert verify(tmp_path).is_whole


def test_a_sealed_segment_without_a_successor_gets_one(tmp_path: Path) -> None:
    written(tmp_path, 2, 1, segment_bytes=600)
    files(tmp_path)[NEWEST].unlink()

    assert reopened(tmp_path) == (None, 2)
    assert (len(files(tmp_path)), verify(tmp_path).is_whole) == (2, True)


def test_a_durable_line_that_was_damaged_stays_and_its_offset_stays_taken(tmp_path: Path) -> None:
    written(tmp_path, 3)
    path = files(tmp_path)[NEWEST]
    change(path, -40)
    before = path.read_bytes()

    repair, offset = reopened(tmp_path)
    assert (offset, path.read_bytes()) == (3, before)
    assert repair is not None
    assert (repair.cut_bytes, repair.damaged_lines) == (0, 1)
    assert [damage.line for damage in verify(tmp_path).damages] == [4]


def test_a_durable_line_that_lost_its_newline_is_ended(tmp_path: Path) -> None:
    written(tmp_path, 3)
    path = files(tmp_path)[NEWEST]
    change(path, -1)

    repair, offset = reopened(tmp_path)
    assert (offset, repair is not None and repair.damaged_lines) == (3, 1)
    assert path.read_bytes().endswith(b"\n")
    assert not verify(tmp_path).is_whole


def test_damage_before_the_tail_is_told_and_left(tmp_path: Path) -> None:
    written(tmp_path, 5)
    path = files(tmp_path)[NEWEST]
    change(path, 300)

    repair, offset = reopened(tmp_path)
    assert (offset, repair is not None and (repair.cut_bytes, repair.damaged_lines)) == (5, (0, 1))


def test_durable_bytes_that_are_gone_are_told(tmp_path: Path) -> None:
    written(tmp_path, 3)
    path = files(tmp_path)[NEWEST]
    rows = lines(path)
    path.write_bytes(b"".join(rows[:-1]) + rows[-1][:50])

    repair, offset = reopened(tmp_path)
    assert (offset, list(read(tmp_path))) == (2, entries(2))
    assert repair is not None
    assert (repair.cut_bytes, repair.missing_bytes) == (50, len(rows[-1]) - 50)


def test_without_a_note_nothing_before_the_last_whole_line_is_cut(tmp_path: Path) -> None:
    written(tmp_path, 5)
    path = files(tmp_path)[NEWEST]
    change(path, 300)
    path.write_bytes(path.read_bytes() + b"half")
    (tmp_path / "lock").unlink()

    repair, offset = reopened(tmp_path)
    assert (offset, repair is not None and (repair.cut_bytes, repair.damaged_lines)) == (5, (4, 1))


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"\0" * 200, b'{"pid":1,"segment":"segment-9","durable":-5}']
)
def test_a_lock_file_that_says_nothing_useful_is_no_obstacle(tmp_path: Path, content: bytes) -> None:
    written(tmp_path, 2)
    (tmp_path / "lock").write_bytes(content)

    assert reopened(tmp_path) == (None, 2)
