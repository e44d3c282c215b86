"""Erasing a person is done wholly or not at all, wherever a crash comes."""

import shutil
from pathlib import Path

import pytest

from healthmon.log import (
    Erasure,
    EventLog,
    LogError,
    Pruning,
    Room,
    compress,
    read,
    unsaid_erasure,
    verify,
)
from healthmon.log.segment import stored_segments
from tests.unit.log.disks import HurriedDisk, SlippingDisk, Stopped, StoppingDisk
from tests.unit.log.entries import CLOCK
from tests.unit.log.test_erase import SEGMENT, logged, others, said


@pytest.mark.parametrize("is_pruned", [False, True])
def test_a_crash_at_any_step_erases_all_or_nothing(tmp_path: Path, is_pruned: bool) -> None:
    whole = tmp_path / "whole"
    entries = logged(whole, 24)
    if is_pruned:
        with EventLog.open(whole, clock=CLOCK, segment_bytes=SEGMENT) as log:
            log.prune(Pruning(whole, int(stored_segments(whole)[2].name[8:20])))
        entries = list(read(whole))
    compress(whole)
    outcomes = []
    for number in range(300):
        home = tmp_path / "crashed"
        shutil.copytree(whole, home)
        stopped = _erased_until(home, number)
        is_exchanging = (home / "log" / "erasing.json").exists()

        with EventLog.open(home, clock=CLOCK, segment_bytes=SEGMENT, disk=HurriedDisk()) as log:
            assert log.next_offset == 24
            log.append([said(24)])
        found = list(read(home))[:-1]
        assert verify(home).is_whole, number
        assert not list((home / "log").glob("new-*")), number
        assert found in (entries, others(entries)), number
        is_erased = found == others(entries)
        assert is_erased or not is_exchanging
        assert (unsaid_erasure(home) is not None) == is_erased
        outcomes.append(is_erased)
        shutil.rmtree(home)
        if not stopped:
            break

    assert outcomes == sorted(outcomes)
    assert (outcomes[0], outcomes[-1], stopped) == (False, True, False)


def _erased_until(home: Path, number: int) -> bool:
    """Erase with a disk that stops at its n-th operation; whether it stopped before all was done."""
    disk = StoppingDisk()
    log = EventLog.open(home, clock=CLOCK, segment_bytes=SEGMENT, disk=disk)
    disk.left = number
    try:
        erasure = Erasure(home, "maria", disk)
        while erasure.step():
            pass
        log.erase(erasure)
    except Stopped:
        return True
    finally:
        disk.left = -1
        log.close()
    return False


@pytest.mark.parametrize("times", [1, 2, 5])
def test_what_is_recorded_after_the_disk_failed_is_there_at_the_next_start(
    tmp_path: Path, times: int
) -> None:
    whole = tmp_path / "whole"
    entries = logged(whole, 12)
    compress(whole)
    outcomes = []
    for number in range(200):
        home = tmp_path / "failed"
        shutil.copytree(whole, home)
        disk = SlippingDisk(times)
        has_failed = _erased_beside_recording(home, disk, number, elsewhere=tmp_path / "elsewhere")

        with EventLog.open(home, clock=CLOCK, segment_bytes=SEGMENT, disk=HurriedDisk()) as log:
            assert log.next_offset == 24, number
        found = list(read(home))
        assert verify(home).is_whole, (number, verify(home))
        assert found[-12:] == [said(offset) for offset in range(12, 24)], number
        assert found[:-12] in (entries, others(entries)), number
        assert not list((home / "log").glob("new-*")), number
        outcomes.append(found[:-12] == entries)
        shutil.rmtree(home)
        if not disk.has_slipped:
            break

    assert (has_failed, outcomes[0], outcomes[-1]) == (False, True, False)


def _erased_beside_recording(home: Path, disk: SlippingDisk, number: int, elsewhere: Path) -> bool:
    """Erase on a disk that fails at its n-th operation, then record as a recorder does; whether it failed."""
    room = Room(segment_bytes=SEGMENT, overflow=elsewhere if number % 2 else None)
    has_failed = False
    with EventLog.open(home, clock=CLOCK, disk=disk, room=room) as log:
        disk.left = number
        erasure = Erasure(home, "maria", disk)
        try:
            while erasure.step():
                pass
            log.erase(erasure)
        except LogError:
            has_failed = True
        while log.next_offset < 24:
            try:
                log.append([said(log.next_offset)])
            except LogError:
                log.recover()
    return has_failed
