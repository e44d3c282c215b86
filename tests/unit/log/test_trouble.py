"""Bad days of the disk: what was refused leaves nothing, and the same call works when the disk is better."""

import errno
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from healthmon.log import EventLog, LogError, LogReason, read, verify
from tests.unit.log.disks import FailingDisk, SmallDisk
from tests.unit.log.entries import CLOCK, entries, files, make_newer, written


def test_a_full_disk_keeps_none_of_the_batch_and_takes_it_later(tmp_path: Path) -> None:
    disk = SmallDisk(1000)
    with EventLog.open(tmp_path, clock=CLOCK, disk=disk) as log:
        log.append(entries(2))
        with pytest.raises(LogError) as caught:
            log.append(entries(5, 2))
        after_refusal = list(read(tmp_path))
        disk.room = 10_000
        log.append(entries(5, 2))

    assert (caught.value.reason, after_refusal) == (LogReason.DISK_FULL, entries(2))
    assert list(read(tmp_path)) == entries(7)
    assert verify(tmp_path).is_whole


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.EIO, LogReason.IO_ERROR),
        (errno.EROFS, LogReason.READ_ONLY),
        (errno.EDQUOT, LogReason.DISK_FULL),
        (errno.EACCES, LogReason.NOT_PERMITTED),
    ],
)
def test_a_failed_sync_takes_the_lines_back(tmp_path: Path, number: int, reason: LogReason) -> None:
    disk = FailingDisk()
    with EventLog.open(tmp_path, clock=CLOCK, disk=disk) as log:
        log.append(entries(1))
        disk.refuses["sync"] = [number]
        with pytest.raises(LogError) as caught:
            log.append(entries(3, 1))
        after_refusal = list(read(tmp_path))
        log.append(entries(3, 1))

    assert (caught.value.reason, after_refusal) == (reason, entries(1))
    assert list(read(tmp_path)) == entries(4)
    assert verify(tmp_path).is_whole


def test_lines_that_could_not_be_taken_back_at_once_are_taken_back_later(tmp_path: Path) -> None:
    disk = FailingDisk()
    with EventLog.open(tmp_path, clock=CLOCK, disk=disk) as log:
        disk.refuses = {"sync": [errno.EIO], "cut": [errno.EIO, errno.EIO]}
        for _ in range(2):
            with pytest.raises(LogError):
                log.append(entries(3))
        log.append(entries(2))

    assert list(read(tmp_path)) == entries(2)
    assert verify(tmp_path).is_whole


@pytest.mark.parametrize(
    ("what", "passed_before"),
    [("sync", 0), ("create", 0), ("sync", 1), ("sync folder", 0), ("sync", 2)],
    ids=["seal", "next segment", "its header", "its name", "the note"],
)
def test_a_rotation_that_fails_half_way_is_finished_by_the_next_append(
    tmp_path: Path, what: str, passed_before: int
) -> None:
    disk = FailingDisk()
    with EventLog.open(tmp_path, clock=CLOCK, segment_bytes=500, disk=disk) as log:
        log.append(entries(1))
        disk.refuses[what] = [0] * passed_before + [errno.ENOSPC]
        with pytest.raises(LogError) as caught:
            log.append(entries(3, 1))
        log.append(entries(3, 1))

    assert caught.value.reason is LogReason.DISK_FULL
    assert list(read(tmp_path)) == entries(4)
    assert (len(files(tmp_path)), verify(tmp_path).is_whole) == (2, True)


@pytest.mark.parametrize("what", ["create", "sync folder"])
def test_a_rotation_that_failed_half_way_is_finished_by_the_next_writer(tmp_path: Path, what: str) -> None:
    disk = FailingDisk()
    with EventLog.open(tmp_path, clock=CLOCK, segment_bytes=500, disk=disk) as log:
        log.append(entries(1))
        disk.refuses[what] = [errno.ENOSPC]
        with pytest.raises(LogError):
            log.append(entries(3, 1))
    with EventLog.open(tmp_path, clock=CLOCK) as log:
        log.append(entries(3, log.next_offset))

    assert list(read(tmp_path)) == entries(4)
    assert (len(files(tmp_path)), verify(tmp_path).is_whole) == (2, True)


def test_a_folder_that_cannot_be_made_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")

    with pytest.raises(LogError) as caught:
        EventLog.open(tmp_path / "file" / "home", clock=CLOCK)
    assert (caught.value.reason, str(caught.value).count("\n")) == (LogReason.IO_ERROR, 0)


_FILLS_ITS_DISK = """
import resource, sys
from pathlib import Path
from healthmon.log import EventLog, LogError
from tests.unit.log.entries import CLOCK, entries

resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
with EventLog.open(Path(sys.argv[1]), clock=CLOCK) as log:
    try:
        while True:
            log.append(entries(7, log.next_offset))
    except LogError as error:
        print(error.reason, log.next_offset)
"""


@pytest.mark.skipif(not hasattr(resource, "RLIMIT_FSIZE"), reason="this system limits no file sizes")
def test_a_real_limit_of_the_system_loses_nothing_that_was_taken(tmp_path: Path, root: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", _FILLS_ITS_DISK, str(tmp_path)],
        cwd=root,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    reason, taken = ended.stdout.split()

    assert (reason, list(read(tmp_path))) == ("disk-full", entries(int(taken)))
    assert int(taken) > 0
    assert verify(tmp_path).is_whole


def test_a_newer_format_is_refused_by_writer_readers_and_proof(tmp_path: Path) -> None:
    written(tmp_path, 1)
    make_newer(files(tmp_path)[0])

    for attempt in (
        lambda: EventLog.open(tmp_path, clock=CLOCK),
        lambda: list(read(tmp_path)),
        lambda: verify(tmp_path),
    ):
        with pytest.raises(LogError) as caught:
            attempt()
        assert (caught.value.reason, str(caught.value).count("\n")) == (LogReason.NEWER_FORMAT, 0)
