"""The real recorder on a disk that takes nothing, and no memory beside it: afterwards the log says so."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event as Flag

import pytest

from healthmon.app.heartbeat import last_beat
from healthmon.app.places import Places
from healthmon.cli.main import main
from healthmon.events.not_recorded import NotRecorded
from healthmon.pipeline.receipt import GAP
from healthmon.view.words.numbers import counted
from tests.fakes.homes import OFFSCREEN, Process, RealHome, eventually

SMALL = 2048  # bytes: a sign of life fits, a log that has begun does not
LASTS = GAP.total_seconds() + 3  # s of real time: so long that it has to be told
BEFORE = range(40, 60)
NO_MEMORY = {
    **OFFSCREEN,
    "HEALTHMON_LOG_OVERFLOW_MIB": "0",
    "HEALTHMON_LOG_RESERVE_MIB": "0",
    "HEALTHMON_SOUND_OUTPUT": "none",
}


class FullHome(RealHome):
    """A home whose log has nowhere else to go."""

    def _start(self) -> Process:
        recorder = Process(["healthmon", "record", "--data", str(self.data)], environment=NO_MEMORY)
        assert recorder.says("recording to"), recorder.lines
        return recorder

    @contextmanager
    def full(self) -> Iterator[None]:
        """Its log may not grow: to a writer that is a full disk. The broker's store may."""
        pid = self.recorder.popen.pid
        before = resource.prlimit(pid, resource.RLIMIT_FSIZE)
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (SMALL, before[1]))
        try:
            yield
        finally:
            resource.prlimit(pid, resource.RLIMIT_FSIZE, before)

    def problem(self) -> str:
        """What its sign of life says is wrong."""
        beat = last_beat(Places(self.data).heartbeat)
        return beat.problem if beat is not None else ""


@pytest.fixture
def home(tmp_path: Path) -> Iterator[FullHome]:
    """A recorder that records."""
    made = FullHome(tmp_path / "data")
    yield made
    made.recorder.end()


def test_the_log_says_from_when_to_when_nothing_was_recorded_and_loses_nothing(
    home: FullHome, capsys: pytest.CaptureFixture[str]
) -> None:
    with home.publisher() as watch:
        assert home.measure(watch, BEFORE)
        assert home.logged(len(BEFORE), verb="MEASURES", thing="HR")
        with home.full():
            assert home.measure(watch, [63, 64])  # the broker has them
            assert eventually(lambda: "full" in home.problem())
            assert home.measure(watch, [65, 66, 67])
            Flag().wait(LASTS)
        assert home.logged(len(BEFORE) + 5, verb="MEASURES", thing="HR")

    log = home.entries()
    told = [(entry, missed) for entry in log if (missed := NotRecorded.told_by(entry)) is not None]
    # A disk that takes ten seconds, or a machine that stood still for as long, is told, too.
    ((gap, missed),) = [(entry, missed) for entry, missed in told if missed.reason == "disk-full"]
    assert (missed.until - missed.since).total_seconds() > GAP.total_seconds()
    assert missed.backlog.lost == 0
    readings = [entry for entry in log if entry.object.type == "HR"]
    assert [entry.value for entry in readings] == [*BEFORE, 63, 64, 65, 66, 67]
    later = [entry for entry in readings if entry.offset > gap.offset]
    assert missed.backlog.waiting == len(later) > 0
    assert all(entry.received >= missed.until for entry in later)

    assert main(["alarms", "list", "--data", str(home.data)]) == 0
    said = f"(the disk is full); nothing is lost: {counted(len(later), 'message')} waited"
    assert said in capsys.readouterr().out
