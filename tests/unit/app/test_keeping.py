"""Checkpoints of logic and view: what is deleted is made again, what is damaged or not ours is ignored."""

import itertools
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random
from types import ModuleType

import pytest

from healthmon import log
from healthmon.app.keeping import arrays, fold, logic
from healthmon.app.keeping.milestones import Bite, Pace, bites
from healthmon.clock import TurnedClock
from healthmon.events import Entry
from healthmon.log.checkpoints import Shelf
from healthmon.settings import RuleSettings, Settings
from healthmon.view.fold import Fold
from tests.bench.long_home import Home, entries

HOME = Home(days=0.04, people=2)  # an hour, some 7,600 entries
SETTINGS = Settings()
DENSE = Pace(entries=1_000, time=timedelta(minutes=5))


@pytest.fixture(autouse=True)
def _dense(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fold, "PACE", DENSE)
    monkeypatch.setattr(fold, "STRETCH", 3)
    monkeypatch.setattr(logic, "PACE", DENSE)


@pytest.fixture(scope="module")
def said() -> list[Entry]:
    """What the log holds."""
    return list(entries(HOME, judged=True))


@pytest.fixture
def data(tmp_path: Path, said: list[Entry]) -> Path:
    """A folder with a log of several segments."""
    _write(tmp_path, said)
    return tmp_path


def _write(data: Path, said: list[Entry], *, start: int = 0) -> None:
    with log.EventLog.open(data, clock=TurnedClock(HOME.start), segment_bytes=400_000) as journal:
        for begin in range(start, len(said), 500):
            journal.append(said[begin : begin + 500])


def _offsets(shelf: Shelf) -> list[int]:
    return [record.note.offset for path in shelf.stretches() for record in shelf.records(path)]


def _view(data: Path, at_most: int | None = None) -> str:
    made, begun = fold.newest_fold(data, at_most=at_most)
    made.take(log.read(data, begun))
    return _told(made)


def _told(made: Fold) -> str:
    """All of a fold, as one text."""
    kept = fold.ROOMS.kept(fold.ROOMS.brought_back(fold.ROOMS.kept(made)))
    return repr((kept.buffers, sorted(made.people), made.offset, list(made.rows)))


def test_folds_stand_near_each_other_and_where_segments_end(data: Path) -> None:
    fold.keep_folds(data)

    offsets = [0, *_offsets(fold.fold_shelf(data))]
    assert max(b - a for a, b in itertools.pairwise(offsets)) <= DENSE.entries
    assert {one.next_offset for one in log.sealed(data)} <= set(offsets)
    assert offsets[-1] == log.next_offset(data)


def test_from_any_of_them_the_fold_is_the_full_fold(data: Path, said: list[Entry]) -> None:
    whole = Fold()
    whole.take(said)
    fold.keep_folds(data)

    told = {_view(data, at_most) for at_most in (None, 1, 2_500, 5_000, len(said) - 1)}

    assert told == {_told(whole)}


def test_what_was_deleted_is_made_again(data: Path) -> None:
    fold.keep_folds(data)
    shelf = fold.fold_shelf(data)
    before = _offsets(shelf)
    for path in (shelf.stretches()[0], shelf.stretches()[2]):
        path.unlink()

    fold.keep_folds(data)

    assert _offsets(shelf) == before


def test_a_damaged_stretch_serves_up_to_its_damage_and_is_then_made_anew(data: Path) -> None:
    fold.keep_folds(data)
    shelf = fold.fold_shelf(data)
    before, middle = _offsets(shelf), shelf.stretches()[1]
    records = shelf.records(middle)
    content = bytearray(middle.read_bytes())
    content[records[1].end - 2] ^= 1
    middle.write_bytes(content)

    _, begun = fold.newest_fold(data, at_most=records[-1].note.offset)
    for _ in range(4 * len(shelf.stretches())):  # one stretch is read closely each time, another each time
        with log.EventLog.open(data, clock=TurnedClock(HOME.start), segment_bytes=400_000) as journal:
            last = next(iter(log.tail(data, 1)))
            journal.append([replace_offset(last, journal.next_offset)])
        fold.keep_folds(data)

    assert begun == records[0].note.offset
    assert set(before) <= set(_offsets(shelf))


def replace_offset(entry: Entry, offset: int) -> Entry:
    """The same again, later."""
    return Entry.of(entry, offset=offset, received=entry.received)


class _KillError(Exception):
    """As far as the work is concerned, kill -9."""


