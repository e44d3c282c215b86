"""Checkpoints on disk: found where they are, and as good as none when they are not of this log."""

import shutil
from pathlib import Path

from healthmon import log
from healthmon.log.checkpoints import Note, Record, Shelf, mark_after
from tests.unit.log.entries import at, written

V1, V2 = "0a1b", "ff00"


def _note(data: Path, offset: int) -> Note:
    mark = log.mark(data, offset)
    assert mark is not None
    return Note(offset=offset, mark=mark, moment=at(offset))


def _shelf(data: Path, *offsets: int) -> tuple[Shelf, list[Record]]:
    shelf = Shelf(data, "view", V1)
    records = [shelf.begin(_note(data, offsets[0]), [b"whole", b"a"])]
    for offset in offsets[1:]:
        records.append(shelf.go_on(records[-1], _note(data, offset), [b"more", b"%d" % offset]))
    return shelf, records


def test_records_are_found_newest_first_with_their_parts(tmp_path: Path) -> None:
    written(tmp_path, 100)
    shelf, _ = _shelf(tmp_path, 10, 20, 30)

    found = [(record.note.offset, shelf.parts(record)) for record in shelf.usable(at_most=29)]

    assert found == [(20, [b"more", b"20"]), (10, [b"whole", b"a"])]


def test_another_version_of_the_code_sees_none_of_them(tmp_path: Path) -> None:
    written(tmp_path, 100)
    _shelf(tmp_path, 10)

    other = Shelf(tmp_path, "view", V2)

    assert list(other.usable()) == []
    assert len(other.of_other_versions()) == 1


def test_a_record_beyond_the_end_of_the_log_is_none(tmp_path: Path) -> None:
    written(tmp_path / "long", 100)
    _shelf(tmp_path / "long", 10, 90)
    written(tmp_path, 50)
    shutil.copytree(tmp_path / "long" / "checkpoints", tmp_path / "checkpoints")

    found = [record.note.offset for record in Shelf(tmp_path, "view", V1).usable()]

    assert found == [10]


def test_a_record_of_another_log_is_none(tmp_path: Path) -> None:
    written(tmp_path, 100)
    shelf, records = _shelf(tmp_path, 10)
    note = Note(offset=10, mark="0" * 64, moment=at(10))

    shelf.begin(note, [b"x"])

    assert list(shelf.usable()) == []
    assert not shelf.is_of_this_log(Record(note, records[0].path, 0, ()))


def test_a_record_that_was_cut_short_ends_the_file_and_is_written_over(tmp_path: Path) -> None:
    written(tmp_path, 100)
    shelf, records = _shelf(tmp_path, 10, 20, 30)
    path = records[0].path
    path.write_bytes(path.read_bytes()[:-1])

    whole = shelf.records(path)
    shelf.go_on(whole[-1], _note(tmp_path, 40), [b"again", b"40"])

    assert [record.note.offset for record in shelf.records(path)] == [10, 20, 40]


def test_a_flipped_bit_in_a_note_hides_what_follows_it(tmp_path: Path) -> None:
    written(tmp_path, 100)
    shelf, records = _shelf(tmp_path, 10, 20)
    content = bytearray(records[0].path.read_bytes())
    content[records[0].end + 12] ^= 1
    records[0].path.write_bytes(content)

    assert [record.note.offset for record in shelf.usable()] == [10]


def test_a_file_that_is_gone_has_no_records_and_no_parts(tmp_path: Path) -> None:
    written(tmp_path, 100)
    shelf, records = _shelf(tmp_path, 10)
    records[0].path.unlink()

    assert (shelf.records(records[0].path), shelf.parts(records[0])) == ([], [])


def test_the_mark_after_an_entry_is_the_mark_of_the_log_there(tmp_path: Path) -> None:
    entries = written(tmp_path, 100)

    assert mark_after(entries[41], 0) == log.mark(tmp_path, 42)


def test_nobody_else_may_read_them(tmp_path: Path) -> None:
    written(tmp_path, 100)
    _, records = _shelf(tmp_path, 10)

    assert records[0].path.stat().st_mode & 0o777 == 0o600
    assert records[0].path.parent.stat().st_mode & 0o777 == 0o700
