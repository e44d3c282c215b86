"""The writer: order, durability, rotation, one writer at a time."""

import os
import stat
from datetime import timedelta
from pathlib import Path

import pytest

from healthmon.clock import FastClock
from healthmon.log import (
    EventLog,
    LogError,
    LogReason,
    holder,
    is_locked,
    offset_at,
    read,
    recorded_clock,
    verify,
)
from tests.unit.log.disks import CountingDisk
from tests.unit.log.entries import CLOCK, START, at, entries, entry, files, lines, make_newer, written

ODD = 'NUL \x00, bell \x07, \u2028 \u2029 \ufeff \U0001f600, \r\n, \\u0000, "crc":"00000000"}'


def test_what_is_appended_is_read_back(tmp_path: Path) -> None:
    made = written(tmp_path, 1, 3, 2)

    assert list(read(tmp_path)) == made


def test_odd_characters_come_back_as_they_went(tmp_path: Path) -> None:
    odd = entry(0, {"note": ODD, ODD: [None, True, 0, -0.5, 1e300, {"deep": [ODD]}], "big": 2**70})
    with EventLog.open(tmp_path, clock=CLOCK) as log:
        log.append([odd])

    assert list(read(tmp_path)) == [odd]


def test_a_new_log_begins_at_offset_0(tmp_path: Path) -> None:
    with EventLog.open(tmp_path / "deep" / "home", clock=CLOCK) as log:
        assert (log.next_offset, log.last_received, log.repair) == (0, None, None)


def test_a_reopened_log_goes_on_where_it_stopped(tmp_path: Path) -> None:
    made = written(tmp_path, 2, 3)

    with EventLog.open(tmp_path, clock=CLOCK) as log:
        assert (log.next_offset, log.last_received, log.repair) == (5, made[-1].received, None)


def test_appending_nothing_does_nothing(tmp_path: Path) -> None:
    disk = CountingDisk()
    with EventLog.open(tmp_path, clock=CLOCK, disk=disk) as log:
        disk.asked.clear()
        log.append([])

    assert disk.asked == []


def test_an_append_is_one_write_and_one_sync(tmp_path: Path) -> None:
    disk = CountingDisk()
    with EventLog.open(tmp_path, clock=CLOCK, disk=disk) as log:
        disk.asked.clear()
        log.append(entries(100))

    assert disk.asked == ["write", "sync"]


def test_a_new_segment_is_durable_with_its_name_before_anything_is_in_it(tmp_path: Path) -> None:
    disk = CountingDisk()
    with EventLog.open(tmp_path / "home", clock=CLOCK, disk=disk):
        pass

    assert disk.asked == [
        f"sync folder {tmp_path.name}",
        "sync folder home",
        "write",
        "sync",
        "sync folder log",
        "sync",  # the note, which names the new segment
        "write",  # which log this is
        "sync",
        "sync folder log",
    ]


@pytest.mark.parametrize("offset", [0, 1, 3, 7])
def test_a_gap_or_a_repeat_is_refused_and_leaves_nothing(tmp_path: Path, offset: int) -> None:
    with EventLog.open(tmp_path, clock=CLOCK) as log:
        log.append(entries(2))
        with pytest.raises(LogError) as caught:
            log.append([entry(offset)])

    assert (caught.value.reason, list(read(tmp_path))) == (LogReason.OUT_OF_ORDER, entries(2))


def test_receive_times_never_go_back(tmp_path: Path) -> None:
    late, early = entry(0), entry(1)
    with EventLog.open(tmp_path, clock=FastClock(START, 2)) as log:
        log.append([late])
        with pytest.raises(LogError) as caught:
            log.append([type(early).of(early, offset=1, received=late.received - timedelta(microseconds=1))])

    assert caught.value.reason is LogReason.OUT_OF_ORDER


def test_what_has_no_json_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    with EventLog.open(tmp_path, clock=CLOCK) as log:
        with pytest.raises(LogError) as caught:
            log.append([entry(0), entry(1, {"note": "half a pair \ud800"})])
        log.append([entry(0)])

    assert (caught.value.reason, list(read(tmp_path))) == (LogReason.UNWRITABLE, [entry(0)])


def test_a_closed_log_takes_nothing(tmp_path: Path) -> None:
    log = EventLog.open(tmp_path, clock=CLOCK)
    log.close()
    log.close()

    with pytest.raises(LogError) as caught:
        log.append([entry(0)])
    assert caught.value.reason is LogReason.CLOSED


