"""The demo: everything on one machine, a picture at the end, and nothing left running."""

import os
import signal
from pathlib import Path

import pytest

from healthmon import log
from healthmon.app.heartbeat import is_alive
from healthmon.clock import SystemClock
from healthmon.events import Entry, wire
from tests.fakes.homes import OFFSCREEN, Process, eventually

# 28 simulated minutes in 14 s: the coffee is at minute 6, the spike at 12, the fall of oxygen at 18.
WORDS = ["healthmon", "demo", "--people", "1", "--no-history", "--speed", "120", "--seed", "7"]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[int, Path]:
    """A demo that has been played to its end: its exit code and its folder."""
    folder = tmp_path_factory.mktemp("demo")
    demo = Process(
        [*WORDS, "--for", "14s", "--data", str(folder / "data"), "--screenshot", str(folder / "s.png")]
    )
    return demo.ended(patience=120), folder


def _entries(folder: Path) -> list[Entry]:
    return list(log.read(folder / "data"))


def _all_of(data: Path) -> list[int]:
    """Recorder and broker of this folder, as far as they say that they run."""
    recorder, running = log.holder(data), data / "broker" / "running.json"
    broker = wire.read(running.read_bytes(), dict[str, object])["pid"] if running.exists() else None
    return [int(str(pid)) for pid in (recorder, broker) if pid is not None]


def test_a_demo_ends_by_itself_with_a_picture(played: tuple[int, Path]) -> None:
    code, folder = played

    assert (code, (folder / "s.png").read_bytes()[:4]) == (0, b"\x89PNG")


def test_its_log_holds_heart_oxygen_and_coffee_and_every_line_is_whole(played: tuple[int, Path]) -> None:
    things = {entry.object.type for entry in _entries(played[1])}

    assert {"HR", "SPO2", "COFFEE"} <= things
    assert log.verify(played[1] / "data").is_whole


def test_the_planted_spike_is_marked_in_time_and_nothing_else_is(played: tuple[int, Path]) -> None:
    entries = _entries(played[1])
    begins = next(entry.time for entry in entries if entry.object.type == "HR")
    marked = [
        (e.time - begins).total_seconds() for e in entries if e.verb == "FLAGS" and e.object.type == "SPIKE"
    ]

    assert len(marked) == 1
    assert 12 * 60 <= marked[0] + 1 <= 12 * 60 + 31


def test_the_planted_fall_of_oxygen_rings(played: tuple[int, Path]) -> None:
    assert "SPO2_CRIT" in {entry.object.id for entry in _entries(played[1]) if entry.verb == "RAISES"}


def test_without_history_there_is_not_enough_data_and_it_says_when_there_will_be(
    played: tuple[int, Path],
) -> None:
    said = [entry for entry in _entries(played[1]) if entry.verb == "ADVISES"]

    too_new = [entry for entry in said if entry.context["why"] == "few-nights"]

    assert {entry.value for entry in said} == {None}
    assert too_new
    assert all("expected" in entry.context for entry in too_new)


def test_nothing_of_it_is_left_running(played: tuple[int, Path]) -> None:
    assert [pid for pid in _all_of(played[1] / "data") if is_alive(pid)] == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_however_a_demo_is_ended_nothing_is_left(tmp_path: Path, number: signal.Signals) -> None:
    demo = Process(
        [*WORDS, "--for", "1min", "--data", str(tmp_path), "--screenshot", str(tmp_path / "s.png")]
    )
    assert demo.says("Playing"), demo.lines
    running = _all_of(tmp_path)
    os.kill(demo.popen.pid, number)
    demo.ended()

    assert len(running) == 2
    assert eventually(lambda: not any(map(is_alive, running)))


def test_a_scenario_nobody_knows_ends_it_with_what_was_meant(tmp_path: Path) -> None:
    demo = Process([*WORDS, "--scenario", "ordinry", "--data", str(tmp_path)])

    assert demo.ended() == 2
    assert any("did you mean ordinary" in line for line in demo.lines)


def test_without_a_display_it_says_so_and_offers_a_picture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    demo = Process([*WORDS, "--data", str(tmp_path)], environment={})

    assert demo.ended() == 4
    assert "--screenshot" in demo.lines[0]


def test_a_demo_refuses_a_real_log(tmp_path: Path) -> None:
    with log.EventLog.open(tmp_path, clock=SystemClock()) as journal:
        journal.append([])
    demo = Process([*WORDS, "--for", "5s", "--data", str(tmp_path), "--screenshot", str(tmp_path / "s.png")])

    assert demo.ended() == 1
    assert "another folder" in demo.lines[-1]


def test_a_demo_with_its_history_keeps_out_of_the_users_own_folder(tmp_path: Path) -> None:
    mine = {"HEALTHMON_PATHS_DATA": str(tmp_path / "mine"), "HEALTHMON_BROKER_URL": "mqtt://127.0.0.1:1"}
    words = [word for word in WORDS if word != "--no-history"]
    picture = str(tmp_path / "s.png")
    demo = Process([*words, "--for", "2s", "--screenshot", picture], environment={**OFFSCREEN, **mine})

    assert (demo.ended(patience=120), (tmp_path / "mine").exists()) == (0, False)
    assert any("Imported" in line for line in demo.lines)


def test_a_window_that_crashes_unattended_ends_the_demo(tmp_path: Path) -> None:
    demo = Process(
        [*WORDS, "--for", "5min", "--data", str(tmp_path), "--screenshot", str(tmp_path / "s.png")]
    )
    assert demo.says("Playing"), demo.lines
    os.kill(_window_of(demo.popen.pid), signal.SIGSEGV)

    assert demo.ended() == 1


def _window_of(pid: int) -> int:
    children = Path(f"/proc/{pid}/task/{pid}/children")
    found: list[int] = []

    def looks() -> bool:
        found[:] = [int(child) for child in children.read_text().split() if b"window" in _words_of(child)]
        return bool(found)

    assert eventually(looks)
    return found[0]


def _words_of(child: str) -> list[bytes]:
    try:
        return Path(f"/proc/{child}/cmdline").read_bytes().split(b"\0")
    except OSError:  # it ended while we looked
        return []
