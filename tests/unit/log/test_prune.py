"""Pruning: the oldest segments go, what still holds stays, and a crash at any step harms nothing."""

import shutil
from pathlib import Path

import pytest

from healthmon.events import Entry, Thing, wire
from healthmon.log import (
    Damage,
    EventLog,
    Follower,
    LogError,
    LogReason,
    Pruning,
    begins_at,
    compress,
    mark,
    read,
    tail,
    upkeep_lock,
    verify,
)
from healthmon.log.disk import Disk
from tests.unit.log.disks import Stopped, StoppingDisk
from tests.unit.log.entries import CLOCK, at, change, entry, files

SEGMENT = 1200


def assigned(offset: int, person: str = "maria") -> Entry:
    """A carer's word that still holds when it is old."""
    return Entry(
        id=f"anna:{offset}",
        time=at(offset),
        subject=Thing("CAREGIVER", "anna"),
        verb="ASSIGNS",
        object=Thing("WATCH", f"watch-{offset}"),
        context={"person": person},
        offset=offset,
        received=at(offset + 1),
    )


def said(count: int) -> list[Entry]:
    """Readings, and an assignment with every fifth."""
    return [assigned(offset) if offset % 5 == 1 else entry(offset) for offset in range(count)]


def logged(folder: Path, count: int = 20) -> list[Entry]:
    """A closed log of several segments, and what is in it."""
    with EventLog.open(folder, clock=CLOCK, segment_bytes=SEGMENT) as log:
        for one in said(count):
            log.append([one])
    return said(count)


def boundaries(folder: Path) -> list[int]:
    """Where segments begin."""
    return [int(path.name[8:20]) for path in files(folder)]


def kept_of(entries: list[Entry], before: int) -> list[Entry]:
    """What a reader from the beginning is to be given after a prune."""
    return [one for one in entries if one.offset >= before or one.verb == "ASSIGNS"]


def prune(folder: Path, before: int, disk: Disk | None = None) -> int:
    """Open, prune, close."""
    with EventLog.open(folder, clock=CLOCK, segment_bytes=SEGMENT, disk=disk) as log:
        return log.prune(Pruning(folder, before, disk))


def test_what_still_holds_is_read_first_and_then_what_is_left(tmp_path: Path) -> None:
    entries = logged(tmp_path)
    before = boundaries(tmp_path)[3]

    gone = prune(tmp_path, before)

    assert (gone, begins_at(tmp_path)) == (3, before)
    assert list(read(tmp_path)) == kept_of(entries, before)
    verdict = verify(tmp_path)
    assert (verdict.is_whole, verdict.begins_at, verdict.next_offset) == (True, before, 20)


def test_a_pruned_log_goes_on_and_is_pruned_again(tmp_path: Path) -> None:
    logged(tmp_path)
    prune(tmp_path, boundaries(tmp_path)[2])
    with EventLog.open(tmp_path, clock=CLOCK, segment_bytes=SEGMENT) as log:
        for offset in range(20, 30):
            log.append([entry(offset)])
    compress(tmp_path)
    before = int(sorted((tmp_path / "log").glob("segment-*"))[-3].name[8:20])

    prune(tmp_path, before)

    everything = [*said(20), *(entry(offset) for offset in range(20, 30))]
    assert list(read(tmp_path)) == kept_of(everything, before)
    assert verify(tmp_path).is_whole


def test_a_follower_goes_on_from_any_offset_that_was_pruned(tmp_path: Path) -> None:
    entries = logged(tmp_path)
    before = boundaries(tmp_path)[4]
    prune(tmp_path, before)
    wanted = kept_of(entries, before)

    found = {}
    for start in range(21):
        follower = Follower(tmp_path, start)
        found[start] = [one for _ in range(40) for one in follower.poll(1)]
        assert follower.offset == 20

    assert found == {start: [one for one in wanted if one.offset >= start] for start in range(21)}


def test_a_follower_at_the_end_notices_nothing(tmp_path: Path) -> None:
    logged(tmp_path)
    follower = Follower(tmp_path, 20)
    assert follower.poll() == []

    prune(tmp_path, boundaries(tmp_path)[3])
    with EventLog.open(tmp_path, clock=CLOCK) as log:
        log.append([entry(20)])

    assert follower.poll() == [entry(20)]


def test_the_tail_and_marks_hold_after_a_prune(tmp_path: Path) -> None:
    entries = logged(tmp_path)
    before = boundaries(tmp_path)[3]
    marks = [mark(tmp_path, offset) for offset in range(21)]

    prune(tmp_path, before)

    assert tail(tmp_path, 100) == entries[before:]
    assert [mark(tmp_path, offset) for offset in range(before, 21)] == marks[before:]
    assert {mark(tmp_path, offset) for offset in range(1, before)} == {None}


