"""A power cut at any moment of any operation: what was acknowledged is there, nothing is invented."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from healthmon.events import Entry, Thing
from healthmon.log import Erasure, EventLog, Pruning, compress, read, verify
from tests.unit.log.disks import HurriedDisk
from tests.unit.log.entries import CLOCK, at, entry
from tests.unit.log.power import PowerDisk

SEGMENT = 1000
Work = Callable[[Path, EventLog, PowerDisk], None]


def said(offset: int) -> Entry:
    """Readings of two people, and a note about one now and then."""
    if offset % 5 == 2:
        return Entry(
            id=f"anna:{offset}",
            time=at(offset),
            subject=Thing("CAREGIVER", "anna"),
            verb="NOTES",
            object=Thing("PERSON", "jan"),
            context={"person": "jan", "note": "well"},
            offset=offset,
            received=at(offset + 1),
        )
    return entry(offset, {"person": "maria" if offset % 2 else "jan", "value": 70})


def append(_home: Path, log: EventLog, disk: PowerDisk) -> None:
    for _ in range(5):
        log.append([said(log.next_offset), said(log.next_offset + 1)])
        disk.promised = log.next_offset


def rotate(home: Path, log: EventLog, disk: PowerDisk) -> None:
    log.rotate()
    append(home, log, disk)
    log.rotate()


def prune(home: Path, log: EventLog, disk: PowerDisk) -> None:
    paths = sorted((home / "log").glob("segment-*"))
    log.prune(Pruning(home, int(paths[2].name[8:20]), disk))
    append(home, log, disk)


def erase(home: Path, log: EventLog, disk: PowerDisk) -> None:
    erasure = Erasure(home, "maria", disk)
    while erasure.step():
        pass
    log.erase(erasure)
    append(home, log, disk)


def squeeze(home: Path, log: EventLog, disk: PowerDisk) -> None:
    compress(home, disk)
    append(home, log, disk)


def cut(tmp_path: Path, work: Work, *, is_squeezed: bool = False) -> list[tuple[int, list[Entry]]]:
    """Do the work, cut the power everywhere, reopen: what had been promised and what was there."""
    home = tmp_path / "home"
    with EventLog.open(home, clock=CLOCK, segment_bytes=SEGMENT, disk=HurriedDisk()) as log:
        for offset in range(14):
            log.append([said(offset)])
    if is_squeezed:
        compress(home, HurriedDisk())
    lock = (home / "lock").read_bytes()
    disk = PowerDisk(home / "log")
    disk.promised = 14
    disk.watch()
    with EventLog.open(home, clock=CLOCK, segment_bytes=SEGMENT, disk=disk) as log:
        work(home, log, disk)
    outcomes: list[tuple[int, list[Entry]]] = []
    seen = set()
    for promised, leftovers in disk.cuts:
        for left in leftovers:
            key = hash((promised, tuple(sorted(left.items()))))
            if key not in seen:
                seen.add(key)
                outcomes.append((promised, _reopened(tmp_path / "cut", left, lock)))
    return outcomes


def _reopened(home: Path, left: dict[str, bytes], lock: bytes) -> list[Entry]:
    shutil.rmtree(home, ignore_errors=True)
    (home / "log").mkdir(parents=True)
    for name, content in left.items():
        (home / "log" / name).write_bytes(content)
    (home / "lock").write_bytes(lock)  # it is not synced with each write: as old as it may be
    with EventLog.open(home, clock=CLOCK, segment_bytes=SEGMENT, disk=HurriedDisk()) as log:
        found = list(read(home))
        log.append([said(log.next_offset)])
        count = log.next_offset
    verdict = verify(home)
    assert verdict.is_whole, (str(verdict), sorted(left))
    assert list(read(home)) == [*found, said(count - 1)]
    return found


@pytest.mark.parametrize("work", [append, rotate, squeeze])
def test_nothing_acknowledged_is_lost_and_nothing_invented(tmp_path: Path, work: Work) -> None:
    outcomes = cut(tmp_path, work)

    everything = [said(offset) for offset in range(60)]
    assert all(found == everything[: len(found)] for _, found in outcomes)
    assert all(len(found) >= promised for promised, found in outcomes)
    assert len(outcomes) > 20


@pytest.mark.parametrize("is_squeezed", [False, True])
def test_a_prune_loses_what_may_go_and_nothing_else(tmp_path: Path, is_squeezed: bool) -> None:
    outcomes = cut(tmp_path, prune, is_squeezed=is_squeezed)

    for promised, found in outcomes:
        lasting = [said(offset) for offset in range(promised) if said(offset).verb == "NOTES"]
        begins = next(one.offset for one in found if one.verb != "NOTES")
        assert [one for one in found if one.verb == "NOTES"][: len(lasting)] == lasting
        tail = [one for one in found if one.offset >= begins]
        assert tail == [said(offset) for offset in range(begins, tail[-1].offset + 1)]
        assert tail[-1].offset + 1 >= promised
    assert len(outcomes) > 20


@pytest.mark.parametrize("is_squeezed", [False, True])
def test_an_erasure_is_done_or_not(tmp_path: Path, is_squeezed: bool) -> None:
    outcomes = cut(tmp_path, erase, is_squeezed=is_squeezed)

    for promised, found in outcomes:
        count = found[-1].offset + 1
        whole = [said(offset) for offset in range(count)]
        without = [one for one in whole if one.offset >= 14 or one.person != "maria"]
        assert found in (whole, without)
        assert count >= promised or said(promised - 1).person == "maria"
    assert len(outcomes) > 20
