"""Refusals: the raw bytes, why, when, and never more than there is room for."""

import stat
from hashlib import sha256
from pathlib import Path

import pytest

from healthmon.events import Message, Refusal, Rejected
from healthmon.log import DeadLetter, DeadLetters, LogError, LogReason, read_dead_letters
from tests.unit.log.disks import CountingDisk, SmallDisk
from tests.unit.log.entries import START, change


def refused(payload: bytes, topic: str = "healthmon/home/watch-7/event") -> Rejected:
    """A message that could not be read."""
    return Rejected(Message(topic, payload), Refusal.NOT_JSON, "invalid character (byte 0)")


def test_what_is_kept_is_read_back(tmp_path: Path) -> None:
    payload = bytes(range(256))
    DeadLetters(tmp_path).keep(refused(payload), START, 41)

    assert list(read_dead_letters(tmp_path)) == [
        DeadLetter(
            offset=41,
            received=START,
            topic="healthmon/home/watch-7/event",
            reason=Refusal.NOT_JSON,
            detail="invalid character (byte 0)",
            retained=False,
            size=256,
            sha256=sha256(payload).hexdigest(),
            payload=payload,
        )
    ]


def test_a_refusal_is_durable_when_keep_returns(tmp_path: Path) -> None:
    disk = CountingDisk()
    letters = DeadLetters(tmp_path, disk=disk)
    letters.keep(refused(b"one"), START, 1)
    disk.asked.append("returned")
    letters.keep(refused(b"two"), START, 2)

    assert disk.asked[-6:] == ["write", "sync", "sync folder refused", "returned", "write", "sync"]


def test_many_refusals_cost_one_sync(tmp_path: Path) -> None:
    disk = CountingDisk()
    letters = DeadLetters(tmp_path, disk=disk)
    letters.keep(refused(b"one"), START, 1)
    disk.asked.clear()
    letters.keep_all(DeadLetter.of(refused(b"%d" % n), START, n) for n in range(50))

    assert (disk.asked, len(list(read_dead_letters(tmp_path)))) == (["write", "sync"], 51)


def test_a_large_message_is_kept_in_part_and_measured_whole(tmp_path: Path) -> None:
    payload = b"\xff" * 2_000_000
    DeadLetters(tmp_path).keep(refused(payload), START, 1)
    letter = next(read_dead_letters(tmp_path))

    assert (len(letter.payload), letter.size, letter.is_complete) == (65536, 2_000_000, False)
    assert letter.sha256 == sha256(payload).hexdigest()


def test_the_oldest_go_when_there_are_too_many(tmp_path: Path) -> None:
    letters = DeadLetters(tmp_path, file_bytes=2000, files=3)
    for number in range(200):
        letters.keep(refused(b"nonsense %d" % number), START, number)
    kept = [letter.offset for letter in read_dead_letters(tmp_path)]

    assert kept == list(range(kept[0], 200))
    assert sum(path.stat().st_size for path in (tmp_path / "refused").iterdir()) <= 3 * 2000


def test_half_a_letter_does_not_spoil_the_next(tmp_path: Path) -> None:
    letters = DeadLetters(tmp_path)
    letters.keep(refused(b"one"), START, 1)
    path = next((tmp_path / "refused").iterdir())
    path.write_bytes(path.read_bytes() + b'{"offset":2,"rec')
    letters.keep(refused(b"three"), START, 3)

    assert [letter.offset for letter in read_dead_letters(tmp_path)] == [1, 3]


def test_a_damaged_letter_is_left_out(tmp_path: Path) -> None:
    letters = DeadLetters(tmp_path)
    for number in range(3):
        letters.keep(refused(b"%d" % number), START, number)
    path = next((tmp_path / "refused").iterdir())
    change(path, path.stat().st_size // 2)

    assert [letter.offset for letter in read_dead_letters(tmp_path)] == [0, 2]


def test_a_full_disk_is_told_and_the_next_letter_is_whole(tmp_path: Path) -> None:
    disk = SmallDisk(500)
    letters = DeadLetters(tmp_path, disk=disk)
    letters.keep(refused(b"one"), START, 1)
    with pytest.raises(LogError) as caught:
        letters.keep(refused(b"two"), START, 2)
    disk.room = 10_000
    letters.keep(refused(b"two"), START, 2)

    assert caught.value.reason is LogReason.DISK_FULL
    assert [letter.offset for letter in read_dead_letters(tmp_path)] == [1, 2]


def test_nothing_refused_reads_as_nothing(tmp_path: Path) -> None:
    assert list(read_dead_letters(tmp_path)) == []


def test_only_the_owner_may_read_it(tmp_path: Path) -> None:
    DeadLetters(tmp_path).keep(refused(b"one"), START, 1)
    home = tmp_path / "refused"

    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert [stat.S_IMODE(path.stat().st_mode) for path in home.iterdir()] == [0o600]
