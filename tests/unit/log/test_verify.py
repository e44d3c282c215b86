"""Proof: what is wrong is found, and where; what is right is not accused."""

from hashlib import sha256
from pathlib import Path

import pytest

from healthmon.log import EventLog, Verdict, verify
from tests.unit.log.entries import CLOCK, NEWEST, change, entries, files, lines, restamp, written

LINES = ["segment-000000000000.jsonl", "segment-000000000002.jsonl", "segment-000000000004.jsonl"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Five entries: two segments of two, sealed, and an open one."""
    written(tmp_path, 2, 2, 1, segment_bytes=600)
    assert [path.name for path in files(tmp_path)] == LINES
    return tmp_path


def places(verdict: Verdict) -> list[tuple[str, int]]:
    """Where it found damage."""
    return [(damage.segment, damage.line) for damage in verdict.damages]


def test_a_whole_log_is_called_whole(folder: Path) -> None:
    verdict = verify(folder)

    assert (verdict.is_whole, verdict.entries, verdict.segments, verdict.next_offset) == (True, 5, 3, 5)
    assert str(verdict) == f"whole: 5 events in 3 segments, head {verdict.head}"


def test_an_empty_log_is_whole(tmp_path: Path) -> None:
    written(tmp_path)

    assert verify(tmp_path).is_whole


def test_a_log_that_is_being_written_is_whole(tmp_path: Path) -> None:
    with EventLog.open(tmp_path, clock=CLOCK) as log:
        log.append(entries(3))
        path = files(tmp_path)[0]
        path.write_bytes(path.read_bytes() + b'{"id":"on its way')
        verdict = verify(tmp_path)

    assert (verdict.is_whole, verdict.entries, verdict.torn_bytes) == (True, 3, 17)


def test_a_flipped_bit_is_found_in_its_line(folder: Path) -> None:
    change(files(folder)[1], 400)

    assert places(verify(folder)) == [(LINES[1], 2), (LINES[1], 4)]  # the line itself, and the digest


def test_a_missing_segment_is_found(folder: Path) -> None:
    files(folder)[1].unlink()

    assert places(verify(folder)) == [(LINES[2], 1)]


def test_a_missing_first_segment_is_found(folder: Path) -> None:
    files(folder)[0].unlink()

    assert places(verify(folder)) == [(LINES[1], 1)]


def test_a_missing_newest_segment_is_found_by_the_note_of_the_writer(folder: Path) -> None:
    files(folder)[NEWEST].unlink()

    assert places(verify(folder)) == [(LINES[2], 0)]


def test_a_cut_tail_is_found_by_the_note_of_the_writer(folder: Path) -> None:
    path = files(folder)[NEWEST]
    path.write_bytes(b"".join(lines(path)[:-1]))

    assert places(verify(folder)) == [(LINES[2], 2)]


def test_a_cut_sealed_segment_is_found(folder: Path) -> None:
    path = files(folder)[0]
    path.write_bytes(b"".join(lines(path)[:-1]))

    assert (LINES[0], 0) in places(verify(folder))


def test_swapped_lines_are_found(folder: Path) -> None:
    path = files(folder)[0]
    rows = lines(path)
    path.write_bytes(b"".join([rows[0], rows[2], rows[1], rows[3]]))

    assert places(verify(folder))[:2] == [(LINES[0], 2), (LINES[0], 3)]


def test_a_repeated_and_a_missing_line_are_found(folder: Path) -> None:
    path = files(folder)[0]
    rows = lines(path)
    path.write_bytes(b"".join([rows[0], rows[1], rows[1], rows[3]]))

    assert (LINES[0], 3) in places(verify(folder))


def test_an_edit_with_a_fitting_checksum_is_found_by_the_digest(folder: Path) -> None:
    path = files(folder)[0]
    rows = lines(path)
    rows[1] = restamp(rows[1].replace(b'"value":60', b'"value":99'))
    path.write_bytes(b"".join(rows))

    assert places(verify(folder)) == [(LINES[0], 4)]


def test_an_edit_with_a_fitting_seal_is_found_by_the_chain(folder: Path) -> None:
    _forge(files(folder)[0])

    assert places(verify(folder)) == [(LINES[1], 1)]


def test_an_edit_with_the_whole_later_chain_rewritten_is_found_by_the_head(folder: Path) -> None:
    head = verify(folder).head
    digest = _forge(files(folder)[0])
    for path in files(folder)[1:]:
        digest = _rechain(path, digest)
    forged = verify(folder)
    asked = verify(folder, head)

    assert (forged.is_whole, asked.is_whole, asked.head_found) == (True, False, False)
    assert "noted head" in str(asked)


def test_a_head_noted_at_any_time_is_found_in_a_log_that_grew_from_it(tmp_path: Path) -> None:
    heads = []
    with EventLog.open(tmp_path, clock=CLOCK, segment_bytes=600) as log:
        for _ in range(6):
            heads.append(verify(tmp_path).head)
            log.append(entries(1, log.next_offset))

    assert [verify(tmp_path, head).head_found for head in heads] == [True] * 6
    assert not verify(tmp_path, "0" * 64).is_whole


def test_a_renamed_segment_is_found(folder: Path) -> None:
    path = files(folder)[NEWEST]
    path.rename(path.with_name("segment-000000000007.jsonl"))

    assert ("segment-000000000007.jsonl", 1) in places(verify(folder))


def test_a_renamed_only_segment_is_found_in_its_header(tmp_path: Path) -> None:
    written(tmp_path)
    files(tmp_path)[0].rename(tmp_path / "log" / "segment-000000000007.jsonl")
    (tmp_path / "lock").unlink()

    assert places(verify(tmp_path)) == [("segment-000000000007.jsonl", 1)]


@pytest.mark.parametrize("count", ["lines", "next_offset"])
def test_a_seal_that_counts_wrong_is_found(folder: Path, count: str) -> None:
    path = files(folder)[0]
    rows = lines(path)
    before, mark, after = rows[-1].partition(f'"{count}":'.encode())
    rows[-1] = restamp(before + mark + b"9" + after[1:])
    path.write_bytes(b"".join(rows))

    assert places(verify(folder)) == [(LINES[0], 4)]


def test_a_receive_time_that_went_back_is_found(tmp_path: Path) -> None:
    written(tmp_path, 3)
    path = files(tmp_path)[0]
    rows = lines(path)
    rows[2] = restamp(rows[2].replace(b'"received":"2026', b'"received":"2025'))
    path.write_bytes(b"".join(rows))

    assert places(verify(tmp_path)) == [(path.name, 3)]


def test_a_line_after_the_seal_is_found(folder: Path) -> None:
    path = files(folder)[0]
    path.write_bytes(path.read_bytes() + lines(path)[1])

    assert places(verify(folder)) == [(LINES[0], 5)]


def test_a_whole_line_that_says_nothing_is_found(folder: Path) -> None:
    path = files(folder)[NEWEST]
    path.write_bytes(path.read_bytes() + restamp(b'{"x":1,"crc":"00000000"}'))

    assert places(verify(folder)) == [(LINES[2], 3)]


def test_much_damage_is_counted_not_listed(tmp_path: Path) -> None:
    written(tmp_path, 300)
    path = files(tmp_path)[0]
    path.write_bytes(path.read_bytes().replace(b"maria", b"piotr"))
    verdict = verify(tmp_path)

    assert (len(verdict.damages), verdict.more_damage) == (100, 200)
    assert str(verdict).splitlines()[0] == "damaged in 300 places: 0 events in 1 segments"
    assert str(verdict).splitlines()[-1] == "and 200 more"


def _forge(path: Path) -> str:
    """Change a value and make checksum and seal fit; the new digest."""
    rows = lines(path)
    rows[1] = restamp(rows[1].replace(b'"value":60', b'"value":99'))
    return _reseal(path, rows)


def _rechain(path: Path, digest: str) -> str:
    rows = lines(path)
    before, mark, after = rows[0].partition(b'"previous_digest":"')
    rows[0] = restamp(before + mark + digest.encode() + after[64:])
    return _reseal(path, rows)


def _reseal(path: Path, rows: list[bytes]) -> str:
    is_sealed = rows[-1].startswith(b'{"sealed"')
    digest = sha256(b"".join(rows[:-1] if is_sealed else rows)).hexdigest()
    if is_sealed:
        before, mark, after = rows[-1].partition(b'"digest":"')
        rows[-1] = restamp(before + mark + digest.encode() + after[64:])
    path.write_bytes(b"".join(rows))
    return digest
