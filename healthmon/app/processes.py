"""This is the place for starting and ending other processes: a recorder of its own, a demo's children."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path

from healthmon import log
from healthmon.app.heartbeat import is_alive
from healthmon.app.places import Places
from healthmon.errors import HealthmonError
from healthmon.sound.post import hush, quiet

PATIENCE = 20.0  # seconds of real time for a process to begin or to end


class ProcessReason(StrEnum):
    """Why a process is not as it should be."""

    DID_NOT_START = "did-not-start"
    DID_NOT_STOP = "did-not-stop"
    STANDS_STILL = "stands-still"


class ProcessError(HealthmonError):
    """Another process of ours did not do what it was started for."""


def start_recorder(places: Places, options: Sequence[str]) -> "subprocess.Popen[bytes]":
    """Start a recorder that outlives this process. Returns at once; its heartbeat says whether it records."""
    notes = os.open(places.recorder_notes, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        return subprocess.Popen(
            [sys.executable, "-m", "healthmon", "record", "--data", str(places.data), *options],
            stdin=subprocess.DEVNULL,
            stdout=notes,
            stderr=notes,
            start_new_session=True,
        )
    finally:
        os.close(notes)


def recorder_pid(data: Path) -> int | None:
    """The process that holds the log, if any does."""
    return log.holder(data)


def stop_recorder(data: Path) -> bool:
    """End the recorder of this folder and wait until it is gone; whether there was one.

    The player of one that died is quiet, too: whoever says this knows that nobody records. So is, when it is
    killed, that of one that did not stop. Raises ProcessError.
    """
    quiet(Places(data).runtime)
    pid = recorder_pid(data)
    if pid is None:
        return False
    with contextlib.suppress(ProcessLookupError):  # it ended by itself just now
        os.kill(pid, signal.SIGTERM)
    if not wait_for(lambda: recorder_pid(data) != pid and not is_alive(pid)):
        hush(Places(data).runtime)
        raise ProcessError(
            ProcessReason.DID_NOT_STOP,
            f"the recorder (process {pid}) did not stop; end it with: kill -9 {pid}",
        )
    return True


def wait_for(true: Callable[[], bool], *, patience: float = PATIENCE) -> bool:
    """Look every 20 ms until it is true; False when patience ran out. Real time."""
    deadline = time.monotonic() + patience
    while not true():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


class Child:
    """One process of a demo."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = tuple(words)
        self._process = subprocess.Popen(
            [sys.executable, *words],
            stdin=subprocess.DEVNULL,
            preexec_fn=_die_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509  # one thread here
            start_new_session=True,  # Ctrl-C goes to the demo alone, which ends its children in order
        )
        self.pid = self._process.pid

    @property
    def exit_code(self) -> int | None:
        """None while it runs; negative when a signal ended it."""
        return self._process.poll()

    @property
    def has_ended(self) -> bool:
        """Whether it is gone."""
        return self.exit_code is not None

    def stop(self) -> None:
        """Ask it to end; kill it when it does not listen."""
        if not self.has_ended:
            self._process.terminate()
        try:
            self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


class Children:
    """The processes of a demo. Each dies with this one, however it ends; `stop` ends the last one first.

    Main thread only, and before any other thread: the kernel ties a child to the thread that made it.
    """

    def __init__(self) -> None:
        self._started: list[Child] = []

    def start(self, words: Sequence[str]) -> Child:
        """Start `python WORDS...`."""
        child = Child(words)
        self._started.append(child)
        return child

    def stop(self) -> None:
        """End them all, the last started first."""
        for child in reversed(self._started):
            child.stop()


def _die_with_parent() -> None:
    # SIGTERM when the demo dies, kill -9 included; SIGINT stays with the demo.
    _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None)
