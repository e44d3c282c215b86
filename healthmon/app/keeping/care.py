"""This is the place for the recorder's care of its upkeep child: when it is started, and how it ended."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from healthmon.app.places import Places
from healthmon.events import wire
from healthmon.settings import Settings

EVERY = 600.0  # seconds of real time between two starts
ENTRIES = 100_000  # or so many entries, if they come sooner
FIRST = 60.0  # seconds: a start has enough to do
REST = 5.0  # seconds between two starts at least
LONGEST = 6 * 3600.0  # seconds: the first fold of a year's log takes two hours; more is a child that hangs
LOOK_EVERY = 1.0
FAILURES_TOLD = 3


class Child(Protocol):
    """What is needed of a process."""

    def poll(self) -> int | None:
        """Its exit code, None while it runs."""

    def kill(self) -> None:
        """End it."""

    def wait(self) -> int:
        """Its exit code, once it has ended."""


def upkeep_child(places: Places, settings: Settings) -> Child:
    """Start it. Raises OSError when the machine has no room for a process."""
    with open(_notes(places), "wb", opener=_private) as notes:
        child = subprocess.Popen(
            [sys.executable, "-m", "healthmon.app.upkeep", str(os.getpid())],
            stdin=subprocess.PIPE,  # the settings may hold a password, and anybody may read a command line
            stdout=subprocess.DEVNULL,
            stderr=notes,
            start_new_session=True,  # Ctrl-C is the recorder's to answer
        )
    assert child.stdin is not None
    with suppress(OSError), child.stdin as told:  # one that died at once is noticed by its exit code
        told.write(wire.write(settings))
    return child


class UpkeepCare:
    """Called in every turn of the recorder, from its one thread; costs a look at the clock, nearly always.

    One child at a time. It dies with the recorder. `problem` says so when it failed three times in a row.
    """

    def __init__(
        self,
        start: Callable[[], Child],
        *,
        notes: Path | None = None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._start = start
        self._notes = notes
        self._now = now
        self._looked = now()
        self._begun = now() - EVERY + FIRST
        self._offset: int | None = None
        self._child: Child | None = None
        self._failures = 0
        self.problem = ""

    @classmethod
    def of(cls, places: Places, settings: Settings) -> "UpkeepCare":
        """For the data folder of these settings."""
        return cls(lambda: upkeep_child(places, settings), notes=_notes(places))

    def look_after(self, offset: int) -> None:
        """Start a child when it is time, and see how it ends. `offset` is the next entry's."""
        now = self._now()
        if now - self._looked < LOOK_EVERY:
            return
        self._looked = now
        self._offset = offset if self._offset is None else self._offset
        if self._child is not None:
            self._reap(self._child, now)
        elif self._is_time(now, offset):
            self._begin(now, offset)

    def stop(self) -> None:
        """End the child, if one runs: the next goes on from where it was."""
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            child.wait()

    def _is_time(self, now: float, offset: int) -> bool:
        waited = now - self._begun
        return waited >= EVERY or (waited >= REST and offset - (self._offset or 0) >= ENTRIES)

    def _begin(self, now: float, offset: int) -> None:
        self._begun, self._offset = now, offset
        try:
            self._child = self._start()
        except OSError as error:
            self._ended(f"cannot be started: {error}")

    def _reap(self, child: Child, now: float) -> None:
        if child.poll() is None and now - self._begun >= LONGEST:
            child.kill()
            child.wait()
        code = child.poll()
        if code is not None:
            self._child = None
            self._ended("" if code == 0 else self._last_words() or f"ended with {code}")

    def _ended(self, trouble: str) -> None:
        self._failures = self._failures + 1 if trouble else 0
        is_told = self._failures >= FAILURES_TOLD
        self.problem = f"upkeep fails, so a restart will take longer: {trouble}" if is_told else ""

    def _last_words(self) -> str:
        try:
            lines = self._notes.read_text("utf-8", "replace").splitlines() if self._notes else []
        except OSError:
            return ""
        return lines[-1][:300] if lines else ""


def _notes(places: Places) -> Path:
    return places.data / "upkeep.txt"


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
