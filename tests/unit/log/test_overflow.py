"""A disk that cannot be written: the log goes on elsewhere, and comes back whole."""

import errno
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from healthmon.events import Message, Refusal, Rejected
from healthmon.log import (
    DeadLetters,
    EventLog,
    Follower,
    LogError,
    LogReason,
    LogState,
    Room,
    next_offset,
    read,
    read_dead_letters,
    tail,
    verify,
)
from tests.unit.log.disks import SickDisk
from tests.unit.log.entries import CLOCK, entries, files, written

STEPS = ("append", "append", "fail", "mend", "recover", "crash", "follow")


class Home:
    """A data folder on a disk that may fail, and another place for the overflow."""

    def __init__(self, folder: Path) -> None:
        self.data = folder / "data"
        self.elsewhere = folder / "runtime" / "overflow"
        self.disk = SickDisk()

    def open(self, *, overflow_bytes: int = 1 << 20, reserve_bytes: int = 0) -> EventLog:
        room = Room(
            segment_bytes=2500,
            overflow=self.elsewhere,
            overflow_bytes=overflow_bytes,
            reserve_bytes=reserve_bytes,
        )
        return EventLog.open(self.data, clock=CLOCK, disk=self.disk, room=room)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


@pytest.fixture
def log(home: Home) -> Iterator[EventLog]:
    """A log of 3 events whose disk has just begun to fail."""
    with home.open() as opened:
        opened.append(entries(3))
        home.disk.trouble = errno.EROFS
        yield opened


def test_a_disk_that_fails_loses_nothing(home: Home, log: EventLog) -> None:
    log.append(entries(20, 3))

    assert (list(read(home.data)), log.state) == (entries(23), LogState.OVERFLOW)


def test_the_trouble_is_told_with_its_cure(home: Home, log: EventLog) -> None:
    log.append(entries(1, 3))

    assert "mount it writable" in log.trouble


def test_a_follower_sees_no_difference(home: Home, log: EventLog) -> None:
    follower = Follower(home.data)
    seen = follower.poll()
    log.append(entries(2, 3))
    seen += follower.poll()
    log.append(entries(2, 5))
    seen += follower.poll()
    home.disk.trouble = 0
    log.recover()
    log.append(entries(2, 7))
    seen += follower.poll()

    assert seen == entries(9)


def test_readers_know_the_end_while_it_overflows(home: Home, log: EventLog) -> None:
    log.append(entries(4, 3))

    assert (next_offset(home.data), tail(home.data, 5)) == (7, entries(5, 2))


def test_an_overflowing_log_is_whole(home: Home, log: EventLog) -> None:
    log.append(entries(4, 3))
    verdict = verify(home.data)

    assert (verdict.is_whole, verdict.entries, verdict.damages) == (True, 7, ())


def test_when_the_disk_is_back_the_log_is_as_if_nothing_had_happened(
    home: Home, log: EventLog, tmp_path: Path
) -> None:
    log.append(entries(4, 3))
    home.disk.trouble = 0
    state = log.recover()
    log.append(entries(1, 7))
    written(tmp_path / "well", 3, 4, 1, segment_bytes=2500)

    assert state is LogState.WELL
    assert [path.read_bytes() for path in files(home.data)] == [
        path.read_bytes() for path in files(tmp_path / "well")
    ]


def test_while_the_disk_is_still_sick_recovering_changes_nothing(home: Home, log: EventLog) -> None:
    log.append(entries(4, 3))

    assert (log.recover(), list(read(home.data))) == (LogState.OVERFLOW, entries(7))


def test_a_crash_while_it_overflows_loses_nothing(home: Home, log: EventLog) -> None:
    log.append(entries(4, 3))
    log.close()
    home.disk.trouble = 0
    with home.open() as again:
        again.append(entries(1, 7))
        again.recover()

    assert (list(read(home.data)), verify(home.data).is_whole) == (entries(8), True)


def test_a_crash_while_the_disk_stays_sick_goes_on_in_the_overflow(home: Home, log: EventLog) -> None:
    log.append(entries(4, 3))
    log.close()
    home.disk.trouble = 0
    with home.open() as again:
        home.disk.trouble = errno.EIO
        again.append(entries(2, 7))

        assert (again.state, list(read(home.data))) == (LogState.OVERFLOW, entries(9))


def test_a_full_overflow_refuses_with_what_the_disk_said(home: Home) -> None:
    with home.open(overflow_bytes=2000) as log:
        home.disk.trouble = errno.ENOSPC
        log.append(entries(3))
        with pytest.raises(LogError) as caught:
            log.append(entries(20, 3))
        home.disk.trouble = 0
        log.recover()

    assert (caught.value.reason, list(read(home.data))) == (LogReason.DISK_FULL, entries(3))