def test_a_second_writer_is_told_who_has_the_log(tmp_path: Path) -> None:
    with EventLog.open(tmp_path, clock=CLOCK), pytest.raises(LogError) as caught:
        EventLog.open(tmp_path, clock=CLOCK)

    assert caught.value.reason is LogReason.LOCKED
    assert f"process {os.getpid()}" in str(caught.value)


def test_a_closed_log_may_be_opened_by_the_next(tmp_path: Path) -> None:
    seen = [is_locked(tmp_path), holder(tmp_path)]
    with EventLog.open(tmp_path, clock=CLOCK):
        seen += [is_locked(tmp_path), holder(tmp_path)]
    seen += [is_locked(tmp_path), holder(tmp_path)]

    assert seen == [False, None, True, os.getpid(), False, None]


def test_a_log_that_could_not_be_opened_is_not_left_locked(tmp_path: Path) -> None:
    written(tmp_path, 1)
    make_newer(files(tmp_path)[0])
    with pytest.raises(LogError):
        EventLog.open(tmp_path, clock=CLOCK)

    assert not is_locked(tmp_path)


def test_only_the_owner_may_read_it(tmp_path: Path) -> None:
    home = tmp_path / "home"
    written(home, 3, segment_bytes=100)

    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in [home, *home.rglob("*")]}
    assert {mode for name, mode in modes.items() if name in {"home", "log"}} == {0o700}
    assert {mode for name, mode in modes.items() if name not in {"home", "log"}} == {0o600}


def test_a_full_segment_is_sealed_and_the_next_is_named_by_its_first_offset(tmp_path: Path) -> None:
    made = written(tmp_path, 2, 2, 2, segment_bytes=1500)

    assert [path.name for path in files(tmp_path)] == [
        "segment-000000000000.jsonl",
        "segment-000000000004.jsonl",
    ]
    assert lines(files(tmp_path)[0])[-1].startswith(b'{"sealed":')
    assert list(read(tmp_path)) == made


def test_a_batch_larger_than_a_segment_stays_together(tmp_path: Path) -> None:
    written(tmp_path, 1, 20, 1, segment_bytes=1000)

    assert [len(lines(path)) for path in files(tmp_path)] == [3, 22, 2]


def test_entries_longer_than_a_read_are_no_obstacle(tmp_path: Path) -> None:
    made = [
        entry(offset, {"note": "x" * size})
        for offset, size in enumerate([0, 3_000_000, 100_000, 10, 200_000])
    ]
    with EventLog.open(tmp_path, clock=CLOCK) as log:
        log.append(made)
    with EventLog.open(tmp_path, clock=CLOCK) as log:
        assert (log.next_offset, log.repair) == (5, None)

    assert [offset_at(tmp_path, one.received) for one in made] == [0, 1, 2, 3, 4]
    assert verify(tmp_path).entries == 5


def test_a_segment_without_entries_is_not_sealed(tmp_path: Path) -> None:
    with EventLog.open(tmp_path, clock=CLOCK) as log:
        log.rotate()

    assert len(files(tmp_path)) == 1


def test_a_header_carries_the_checkpoint_it_was_given(tmp_path: Path) -> None:
    with EventLog.open(tmp_path, clock=CLOCK) as log:
        log.append(entries(1))
        log.rotate(checkpoint="c0ffee")

    assert b'"checkpoint":"c0ffee"' in lines(files(tmp_path)[1])[0]


def test_another_clock_begins_another_segment(tmp_path: Path) -> None:
    written(tmp_path, 2)
    fast = FastClock(START, 60)
    with EventLog.open(tmp_path, clock=fast) as log:
        log.append([type(entry(2)).of(entry(2), offset=2, received=at(10))])

    assert recorded_clock(tmp_path) == fast.spec()
    assert [len(lines(path)) for path in files(tmp_path)] == [4, 2]
    assert verify(tmp_path).is_whole


def test_another_clock_rewrites_the_header_of_a_segment_without_entries(tmp_path: Path) -> None:
    written(tmp_path)
    fast = FastClock(START, 60)
    with EventLog.open(tmp_path, clock=fast):
        pass

    assert (recorded_clock(tmp_path), len(files(tmp_path))) == (fast.spec(), 1)
    assert verify(tmp_path).is_whole
