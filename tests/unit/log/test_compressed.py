"""Compressed segments: smaller, readable by others, and read here from any place."""

from pathlib import Path

import pytest
import zstandard

from healthmon.log import (
    Follower,
    LogError,
    LogReason,
    compress,
    offset_at,
    read,
    sealed,
    tail,
    upkeep_lock,
    verify,
)
from healthmon.log.compressed import pack, read_content
from healthmon.log.disk import Disk
from tests.unit.log.entries import at, change, entries, files, written


def packed(folder: Path) -> list[Path]:
    return sorted((folder / "log").glob("*.zst"))


@pytest.fixture
def long(tmp_path: Path) -> Path:
    """A log of six segments, 60 entries."""
    written(tmp_path, *[10] * 6, segment_bytes=2500)
    return tmp_path


def test_a_compressed_log_reads_as_before(long: Path) -> None:
    saved = compress(long)

    assert (list(read(long)), len(packed(long)), saved > 0) == (entries(60), len(files(long)) + 2, True)


def test_the_newest_segments_stay_plain(long: Path) -> None:
    names = [path.name for path in files(long)]
    compress(long)

    assert [path.name for path in files(long)] == names[-2:]


def test_compressing_twice_does_nothing(long: Path) -> None:
    compress(long)

    assert compress(long) == 0


def test_every_offset_and_moment_is_found_in_a_compressed_log(long: Path) -> None:
    compress(long)

    assert [next(read(long, offset)).offset for offset in range(60)] == list(range(60))
    assert [offset_at(long, at(offset + 1)) for offset in range(60)] == list(range(60))


def test_the_tail_reaches_into_compressed_segments(long: Path) -> None:
    compress(long)

    assert tail(long, 45) == entries(60)[15:]


def test_a_compressed_log_verifies_with_the_same_head(long: Path) -> None:
    head = verify(long).head
    compress(long)
    verdict = verify(long, head)

    assert (verdict.is_whole, verdict.head_found, verdict.entries) == (True, True, 60)


def test_a_follower_goes_on_when_its_segment_is_compressed_behind_it(long: Path) -> None:
    follower = Follower(long)
    first = follower.poll(4)
    compress(long)

    assert first + follower.poll() == entries(60)


def test_what_sealed_tells_is_the_same_before_and_after(long: Path) -> None:
    before = [(one.first_offset, one.next_offset, one.digest, one.size) for one in sealed(long)]
    compress(long)

    assert [(one.first_offset, one.next_offset, one.digest, one.size) for one in sealed(long)] == before


def test_a_flipped_bit_in_a_compressed_segment_is_found_or_changes_nothing(long: Path) -> None:
    compress(long)
    path = packed(long)[1]
    whole = path.read_bytes()
    outcomes = set()
    for position in range(len(whole)):
        change(path, position)
        is_intact = list(read(long, on_damage=lambda _: None)) == entries(60)
        outcomes.add((is_intact, verify(long).is_whole))
        path.write_bytes(whole)

    assert outcomes == {(True, True), (False, False)}


def test_damage_in_a_compressed_segment_is_stepped_over_and_told(long: Path) -> None:
    compress(long)
    change(packed(long)[1], 40)
    told: list[object] = []
    found = list(read(long, on_damage=told.append))

    assert (found[:10], found[-10:], len(found) < 60, bool(told)) == (
        entries(60)[:10],
        entries(60)[-10:],
        True,
        True,
    )


def test_a_plain_segment_and_its_compressed_copy_are_one(long: Path) -> None:
    first = files(long)[0]
    pack(
        first, first.with_name(first.name + ".zst"), Disk()
    )  # a crash came before the plain one was taken away

    assert list(read(long)) == entries(60)


def test_other_programs_unpack_it(long: Path) -> None:
    plain = files(long)[0].read_bytes()
    compress(long)
    with packed(long)[0].open("rb") as file:
        content = zstandard.ZstdDecompressor().stream_reader(file, read_across_frames=True).read()

    assert content == plain


def test_content_of_many_frames_is_read_from_any_place(tmp_path: Path) -> None:
    source, target = tmp_path / "plain", tmp_path / "packed"
    source.write_bytes(b"".join(b"%09d\n" % number for number in range(300_000)))
    pack(source, target, Disk())
    places = [0, 1, (1 << 20) - 3, 1 << 20, 2_500_000, 2_999_990, 3_000_000]

    assert [read_content(target, place, 20) for place in places] == [
        source.read_bytes()[place : place + 20] for place in places
    ]


def test_nobody_compresses_what_another_is_exchanging(long: Path) -> None:
    with upkeep_lock(long), pytest.raises(LogError) as caught, upkeep_lock(long, wait=False):
        pass

    assert caught.value.reason is LogReason.LOCKED


def test_a_damaged_segment_stays_as_it_is(long: Path) -> None:
    second = files(long)[1]
    change(second, second.stat().st_size // 2)
    content = second.read_bytes()

    compress(long)

    assert second.read_bytes() == content
    assert second.name + ".zst" not in [path.name for path in packed(long)]
    assert len(packed(long)) > 1