@pytest.mark.parametrize("what", [fold, logic])
def test_what_was_kept_before_a_kill_stays_kept(
    data: Path, what: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    acts: dict[ModuleType, Callable[[], None]] = {
        fold: lambda: fold.keep_folds(data),
        logic: lambda: logic.keep_logic(data, SETTINGS),
    }
    keep = acts[what]
    shelf = {fold: fold.fold_shelf(data), logic: logic.logic_shelf(data, SETTINGS)}[what]
    begun: list[int] = []

    def until_killed(data: Path, start: int, pace: Pace, *, until: int | None = None) -> Iterator[Bite]:
        begun.append(start)
        for bite in bites(data, start, pace, until=until):
            yield bite
            if len(begun) == 1 and bite.note is not None and bite.note.offset > 4_000:
                raise _KillError

    monkeypatch.setattr(what, "bites", until_killed)
    with pytest.raises(_KillError):
        keep()
    kept = _offsets(shelf)[-1]

    keep()

    assert kept > 3_000
    assert begun == [0, kept]


def test_a_log_that_grew_is_gone_on_with(data: Path, tmp_path: Path, said: list[Entry]) -> None:
    young = tmp_path / "young"
    _write(young, said[:3_000])
    fold.keep_folds(young)
    early = _offsets(fold.fold_shelf(young))

    _write(young, said, start=3_000)
    fold.keep_folds(young)

    assert set(early) <= set(_offsets(fold.fold_shelf(young)))
    assert fold.newest_fold(young)[1] == len(said)


def test_folds_of_another_log_are_ignored_and_go(data: Path, tmp_path: Path, said: list[Entry]) -> None:
    other = tmp_path / "other"
    _write(other, [replace_value(entry) for entry in said[:4_000]])
    fold.keep_folds(data)
    (data / "checkpoints").rename(other / "checkpoints")

    assert fold.newest_fold(other)[1] == 0
    fold.keep_folds(other)
    assert _view(other) == _told(_folded(log.read(other)))


def replace_value(entry: Entry) -> Entry:
    """Another reading at the same place."""
    return entry.with_context(value=71) if entry.verb == "MEASURES" else entry


def _folded(some: Iterator[Entry]) -> Fold:
    made = Fold()
    made.take(some)
    return made


def test_the_logic_is_brought_back_where_it_was_kept(data: Path) -> None:
    logic.keep_logic(data, SETTINGS)

    found, begun = logic.newest_logic(data, SETTINGS)

    assert begun == found.next_offset == log.next_offset(data)


def test_the_logic_is_kept_where_segments_end_and_otherwise_only_the_newest(data: Path) -> None:
    logic.keep_logic(data, SETTINGS)

    offsets = set(_offsets(logic.logic_shelf(data, SETTINGS)))
    ends = {one.next_offset for one in log.sealed(data)}
    assert ends <= offsets
    assert len(offsets - ends) <= logic.SPARE


def test_a_damaged_logic_gives_way_to_the_one_before(data: Path) -> None:
    logic.keep_logic(data, SETTINGS)
    shelf = logic.logic_shelf(data, SETTINGS)
    newest, before = shelf.stretches()[-1], _offsets(shelf)[-2]
    newest.write_bytes(newest.read_bytes()[:-9] + b"nonsense.")

    assert logic.newest_logic(data, SETTINGS)[1] == before


def test_other_settings_of_the_rules_need_another_logic(data: Path) -> None:
    logic.keep_logic(data, SETTINGS)
    bolder = replace(SETTINGS, rules=RuleSettings(spike_rise=30.0))

    assert logic.newest_logic(data, bolder)[1] == 0


def test_arrays_go_on_from_those_before_however_they_changed() -> None:
    chance = Random(1)
    before: list[bytearray] = []
    now = [b"", bytes(chance.randbytes(5_000))]

    for change in range(12):
        packed = arrays.steps(before, now)
        before = arrays.go_on(before, packed)
        assert list(map(bytes, before)) == now
        first = now[0] + chance.randbytes(40)
        second = (now[1] + b"x")[chance.randrange(90) :] if change % 3 else now[1][:100] + b"!" + now[1][100:]
        now = [first, second] if change != 7 else [first, second, b"one more"]


def test_what_grew_at_its_end_takes_little_room() -> None:
    first = [Random(1).randbytes(100_000)]

    assert len(arrays.steps(first, [first[0][1_000:] + b"and more"])) < 150


def test_checkpoints_of_other_code_go(data: Path) -> None:
    fold.keep_folds(data)
    logic.keep_logic(data, SETTINGS)
    here = {path.name for path in (data / "checkpoints").iterdir()}
    for name in ("view-0123456789abcdef-000000000100.ckpt", "logic-0123456789abcdef-000000000100.ckpt"):
        (data / "checkpoints" / name).write_bytes(b"of another version")
        os.utime(data / "checkpoints" / name, (0, 0))  # today's could be an update's that is about to start
    fold.keep_folds(data)
    logic.keep_logic(data, SETTINGS)

    assert {path.name for path in (data / "checkpoints").iterdir()} == here
