"""After an update the log is learnt by the new code before its recorder starts; the old one's place stays."""

import errno
import fcntl
import os
import re
import threading
from pathlib import Path

import pytest

import healthmon
from healthmon.app.keeping import logic, versions
from healthmon.app.keeping.ahead import Ahead, learn_ahead
from healthmon.app.keeping.logic import keep_logic, logic_shelf, newest_logic
from healthmon.cli.main import main
from healthmon.log import LogError, LogReason
from healthmon.settings import PathSettings, Settings
from tests.fakes.homes import PATIENCE, eventually
from tests.unit.log.entries import written


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A home whose recorder of the old version has kept what it knows."""
    made = Settings(paths=PathSettings(data=str(tmp_path)))
    written(tmp_path, 300)
    keep_logic(tmp_path, made)
    return made


@pytest.fixture
def _updated(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another version is installed."""
    monkeypatch.setattr(healthmon, "__version__", "9.9.9")
    versions._sources.cache_clear()
    assert newest_logic(settings.data_folder, settings)[1] == 0


@pytest.fixture(autouse=True)
def _as_before() -> object:
    yield
    versions._sources.cache_clear()


@pytest.mark.usefixtures("_updated")
def test_the_shell_says_what_was_learnt(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["data", "prepare", "--data", str(settings.data_folder)]) == 0

    assert "300 entries learnt, 0 came meanwhile: start the recorder again now" in capsys.readouterr().out


@pytest.mark.usefixtures("_updated")
def test_a_start_after_it_learns_nothing_of_the_old_log(settings: Settings) -> None:
    told: list[tuple[int, int]] = []

    ahead = learn_ahead(settings, lambda done, total: told.append((done, total)))

    assert (ahead, told[-1]) == (Ahead(learnt=300, left=0), (300, 300))
    assert newest_logic(settings.data_folder, settings)[1] == 300


@pytest.mark.usefixtures("_updated")
def test_a_second_one_has_nothing_left_to_learn(settings: Settings) -> None:
    learn_ahead(settings, lambda *_: None)

    assert learn_ahead(settings, lambda *_: None) == Ahead(learnt=0, left=0)


@pytest.mark.usefixtures("_updated")
def test_the_old_recorder_may_still_die_and_start_in_seconds(settings: Settings) -> None:
    learn_ahead(settings, lambda *_: None)

    others = logic_shelf(settings.data_folder, settings).of_other_versions()
    assert [path.stem.rpartition("-")[2] for path in others] == [f"{300:012d}"]


@pytest.mark.usefixtures("_updated")
def test_after_a_day_nothing_of_the_old_version_stays(settings: Settings) -> None:
    shelf = logic_shelf(settings.data_folder, settings)
    for path in shelf.of_other_versions():
        yesterday = path.stat().st_mtime - logic.OTHERS_STAY.total_seconds() - 1
        os.utime(path, (yesterday, yesterday))

    learn_ahead(settings, lambda *_: None)

    assert shelf.of_other_versions() == []


def test_it_waits_for_an_upkeep_that_is_at_work(settings: Settings) -> None:
    lock = os.open(settings.data_folder / "checkpoints" / "lock", os.O_RDWR | os.O_CREAT)
    fcntl.flock(lock, fcntl.LOCK_EX)
    waits, done = threading.Event(), threading.Event()

    def learn() -> None:
        learn_ahead(settings, lambda *_: None, waiting=waits.set)
        done.set()

    thread = threading.Thread(target=learn)
    thread.start()
    has_said_so, was_done = waits.wait(PATIENCE), done.is_set()
    os.close(lock)
    thread.join()

    assert (has_said_so, was_done, done.is_set()) == (True, False, True)


def test_the_shell_says_that_it_waits(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    lock = os.open(settings.data_folder / "checkpoints" / "lock", os.O_RDWR | os.O_CREAT)
    fcntl.flock(lock, fcntl.LOCK_EX)
    said: list[str] = []

    def hears() -> bool:
        said.append(capsys.readouterr().err)
        return any(said)

    thread = threading.Thread(target=main, args=(["data", "prepare", "--data", str(settings.data_folder)],))
    thread.start()
    waited = eventually(hears)
    os.close(lock)
    thread.join()

    assert (waited, "".join(said)) == (
        True,
        "healthmon: waits for the recorder's own upkeep, which is at work ...\n",
    )


def test_without_a_log_it_says_so_and_makes_nothing(tmp_path: Path) -> None:
    nowhere = tmp_path / "none"

    with pytest.raises(LogError) as told:
        learn_ahead(Settings(paths=PathSettings(data=str(nowhere))), lambda *_: None)

    assert (told.value.reason, nowhere.exists()) == (LogReason.NO_LOG, False)


def test_where_nothing_is_left_to_learn_nobody_is_told_to_start_anything(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["data", "prepare", "--data", str(settings.data_folder)]) == 0

    told = capsys.readouterr().out
    assert told == "nothing to learn: this version knows the log already, and starts in seconds\n"


def test_a_disk_that_is_read_only_is_one_line_with_its_cure(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    opens = os.open

    def read_only(path: object, flags: int, *rest: int) -> int:
        if str(path).endswith("checkpoints/lock"):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS))
        return opens(str(path), flags, *rest)

    monkeypatch.setattr(os, "open", read_only)

    code = main(["data", "prepare", "--data", str(settings.data_folder)])

    told = capsys.readouterr().err
    assert (code, told.count("\n"), "mount it writable" in told) == (1, 1, True)


def test_what_learning_costs_is_one_figure_wherever_it_is_told() -> None:
    root = Path(healthmon.__file__).parents[1]
    told = (
        "README.md",
        "docs/MEASURED.md",
        "healthmon/cli/data_prepare.py",
        "healthmon/app/keeping/logic.py",
    )

    found = [re.findall(r"(\d+) s for\s+each million", (root / name).read_text("utf-8")) for name in told]

    assert (all(found), {figure for figures in found for figure in figures}) == (True, {"45"})
