"""Following: each entry once, in order, never half of one, and never past a log that was changed."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from healthmon.log import Damage, EventLog, Follower, LogError, LogReason, follow
from healthmon.log.segment import segments
from tests.unit.log.entries import CLOCK, NEWEST, change, entries, entry, files, lines, written


def test_a_log_that_does_not_exist_yet_is_waited_for(tmp_path: Path) -> None:
    follower = Follower(tmp_path / "home")
    before = follower.poll()
    written(tmp_path / "home", 2)

    assert (before, follower.poll()) == ([], entries(2))


def test_each_entry_is_handed_out_once(tmp_path: Path) -> None:
    follower = Follower(tmp_path)
    with EventLog.open(tmp_path, clock=CLOCK) as log:
        log.append(entries(2))
        first = follower.poll()
        log.append(entries(3, 2))
        second = follower.poll()

    assert (first, second, follower.poll(), follower.offset) == (entries(2), entries(3, 2), [], 5)


def test_no_more_are_handed_out_than_asked_for(tmp_path: Path) -> None:
    written(tmp_path, 7, 3, segment_bytes=1000)
    follower = Follower(tmp_path)

    assert [len(follower.poll(4)) for _ in range(4)] == [4, 4, 2, 0]


def test_new_segments_are_picked_up(tmp_path: Path) -> None:
    follower = Follower(tmp_path)
    seen = []
    with EventLog.open(tmp_path, clock=CLOCK, segment_bytes=600) as log:
        for offset in range(7):
            log.append([entry(offset)])
            seen += follower.poll()

    assert seen == entries(7)
    assert len(files(tmp_path)) > 3


def test_a_follower_starts_where_the_log_ends(tmp_path: Path) -> None:
    written(tmp_path, 3)
    follower = Follower(tmp_path, 3)
    before = follower.poll()
    written(tmp_path, 1)

    assert (before, follower.poll()) == ([], [entry(3)])


def test_half_a_line_is_waited_for(tmp_path: Path) -> None:
    written(tmp_path, 3)
    path = files(tmp_path)[0]
    content = path.read_bytes()
    cut = len(content) - len(lines(path)[-1])
    follower = Follower(tmp_path)
    seen = []
    for size in range(cut, len(content), 7):
        path.write_bytes(content[:size])
        seen.append(len(follower.poll()))
    path.write_bytes(content)
    seen.append(len(follower.poll()))

    assert seen == [2] + [0] * (len(seen) - 2) + [1]


def test_half_a_header_is_waited_for(tmp_path: Path) -> None:
    written(tmp_path, 1)
    path = files(tmp_path)[0]
    content = path.read_bytes()
    follower = Follower(tmp_path)
    seen = []
    for size in range(0, len(lines(path)[0]), 11):
        path.write_bytes(content[:size])
        seen += follower.poll()
    path.write_bytes(content)

    assert (seen, follower.poll()) == ([], entries(1))


def test_a_torn_tail_is_waited_for_and_then_what_replaced_it_is_read(tmp_path: Path) -> None:
    written(tmp_path, 2)
    lock = (tmp_path / "lock").read_bytes()
    path = files(tmp_path)[0]
    path.write_bytes(path.read_bytes() + b"\0" * 30 + b"\n" + b"\0" * 30)
    (tmp_path / "lock").write_bytes(lock)
    follower = Follower(tmp_path)
    before = follower.poll()
    written(tmp_path, 2)

    assert (before, follower.poll()) == (entries(2), entries(2, 2))


def test_a_log_cut_behind_the_reader_is_noticed(tmp_path: Path) -> None:
    written(tmp_path, 3)
    path = files(tmp_path)[0]
    follower = Follower(tmp_path)
    follower.poll()
    path.write_bytes(b"".join(lines(path)[:-1]))

    _assert_replaced(follower)


def test_a_log_cut_and_grown_again_behind_the_reader_is_noticed(tmp_path: Path) -> None:
    written(tmp_path, 2)
    follower = Follower(tmp_path)
    follower.poll()
    path = files(tmp_path)[0]
    path.write_bytes(b"".join(lines(path)[:-1]))
    (tmp_path / "lock").unlink()
    with EventLog.open(tmp_path, clock=CLOCK) as log:
        log.append([entry(1, {"value": 1}), entry(2)])

    _assert_replaced(follower)


def test_a_log_that_was_taken_away_is_noticed(tmp_path: Path) -> None:
    written(tmp_path, 3)
    follower = Follower(tmp_path)
    follower.poll()
    shutil.rmtree(tmp_path / "log")

    _assert_replaced(follower)


def test_a_log_that_was_exchanged_is_noticed(tmp_path: Path) -> None:
    written(tmp_path, 3)
    follower = Follower(tmp_path)
    follower.poll()
    shutil.rmtree(tmp_path / "log")
    with EventLog.open(tmp_path, clock=CLOCK) as log:
        log.append([entry(offset, {"value": 70, "person": "piotr"}) for offset in range(9)])

    _assert_replaced(follower)


def _assert_replaced(follower: Follower) -> None:
    for _ in range(2):
        with pytest.raises(LogError) as caught:
            follower.poll()
        assert caught.value.reason is LogReason.REPLACED


def test_entries_before_damage_come_first_then_the_damage(tmp_path: Path) -> None:
    written(tmp_path, 4)
    path = files(tmp_path)[0]
    change(path, path.read_bytes().index(b'"watch-7:1:2"'))
    follower = Follower(tmp_path)
    first = follower.poll()

    assert first == entries(2)
    for _ in range(2):
        with pytest.raises(LogError) as caught:
            follower.poll()
        assert caught.value.reason is LogReason.DAMAGED


def test_damage_is_stepped_over_for_whoever_asks_to_be_told(tmp_path: Path) -> None:
    written(tmp_path, 4)
    path = files(tmp_path)[0]
    change(path, path.read_bytes().index(b'"watch-7:1:2"'))
    told: list[Damage] = []
    follower = Follower(tmp_path, on_damage=told.append)
    seen = follower.poll() + follower.poll()

    assert ([one.offset for one in seen], [damage.line for damage in told]) == ([0, 1, 3], [4])
    assert follower.offset == 4


def test_a_segment_without_its_seal_before_another_is_damage(tmp_path: Path) -> None:
    written(tmp_path, *[1] * 4, segment_bytes=600)
    path = files(tmp_path)[0]
    path.write_bytes(b"".join(lines(path)[:-1]))
    follower = Follower(tmp_path)
    seen = follower.poll()

    with pytest.raises(LogError) as caught:
        follower.poll()
    assert caught.value.reason is LogReason.DAMAGED
    assert len(seen) == len(lines(path)) - 1


def test_a_missing_segment_is_damage(tmp_path: Path) -> None:
    written(tmp_path, *[1] * 6, segment_bytes=600)
    files(tmp_path)[1].unlink()
    follower = Follower(tmp_path)
    follower.poll()

    with pytest.raises(LogError) as caught:
        follower.poll()
    assert caught.value.reason is LogReason.DAMAGED


def _between_two_looks(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """Let something happen just before the follower next looks which segments there are."""
    pending = [act]

    def look(folder: Path) -> list[Path]:
        if pending:
            pending.pop()()
        return segments(folder)

    monkeypatch.setattr(follow, "segments", look)


def test_a_segment_finished_while_the_follower_looks_is_no_damage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path, 1)
    follower = Follower(tmp_path)
    follower.poll()
    _between_two_looks(monkeypatch, lambda: written(tmp_path, 1, 1, segment_bytes=800))

    assert follower.poll() == entries(2, 1)
    assert len(files(tmp_path)) == 2


def test_a_torn_tail_mended_while_the_follower_looks_is_no_damage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path, 1)
    follower = Follower(tmp_path)
    follower.poll()
    path = files(tmp_path)[0]
    path.write_bytes(path.read_bytes() + b"\0" * 30 + b"\n" + b"\0" * 30)
    _between_two_looks(monkeypatch, lambda: written(tmp_path, 1, 1, segment_bytes=800))

    assert follower.poll() == entries(2, 1)
    assert len(files(tmp_path)) == 2


def test_a_line_longer_than_a_read_is_read_whole(tmp_path: Path) -> None:
    large = entry(1, {"note": "x" * 3_000_000})
    with EventLog.open(tmp_path, clock=CLOCK) as log:
        log.append([entry(0), large, entry(2)])

    assert Follower(tmp_path).poll() == [entry(0), large, entry(2)]
    assert Follower(tmp_path, 1).poll(1) == [large]


def test_following_needs_no_closing_and_holds_no_file(tmp_path: Path) -> None:
    written(tmp_path, 3)
    follower = Follower(tmp_path)
    follower.poll()
    path = files(tmp_path)[NEWEST]

    open_files = {str(link.resolve()) for link in Path("/proc/self/fd").glob("*") if link.exists()}
    assert str(path) not in open_files
