"""What running a window promises: it ends when asked to, leaves a picture, and says plainly what is wrong."""

import io
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from healthmon.gui.crash import CrashNotice
from healthmon.gui.display import check_display
from healthmon.gui.errors import GuiError, GuiReason

PROGRAM = """
import sys
from datetime import timedelta
from pathlib import Path
from healthmon.gui.carer import Receipt
from healthmon.gui.options import Options
from healthmon.gui.run import run
from tests.fakes import screens

class Broken(screens.FakeDesk):
    ticks = 0
    def tick(self, columns=600):
        self.ticks += 1
        if self.ticks > 2 and "broken" in sys.argv:
            print("falls over", flush=True)
            raise ValueError("the desk fell over")
        return super().tick(columns)

def started():
    print("started", flush=True)

picture = Path(sys.argv[1]) if sys.argv[1] != "-" else None
length = timedelta(seconds=float(sys.argv[2])) if sys.argv[2] != "-" else None
desk = Broken(screens.high_alarm())
options = Options(on_started=started, screenshot=picture, for_=length, closing=lambda: "Recording goes on.")
sys.exit(run(desk, lambda event: Receipt(event.id), options))
"""


@contextmanager
def running(root: Path, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """The program above in a process of its own, ended whatever happens."""
    command = [sys.executable, "-c", PROGRAM, *arguments]
    process = subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def test_its_time_being_up_ends_it_with_a_picture(root: Path, tmp_path: Path) -> None:
    picture = tmp_path / "window.png"

    with running(root, str(picture), "0.3") as process:
        assert process.wait(60) == 0

    image = QImage(str(picture))
    assert (image.width(), image.height()) == (1366, 768)
    assert image.pixelColor(700, 79).red() > 120  # the alarm bar: the window was laid out and painted


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_at_once_and_without_a_question(root: Path, number: signal.Signals) -> None:
    with running(root, "-", "-") as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "started\n"

        process.send_signal(number)

        assert process.wait(60) == 0


def test_a_desk_that_raises_is_told_once_with_its_traceback_and_the_window_goes_on(root: Path) -> None:
    with running(root, "-", "-", "broken") as process:
        assert process.stdout is not None
        for _ in range(4):  # it started, and fell over three times
            process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=60)

    assert process.returncode == 0
    assert said.count("Traceback") == 1
    assert "healthmon window: ValueError: the desk fell over in tick, line" in said


def test_a_picture_that_cannot_be_written_is_said_with_the_cure(root: Path, tmp_path: Path) -> None:
    with running(root, str(tmp_path / "nowhere" / "window.png"), "0.1") as process:
        _, said = process.communicate(timeout=60)

    assert process.returncode == 1
    assert "name a .png in a folder you may write to" in said


def reason_of(environment: dict[str, str]) -> object:
    """Why no window can open there; None when one can."""
    try:
        check_display(environment)
    except GuiError as error:
        return error.reason
    return None


def test_no_display_is_said_before_qt_would_abort() -> None:
    with pytest.raises(GuiError, match="--screenshot") as caught:
        check_display({})

    assert caught.value.reason is GuiReason.NO_DISPLAY


@pytest.mark.parametrize(
    "environment",
    [
        {"DISPLAY": ":9876"},
        {"WAYLAND_DISPLAY": "wayland-nobody", "XDG_RUNTIME_DIR": "/nonexistent"},
        {"QT_QPA_PLATFORM": "wayland"},
        {"QT_QPA_PLATFORM": "xcb"},
    ],
)
def test_a_display_that_does_not_answer_is_none(environment: dict[str, str]) -> None:
    assert reason_of(environment) is GuiReason.NO_DISPLAY


@pytest.mark.parametrize("platform", ["offscreen", "minimal", "vnc:size=800x600"])
def test_a_platform_without_a_display_needs_none(platform: str) -> None:
    assert reason_of({"QT_QPA_PLATFORM": platform}) is None


def test_a_wayland_display_that_answers_will_do(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        server.bind(str(tmp_path / "wayland-1"))
        server.listen(1)

        assert reason_of({"WAYLAND_DISPLAY": "wayland-1", "XDG_RUNTIME_DIR": str(tmp_path)}) is None


def test_a_fault_is_one_line_for_people_and_one_traceback_for_developers() -> None:
    told: list[str] = []
    out = io.StringIO()
    notice = CrashNotice(told.append, out)
    for _ in range(3):
        try:
            raise ValueError("two\nlines")
        except ValueError as error:
            notice.caught(type(error), error, error.__traceback__)

    assert len(told) == 3
    assert told[0].startswith("ValueError: two lines in test_a_fault_is_one_line")
    assert out.getvalue().count("Traceback") == 1