def test_without_an_overflow_the_disk_s_refusal_is_told(home: Home) -> None:
    with EventLog.open(home.data, clock=CLOCK, disk=home.disk) as log:
        home.disk.trouble = errno.EIO
        with pytest.raises(LogError) as caught:
            log.append(entries(1))

    assert (caught.value.reason, list(read(home.data))) == (LogReason.IO_ERROR, [])


def test_a_lost_overflow_costs_no_more_than_what_was_in_it(home: Home, log: EventLog) -> None:
    log.append(entries(4, 3))
    log.close()
    for path in home.elsewhere.iterdir():
        path.unlink()  # a power cut
    home.disk.trouble = 0
    with home.open() as again:
        left = again.next_offset

    assert (left >= 3, list(read(home.data))) == (True, entries(left))


def test_a_full_disk_is_given_the_reserve_first(home: Home) -> None:
    with home.open(reserve_bytes=1 << 20) as log:
        assert (home.data / "reserve").stat().st_size == 1 << 20
        home.disk.trouble = errno.ENOSPC

        home.disk.mended_by = home.data / "reserve"
        log.append(entries(3))

        assert (log.state, list(read(home.data))) == (LogState.RESERVE, entries(3))


def test_the_reserve_is_set_aside_again_when_there_is_room(home: Home) -> None:
    with home.open(reserve_bytes=1 << 20) as log:
        home.disk.trouble = errno.ENOSPC
        home.disk.mended_by = home.data / "reserve"
        log.append(entries(3))
        had_it = (home.data / "reserve").exists()

        assert (had_it, log.recover(), (home.data / "reserve").exists()) == (False, LogState.WELL, True)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(STEPS), max_size=25))
def test_whatever_the_disk_does_nothing_taken_is_lost_or_invented(
    tmp_path_factory: pytest.TempPathFactory, steps: list[str]
) -> None:
    home = Home(tmp_path_factory.mktemp("home"))
    log, taken = home.open(), 0
    follower = Follower(home.data)
    followed = []
    for step in steps:
        match step:
            case "append":
                log.append(entries(3, taken))
                taken += 3
            case "fail":
                home.disk.trouble = errno.EIO
            case "mend":
                home.disk.trouble = 0
            case "recover":
                log.recover()
            case "follow":
                followed += follower.poll()
            case _:
                home.disk.trouble = 0
                log.close()
                log = home.open()
    log.close()

    assert list(read(home.data)) == entries(taken)
    assert followed + follower.poll() == entries(taken)
    assert verify(home.data).is_whole


def test_what_is_refused_while_the_disk_fails_is_kept_elsewhere_and_comes_back(home: Home) -> None:
    letters = DeadLetters(home.data, disk=home.disk)
    refused = Rejected(Message(topic="t", payload=b"nonsense"), Refusal.NOT_JSON, "no JSON")
    with home.open():
        home.disk.trouble = errno.EROFS
        letters.keep(refused, CLOCK.now(), 0)
        kept = [letter.payload for letter in read_dead_letters(home.data)]
        home.disk.trouble = 0
        letters.recover()

    back = [letter.payload for letter in read_dead_letters(home.data)]
    assert (kept, back, list((home.elsewhere / "refused").iterdir())) == ([b"nonsense"], [b"nonsense"], [])


def test_a_disk_that_is_sick_from_the_start_goes_on_in_the_overflow(home: Home, log: EventLog) -> None:
    log.close()
    with home.open() as again:
        again.append(entries(4, 3))
        seen = (again.state, list(read(home.data)))
        home.disk.trouble = 0
        state = again.recover()
        again.append(entries(1, 7))

    assert seen == (LogState.OVERFLOW, entries(7))
    assert (state, list(read(home.data)), verify(home.data).is_whole) == (LogState.WELL, entries(8), True)


def test_what_another_log_left_in_the_overflow_is_put_aside(home: Home, log: EventLog) -> None:
    log.append(entries(4, 3))
    log.close()
    home.disk.trouble = 0
    shutil.rmtree(home.data / "log")  # a new disk in the old place
    with home.open() as fresh:
        fresh.append(entries(2))
        stray = fresh.stray_overflow

    assert (list(read(home.data)), Path(stray).exists()) == (entries(2), True)


def test_an_overflow_folder_that_somebody_tidied_away_is_made_again(home: Home, log: EventLog) -> None:
    log.append(entries(4, 3))
    home.disk.trouble = 0
    log.recover()
    shutil.rmtree(home.elsewhere)
    home.disk.trouble = errno.EIO
    log.append(entries(4, 7))

    assert (list(read(home.data)), log.state) == (entries(11), LogState.OVERFLOW)


def test_an_overflow_in_which_nothing_stands_yet_is_no_damage(home: Home, log: EventLog) -> None:
    log.close()
    with home.open() as again:
        follower = Follower(home.data)

        assert (follower.poll(), follower.poll(), again.state) == (entries(3), [], LogState.OVERFLOW)