@pytest.mark.parametrize("before", [0, 1, 400])
def test_only_whole_segments_go_and_never_the_newest(tmp_path: Path, before: int) -> None:
    logged(tmp_path)
    with pytest.raises(LogError) as refused:
        prune(tmp_path, before)

    assert refused.value.reason is LogReason.NOT_A_BOUNDARY
    assert list(read(tmp_path)) == said(20)


def test_a_prune_waits_its_turn(tmp_path: Path) -> None:
    logged(tmp_path)
    with upkeep_lock(tmp_path), pytest.raises(LogError) as refused:
        prune(tmp_path, boundaries(tmp_path)[1])

    assert refused.value.reason is LogReason.LOCKED
    assert verify(tmp_path).is_whole


def test_a_first_segment_that_merely_vanished_is_still_damage(tmp_path: Path) -> None:
    logged(tmp_path)
    files(tmp_path)[0].unlink()

    assert "nothing says why" in str(verify(tmp_path))


def test_a_changed_kept_file_is_found(tmp_path: Path) -> None:
    logged(tmp_path)
    prune(tmp_path, boundaries(tmp_path)[3])
    change(tmp_path / "log" / "kept.jsonl", 30)

    assert [damage.segment for damage in verify(tmp_path).damages] == ["kept.jsonl"]


def test_a_missing_kept_file_is_found(tmp_path: Path) -> None:
    logged(tmp_path)
    prune(tmp_path, boundaries(tmp_path)[3])
    (tmp_path / "log" / "kept.jsonl").unlink()

    assert [damage.segment for damage in verify(tmp_path).damages] == ["kept.jsonl"]


@pytest.mark.parametrize("times", [1, 2])
def test_a_crash_at_any_step_leaves_a_log_that_is_whole_and_can_be_pruned(tmp_path: Path, times: int) -> None:
    whole = tmp_path / "whole"
    entries = logged(whole)
    if times == 2:
        prune(whole, boundaries(whole)[2])
    before = boundaries(whole)[4]
    wanted = kept_of(entries, before)
    for number in range(200):
        home = tmp_path / "crashed"
        shutil.copytree(whole, home)
        stopped = _pruned_until(home, before, number)
        assert verify(home).is_whole, number
        assert _without_kept(list(read(home)), before) == _without_kept(wanted, before)

        with EventLog.open(home, clock=CLOCK, segment_bytes=SEGMENT) as log:
            assert log.next_offset == 20
        assert verify(home).is_whole, number
        assert not list((home / "log").glob("new-kept*"))
        if begins_at(home) < before:
            prune(home, before)
        assert (verify(home).is_whole, list(read(home))) == (True, wanted)
        shutil.rmtree(home)
        if not stopped:
            break

    assert (stopped, number > 10) == (False, True)


def _pruned_until(home: Path, before: int, number: int) -> bool:
    """Prune with a disk that stops at its n-th operation; whether it stopped before all was done."""
    disk = StoppingDisk()
    log = EventLog.open(home, clock=CLOCK, segment_bytes=SEGMENT, disk=disk)
    disk.left = number
    try:
        log.prune(Pruning(home, before, disk))
    except Stopped:
        return True
    finally:
        log.close()
    return False


def _without_kept(entries: list[Entry], before: int) -> list[Entry]:
    return [one for one in entries if one.offset >= before or one.verb == "ASSIGNS"]


def spoil(folder: Path) -> Entry:
    """Flip a bit in the second sentence that was kept; which one that was."""
    path = folder / "log" / "kept.jsonl"
    rows = path.read_bytes().splitlines(keepends=True)
    lost = wire.read_entry(rows[2][:-1])
    path.write_bytes(b"".join([*rows[:2], rows[2].replace(b"CAREGIVER", b"CAREGIVES"), *rows[3:]]))
    return lost


def test_a_flipped_bit_in_what_was_kept_is_told_and_the_rest_read(tmp_path: Path) -> None:
    entries = logged(tmp_path)
    before = boundaries(tmp_path)[3]
    prune(tmp_path, before)
    lost, told = spoil(tmp_path), list[Damage]()

    found = list(read(tmp_path, on_damage=told.append))

    assert found == [one for one in kept_of(entries, before) if one != lost]
    assert [str(damage) for damage in told] == ["kept.jsonl line 3: is not as it was written"]
    assert list(verify(tmp_path).damages) == told
    with pytest.raises(LogError) as refused:
        list(read(tmp_path))
    assert refused.value.reason is LogReason.DAMAGED


def test_a_damaged_sentence_outlives_the_next_prune_as_evidence(tmp_path: Path) -> None:
    logged(tmp_path)
    first, later = boundaries(tmp_path)[3:5]
    prune(tmp_path, first)
    spoil(tmp_path)

    prune(tmp_path, later)

    assert [damage.segment for damage in verify(tmp_path).damages] == ["kept.jsonl"]
