"""Reading what is there: from an offset, from a moment, the end only, past damage."""

from pathlib import Path

import pytest

from healthmon.clock import FastClock
from healthmon.events import Entry
from healthmon.log import (
    Damage,
    EventLog,
    LogError,
    LogReason,
    next_offset,
    offset_at,
    read,
    recorded_clock,
    tail,
)
from tests.unit.log.entries import CLOCK, START, at, change, entries, entry, files, lines, written


@pytest.fixture
def segmented(tmp_path: Path) -> list[Entry]:
    """Ten entries in several segments."""
    return written(tmp_path, *[1] * 10, segment_bytes=1000)


@pytest.mark.parametrize("start", range(11))
def test_reading_starts_at_any_offset(tmp_path: Path, segmented: list[Entry], start: int) -> None:
    assert list(read(tmp_path, start)) == segmented[start:]
    assert len(files(tmp_path)) > 3


@pytest.mark.parametrize("count", range(12))
def test_the_tail_is_the_last_entries(tmp_path: Path, segmented: list[Entry], count: int) -> None:
    assert tail(tmp_path, count) == segmented[max(0, 10 - count) :]


def test_a_large_segment_is_searched_not_read(tmp_path: Path) -> None:
    made = written(tmp_path, *[500] * 10)

    assert [offset_at(tmp_path, at(second)) for second in (0, 1, 2500, 2500.5, 5000, 9999)] == [
        0,
        0,
        2499,
        2500,
        4999,
        5000,
    ]
    assert list(read(tmp_path, 4321)) == made[4321:]
    assert tail(tmp_path, 3) == made[-3:]


@pytest.mark.parametrize("offset", range(10))
def test_a_moment_is_found_in_any_segment(tmp_path: Path, segmented: list[Entry], offset: int) -> None:
    assert offset_at(tmp_path, segmented[offset].received) == offset


def test_of_entries_received_together_the_first_is_found(tmp_path: Path) -> None:
    together = [type(one).of(one, offset=one.offset, received=at(50)) for one in entries(6)]
    with EventLog.open(tmp_path, clock=CLOCK, segment_bytes=600) as log:
        for one in together:
            log.append([one])

    assert (offset_at(tmp_path, at(50)), offset_at(tmp_path, at(51))) == (0, 6)


def test_the_next_offset_is_told_without_the_lock(tmp_path: Path) -> None:
    seen = []
    with EventLog.open(tmp_path, clock=CLOCK, segment_bytes=600) as log:
        for _ in range(5):
            seen.append(next_offset(tmp_path))
            log.append([entry(log.next_offset)])

    assert seen == [0, 1, 2, 3, 4]


def test_the_clock_of_a_log_is_remembered(tmp_path: Path) -> None:
    with EventLog.open(tmp_path / "fast", clock=FastClock(START, 60)):
        pass

    assert recorded_clock(tmp_path / "fast") == "2026-11-22T04:00:00Z@60"
    assert recorded_clock(tmp_path / "none") is None


def test_no_log_is_told_in_one_line(tmp_path: Path) -> None:
    for attempt in (
        lambda: list(read(tmp_path)),
        lambda: tail(tmp_path, 1),
        lambda: next_offset(tmp_path),
        lambda: offset_at(tmp_path, START),
    ):
        with pytest.raises(LogError) as caught:
            attempt()
        assert (caught.value.reason, str(caught.value).count("\n")) == (LogReason.NO_LOG, 0)


def test_an_offset_beyond_the_end_is_refused(tmp_path: Path) -> None:
    written(tmp_path, 3)

    with pytest.raises(LogError) as caught:
        list(read(tmp_path, 4))
    assert caught.value.reason is LogReason.BEYOND_END


def test_an_offset_before_the_first_segment_is_refused(tmp_path: Path, segmented: list[Entry]) -> None:
    files(tmp_path)[0].unlink()

    with pytest.raises(LogError) as caught:
        list(read(tmp_path))
    assert caught.value.reason is LogReason.BEFORE_START


def test_damage_is_told_with_segment_and_line_after_all_before_it(tmp_path: Path) -> None:
    made = written(tmp_path, 5)
    path = files(tmp_path)[0]
    change(path, path.read_bytes().index(b'"watch-7:1:2"'))
    seen: list[Entry] = []

    with pytest.raises(LogError) as caught:
        seen.extend(read(tmp_path))
    assert caught.value.reason is LogReason.DAMAGED
    assert str(caught.value).startswith("segment-000000000000.jsonl line 4: ")
    assert seen == made[:2]


def test_damage_can_be_stepped_over(tmp_path: Path) -> None:
    made = written(tmp_path, 5)
    path = files(tmp_path)[0]
    change(path, path.read_bytes().index(b'"watch-7:1:2"'))
    told: list[Damage] = []

    assert list(read(tmp_path, on_damage=told.append)) == made[:2] + made[3:]
    assert told == [Damage(path.name, 4, "is not as it was written")]


def test_a_missing_segment_can_be_stepped_over(tmp_path: Path, segmented: list[Entry]) -> None:
    gone = files(tmp_path)[1]
    lost = [one for one in segmented if f'"watch-7:1:{one.offset}"'.encode() in gone.read_bytes()]
    gone.unlink()
    told: list[Damage] = []

    assert list(read(tmp_path, on_damage=told.append)) == [one for one in segmented if one not in lost]
    assert [damage.line for damage in told] == [0]


def test_a_damaged_header_and_a_damaged_seal_can_be_stepped_over(
    tmp_path: Path, segmented: list[Entry]
) -> None:
    path = files(tmp_path)[1]
    change(path, 20)
    change(path, -20)
    told: list[Damage] = []

    assert list(read(tmp_path, on_damage=told.append)) == segmented
    assert {damage.segment for damage in told} == {path.name}


def test_swapped_lines_are_not_read_as_if_nothing_were_wrong(tmp_path: Path) -> None:
    made = written(tmp_path, 5)
    path = files(tmp_path)[0]
    rows = lines(path)
    rows[2], rows[3] = rows[3], rows[2]
    path.write_bytes(b"".join(rows))
    told: list[Damage] = []

    assert list(read(tmp_path, on_damage=told.append)) == [made[0], *made[2:]]
    assert [damage.line for damage in told] == [3, 4]


def test_a_torn_tail_is_not_read_and_is_no_damage(tmp_path: Path) -> None:
    made = written(tmp_path, 3)
    path = files(tmp_path)[0]
    path.write_bytes(path.read_bytes() + lines(path)[1][:-20] + b"\n\0\0\0")

    assert list(read(tmp_path)) == made
