"""Any moment of a log: the screen that was to be seen then, and nothing of what came later."""

from datetime import UTC, timedelta
from pathlib import Path

from healthmon.app.keeping.fold import keep_folds
from healthmon.app.moment import desk_at, fold_at
from healthmon.view.desk import DeskOptions
from healthmon.view.screen import Recording
from tests.unit.log.entries import at, written

OPTIONS = DeskOptions(zone=UTC)


def test_the_number_is_the_one_of_then(tmp_path: Path) -> None:
    written(tmp_path, 300)

    screen = desk_at(tmp_path, at(100.5), OPTIONS).tick()

    assert screen.heart_rate is not None
    assert screen.heart_rate.text == str(60 + 99 % 40)
    assert (screen.now, screen.connection.recording) == (at(100.5), Recording.REPLAY)


def test_with_checkpoints_it_is_the_same_screen(tmp_path: Path) -> None:
    written(tmp_path, 300)
    before = desk_at(tmp_path, at(250), OPTIONS).tick()
    keep_folds(tmp_path)

    after = desk_at(tmp_path, at(250), OPTIONS).tick()

    assert repr(after.people) == repr(before.people)  # a curve may hold NaN, which equals nothing


def test_what_was_received_at_that_very_moment_belongs_to_it(tmp_path: Path) -> None:
    written(tmp_path, 300)

    assert fold_at(tmp_path, at(11)).offset == 10


def test_before_the_log_began_there_is_nobody(tmp_path: Path) -> None:
    written(tmp_path, 10)

    assert fold_at(tmp_path, at(0) - timedelta(days=1)).people == {}


def test_after_its_end_it_is_the_whole_log(tmp_path: Path) -> None:
    written(tmp_path, 10)

    assert fold_at(tmp_path, at(0) + timedelta(days=1)).offset == 9
