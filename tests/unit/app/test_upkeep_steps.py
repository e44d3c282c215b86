"""The upkeep itself: every step is tried, none keeps another from running, two never run at once."""

from pathlib import Path

from healthmon import log
from healthmon.app import upkeep
from healthmon.app.keeping.fold import newest_fold
from healthmon.app.keeping.logic import newest_logic
from healthmon.app.places import Places
from healthmon.settings import PathSettings, Settings
from tests.unit.log.entries import written


def _settings(data: Path) -> Settings:
    return Settings(paths=PathSettings(data=str(data)))


def _breaks(_places: Places, _settings: Settings) -> None:
    raise ZeroDivisionError


def test_both_checkpoints_are_kept(tmp_path: Path) -> None:
    written(tmp_path, 300)

    problems = upkeep.look_after(
        Places(tmp_path), _settings(tmp_path), [upkeep.logic_checkpoints, upkeep.view_checkpoints]
    )

    assert problems == []
    assert newest_fold(tmp_path)[1] == newest_logic(tmp_path, _settings(tmp_path))[1] == 300


def test_a_step_that_breaks_ends_alone_and_is_told(tmp_path: Path) -> None:
    written(tmp_path, 300)

    problems = upkeep.look_after(Places(tmp_path), _settings(tmp_path), [_breaks, upkeep.view_checkpoints])

    assert problems == ["_breaks: ZeroDivisionError()"]
    assert newest_fold(tmp_path)[1] == 300


def test_without_a_log_there_is_nothing_to_do(tmp_path: Path) -> None:
    steps = [upkeep.logic_checkpoints, upkeep.view_checkpoints]

    assert upkeep.look_after(Places(tmp_path), _settings(tmp_path), steps) == []


def test_a_second_one_leaves_the_work_to_the_first(tmp_path: Path) -> None:
    written(tmp_path, 300)
    inner: list[list[str]] = []

    def begin_another(places: Places, settings: Settings) -> None:
        inner.append(upkeep.look_after(places, settings, [_breaks]))

    outer = upkeep.look_after(Places(tmp_path), _settings(tmp_path), [begin_another])

    assert (outer, inner) == ([], [[]])


def test_an_erased_log_leaves_no_old_checkpoint(tmp_path: Path) -> None:
    written(tmp_path, 300)
    places, settings = Places(tmp_path), _settings(tmp_path)
    upkeep.look_after(places, settings, [upkeep.logic_checkpoints, upkeep.view_checkpoints])
    for path in (tmp_path / "log").glob("segment-*"):
        path.unlink()
    written(tmp_path, 100)

    upkeep.look_after(places, settings, [upkeep.logic_checkpoints, upkeep.view_checkpoints])

    assert newest_fold(tmp_path)[1] == newest_logic(tmp_path, settings)[1] == log.next_offset(tmp_path) == 100


def test_where_no_lock_can_be_written_no_step_begins_and_one_line_says_why(tmp_path: Path) -> None:
    written(tmp_path, 300)
    (tmp_path / "checkpoints").write_text("a file")

    (problem,) = upkeep.look_after(Places(tmp_path), _settings(tmp_path), [_breaks, upkeep.view_checkpoints])

    assert problem.startswith("look_after: ")
    assert "a file is where a folder belongs" in problem
