"""Which log a folder holds: a copy is noticed wherever it is made, and a reboot is not taken for one."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from healthmon.events import wire
from healthmon.log import EventLog, Identity, identity_of
from healthmon.log.edition import identity_path
from tests.unit.log.disks import HurriedDisk
from tests.unit.log.entries import CLOCK, written


def opened(folder: Path) -> tuple[Identity, bool]:
    """What opening the log says of it."""
    with EventLog.open(folder, clock=CLOCK, disk=HurriedDisk()) as log:
        assert log.identity is not None
        return log.identity, log.is_copy


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A log that was opened here, and closed."""
    written(tmp_path, 5)
    return tmp_path


def told(folder: Path, **changes: int | None) -> Identity:
    """Have its file say something else."""
    known = identity_of(folder)
    assert known is not None
    changed = replace(known, **changes)  # type: ignore[arg-type]  # numbers or nothing, as the fields are
    identity_path(folder).write_bytes(wire.write(changed))
    return known


def test_a_log_that_stays_where_it_is_keeps_its_name(home: Path) -> None:
    known = identity_of(home)

    assert opened(home) == (known, False)


def test_a_copy_on_another_disk_is_noticed_although_its_inode_is_the_same(home: Path) -> None:
    lock_born = (home / "log" / "upkeep.lock").stat().st_ctime_ns
    known = told(home, device=7, lock_born=lock_born - 1)

    fresh, is_copy = opened(home)

    assert (is_copy, fresh.copied_from, fresh.log != known.log) == (True, known.log, True)


def test_a_disk_that_has_another_number_after_a_reboot_is_the_same(home: Path) -> None:
    known = told(home, device=7)

    assert opened(home) == (known, False)
    assert identity_of(home) == known


def test_changed_rights_are_no_copy(home: Path) -> None:
    known = identity_of(home)
    (home / "log" / "upkeep.lock").chmod(0o640)

    now, is_copy = opened(home)

    assert known is not None
    assert (is_copy, now.log, now.lock_born != known.lock_born) == (False, known.log, True)


def test_what_an_earlier_version_wrote_is_known_and_completed(home: Path) -> None:
    known = told(home, device=None, lock_born=None)

    assert opened(home) == (known, False)
    assert identity_of(home) == known


def test_another_folder_is_a_copy(home: Path) -> None:
    known = told(home, inode=1)

    assert opened(home)[0].copied_from == known.log


def test_nothing_reopens_the_lock_so_that_its_time_changes(home: Path) -> None:
    born = (home / "log" / "upkeep.lock").stat().st_ctime_ns
    opened(home)
    os.close(os.open(home / "log" / "upkeep.lock", os.O_RDWR | os.O_CREAT))

    assert (home / "log" / "upkeep.lock").stat().st_ctime_ns == born
