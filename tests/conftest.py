"""This is the place for what every test may count on: no display, one number thread, nothing left behind."""

import os
import resource
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

# Qt and numpy read these when they are first imported, so they come before any other import.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("HEALTHMON_SOUND_OUTPUT", "none")  # no test is heard by whoever runs it
os.environ.setdefault("HEALTHMON_RECORDER_AWAKE", "false")  # nor keeps their machine awake
os.environ["STARTED_BY_TESTS_OF"] = str(
    os.getpid()
)  # inherited: a player outlives the recorder that started it

import pytest
from hypothesis import settings

# As in a terminal: whoever runs the tests in the background lets them inherit that Ctrl-C is ignored, and so
# would every program whose Ctrl-C is tested.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# The plugin that ships with healthmon: the fixture `home`, and *.story files as tests.
pytest_plugins = ["healthmon.testing"]

ROOT = Path(__file__).resolve().parents[1]
MARK = f"STARTED_BY_TESTS_OF={os.getpid()}".encode()
GRACE = 20.0  # seconds a thread or child that was told to stop may take to be gone, on a busy machine

# The same examples every time: a red run can be repeated, and a slow machine is not a broken promise.
settings.register_profile("healthmon", deadline=None, derandomize=True, database=None, print_blob=True)
# For hunting: other examples in every run, and many more of them (HYPOTHESIS_PROFILE=hunt).
settings.register_profile("hunt", deadline=None, max_examples=2_000, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "healthmon"))


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared(root: Path) -> Path:
    """The pages and cases that live beside the checkout; the test is skipped where they are absent."""
    beside = root.parent / "shared"
    if not (beside / "cases").is_dir():
        pytest.skip("needs the shared folder beside the checkout")
    return beside


@pytest.fixture(autouse=True)
def _nothing_left_behind() -> Iterator[None]:
    """No child process and no thread that would hold up the exit outlives the test that made it."""
    children_before, threads_before = _children(), set(threading.enumerate())
    waited_for = _waited_for()

    yield

    left = _lingering(threads_before)
    assert not left, f"threads left behind: {[thread.name for thread in left]}"
    orphans = _orphans(children_before)
    assert not orphans, f"child processes left behind: {[_command(pid) for pid in orphans]}"
    players = _players_left() if _waited_for() != waited_for else set()
    for pid in players:
        os.kill(pid, signal.SIGKILL)  # else it would sound for twelve hours, to nobody
    assert not players, f"the recorders of {len(players)} players died, and nobody ended these"


def _lingering(before: set[threading.Thread]) -> list[threading.Thread]:
    deadline = monotonic() + GRACE
    fresh = [thread for thread in threading.enumerate() if thread not in before and not thread.daemon]
    for thread in fresh:
        thread.join(max(0.0, deadline - monotonic()))
    return [thread for thread in fresh if thread.is_alive()]


def _orphans(before: set[int]) -> set[int]:
    deadline, pause = monotonic() + GRACE, threading.Event()
    while (left := _children() - before) and monotonic() < deadline:
        pause.wait(0.02)
    return left


def _waited_for() -> int:
    """Grows with every child process that has ended: without one there is no recorder that died."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_minflt


def _players_left() -> set[int]:
    deadline, pause = monotonic() + GRACE, threading.Event()
    while (left := _players()) and monotonic() < deadline:
        pause.wait(0.02)
    return left


def _children() -> set[int]:
    """Processes this one started and has not yet waited for. Empty where the system does not tell."""
    if sys.platform != "linux":
        return set()
    found: set[int] = set()
    for task in Path("/proc/self/task").iterdir():
        try:
            found.update(map(int, (task / "children").read_text().split()))
        except OSError:  # the thread ended while we looked
            continue
    return found


def _players() -> set[int]:
    """Players that tests of this process started, and whose recorder is gone."""
    if sys.platform != "linux":
        return set()
    running = (one for one in Path("/proc").iterdir() if one.name.isdecimal())
    return {int(one.name) for one in running if _is_left_player(one)}


def _is_left_player(process: Path) -> bool:
    if b"healthmon.app.player" not in _told(process / "cmdline") or MARK not in _told(process / "environ"):
        return False
    stat = b"".join(_told(process / "stat")).rpartition(b")")[2].split()
    return bool(stat) and MARK not in _told(Path("/proc", stat[1].decode(), "environ"))


def _told(file: Path) -> list[bytes]:
    """What the system tells of a process; nothing of one that is gone, or is somebody else's."""
    try:
        return file.read_bytes().split(b"\0")
    except OSError:
        return []


def _command(pid: int) -> str:
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return f"{pid} (gone meanwhile)"
    return f"{pid} {b' '.join(words).decode(errors='replace').strip() or '(ended, but nobody waited for it)'}"
