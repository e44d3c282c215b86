"""A file that is put into the drop folder is imported once it is whole, once, and put away."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from healthmon import log
from healthmon.app.jobs.desk import JobDesk
from healthmon.app.jobs.drop_folder import DropFolder
from healthmon.app.jobs.work import Means
from healthmon.clock import TurnedClock
from healthmon.dialects.native import Native
from healthmon.log import EventLog
from healthmon.pipeline.logic import Logic
from healthmon.pipeline.parser import Parser
from healthmon.pipeline.writer import Batch, Writer
from tests.fakes.pipeline import START, at

LINE = (
    '{"id": "w:%d", "time": "2026-11-22T07:00:00Z", "subject": "WATCH", "verb": "MEASURES", "object": "HR", '
    '"context": 70}\n'
)


@dataclass
class Home:
    """A recorder's desk over a drop folder; its time goes on when told."""

    means: Means
    logic: Logic = field(default_factory=lambda: Logic([]))
    seconds: float = 0.0

    def __post_init__(self) -> None:
        self.drop = self.means.data / "drop"
        self.folder = DropFolder(self.drop, self.means, now=lambda: self.seconds)

    def put(self, name: str, *numbers: int) -> Path:
        path = self.drop / name
        path.write_text("".join(LINE % number for number in numbers), "utf-8")
        return path

    def wait(self, seconds: float = 2.0) -> None:
        """Real time goes by: the recorder looks, does what it finds to its end, and looks again then."""
        for moment in (0.0, seconds):
            self.seconds += moment
            desk = JobDesk([self.folder])
            writer = Writer(self.means.journal, log.DeadLetters(self.means.data))
            while True:
                batch = Batch()
                desk.step(self.logic, at(0), batch)
                writer.commit(batch)
                desk.committed()
                if not desk.is_busy:
                    break

    def ids(self) -> list[str]:
        return [entry.id for entry in log.read(self.means.data)]

    def names(self, where: str) -> list[str]:
        folder = self.drop / where
        return sorted(path.name for path in folder.iterdir() if path.is_file()) if folder.exists() else []


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    with EventLog.open(tmp_path, clock=TurnedClock(START)) as journal:
        yield Home(Means(tmp_path, journal, Parser([Native()])))


def test_a_whole_file_is_imported_and_put_away_with_a_report(home: Home) -> None:
    home.put("march.jsonl", 1, 2)

    home.wait()

    assert (home.ids(), home.names("done"), home.names("")) == (
        ["w:1", "w:2"],
        ["march.jsonl", "march.jsonl.txt"],
        [],
    )
    assert (home.drop / "done" / "march.jsonl.txt").read_text().startswith("2 lines read: 2 events stored")


def test_a_file_that_grows_is_waited_for(home: Home) -> None:
    home.put("march.jsonl", 1)
    home.wait(1.9)
    home.put("march.jsonl", 1, 2)
    home.wait(1.9)

    assert (home.ids(), home.names("")) == ([], ["march.jsonl"])


def test_a_file_that_grows_while_it_is_read_is_read_again(home: Home) -> None:
    path = home.put("march.jsonl", 1)
    home.folder.take()
    home.seconds += 2
    job = home.folder.take()
    assert job is not None
    home.put("march.jsonl", 1, 2)
    job.work.tally.done = True
    job.tell(job.work.tally)
    assert path.exists()

    home.wait()

    assert (home.ids(), home.names("done")[0]) == (["w:1", "w:2"], "march.jsonl")


@pytest.mark.parametrize("name", [".march.jsonl", "march.jsonl.part"])
def test_what_is_still_being_written_is_left_alone(home: Home, name: str) -> None:
    path = home.put(name, 1)
    home.wait()
    untouched = path.exists() and not home.ids()
    path.rename(home.drop / "march.jsonl")

    home.wait()

    assert (untouched, home.ids()) == (True, ["w:1"])


def test_the_same_file_twice_stores_nothing_twice(home: Home) -> None:
    home.put("march.jsonl", 1, 2)
    home.wait()
    home.put("march.jsonl", 1, 2, 3)

    home.wait()

    assert home.ids() == ["w:1", "w:2", "w:3"]
    assert home.names("done") == ["2-march.jsonl", "2-march.jsonl.txt", "march.jsonl", "march.jsonl.txt"]


def test_a_file_without_sense_is_put_away_with_the_reason(home: Home) -> None:
    (home.drop / "odd.jsonl").write_text(LINE.replace('"2026-11-22T07:00:00Z"', "7") % 1, "utf-8")

    home.wait()

    assert (home.ids(), home.names("failed")) == ([], ["odd.jsonl", "odd.jsonl.txt"])
    assert "times are numbers" in (home.drop / "failed" / "odd.jsonl.txt").read_text()


def test_links_pipes_and_folders_are_refused_unread(home: Home, tmp_path: Path) -> None:
    secret = tmp_path / "secret.jsonl"
    secret.write_text(LINE % 1, "utf-8")
    (home.drop / "link.jsonl").symlink_to(secret)
    os.mkfifo(home.drop / "pipe.jsonl")
    (home.drop / "folder").mkdir()

    home.wait()

    assert (home.ids(), secret.exists(), home.names("")) == ([], True, [])
    assert "a link" in (home.drop / "failed" / "link.jsonl.txt").read_text()


def test_what_cannot_be_put_away_is_read_once(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    home.put("march.jsonl", 1)
    monkeypatch.setattr(Path, "rename", _read_only)
    home.wait()
    home.wait()

    assert (home.ids(), home.names(""), home.folder.take()) == (["w:1"], ["march.jsonl"], None)


def _read_only(path: Path, _target: Path) -> None:
    raise OSError(30, "Read-only file system", str(path))


def test_a_file_that_a_dead_recorder_began_is_imported_by_the_next(home: Home) -> None:
    home.put("march.jsonl", 1, 2)
    home.folder.take()
    home.seconds += 2
    home.folder.take()  # in hand; then the recorder dies

    Home(home.means, home.logic).wait()

    assert home.ids() == ["w:1", "w:2"]
