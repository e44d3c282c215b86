"""This is the place for keeping the machine awake while somebody is monitored, or saying that it cannot be.

`systemd-inhibit` holds the lock for as long as a small child of it lives: one that waits until its standard
input ends, so the lock is gone with the recorder, kill -9 included. A lid that is closed, or somebody who
says "suspend", is stronger on most machines: this keeps the machine from falling asleep by itself.
"""

import os
import subprocess
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from enum import StrEnum
from typing import Final, Protocol

from healthmon.events import Json

LOOKS_EVERY: Final = 5.0
TRIES_AGAIN_AFTER: Final = 300.0
HELD_AFTER: Final = 2.0  # seconds: a refusal comes within them
WORDS: Final = (
    "systemd-inhibit",
    "--what=sleep:idle",
    "--who=healthmon",
    "--why=somebody is being monitored",
    "--mode=block",
    "cat",
)


class Awake(StrEnum):
    """Whether the machine is kept awake. The words stand in the log: never change one."""

    HELD = "held"
    CANNOT = "cannot"
    OFF = "off"  # nobody is monitored, or the owner does not want it


class Lock(Protocol):
    """The lock that is held, or being asked for."""

    def refusal(self) -> str | None:
        """Why it is not held; None while it is."""

    def release(self) -> None:
        """Let the machine sleep again."""


class AwakeCare:
    """Called in every turn of the recorder, from its one thread; costs a look at the clock, mostly.

    Whether somebody is monitored, and so how long the machine stays awake, is for `monitored` to say.
    """

    def __init__(
        self,
        take: Callable[[], Lock] | None = None,
        *,
        is_wanted: bool = True,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._take = take or SystemdLock
        self._is_wanted = is_wanted
        self._now = now
        self._looked = now() - LOOKS_EVERY
        self._lock: Lock | None = None
        self._taken = 0.0
        self._next_try = now()
        self._told: tuple[Awake, str] | None = None

    def look_after(self, *, is_monitored: bool) -> dict[str, Json] | None:
        """What `MONITOR REPORTS AWAKE` has to say, when it changed."""
        now = self._now()
        if now - self._looked < LOOKS_EVERY:
            return None
        self._looked = now
        state = self._state(now, is_monitored=is_monitored)
        if state is None or state == self._told:
            return None
        self._told = state
        said: dict[str, Json] = {"value": state[0].value}
        return {**said, "reason": state[1]} if state[1] else said

    def stop(self) -> None:
        """Let the machine sleep."""
        lock, self._lock = self._lock, None
        if lock is not None:
            lock.release()

    def _state(self, now: float, *, is_monitored: bool) -> tuple[Awake, str] | None:
        if not self._is_wanted or not is_monitored:
            self.stop()
            return Awake.OFF, "" if self._is_wanted else "switched off in the settings"
        if self._lock is None:
            if now >= self._next_try:
                self._lock, self._taken = self._take(), now
            return None
        refusal = self._lock.refusal()
        if refusal is not None:
            self.stop()
            self._next_try = now + TRIES_AGAIN_AFTER
            return Awake.CANNOT, refusal
        return (Awake.HELD, "") if now - self._taken >= HELD_AFTER else None


class SystemdLock:
    """systemd's lock against sleep and idle. A machine without systemd refuses with the reason."""

    def __init__(self, words: Sequence[str] = WORDS) -> None:
        self._reason = ""
        self._process: subprocess.Popen[bytes] | None = None
        try:
            self._process = subprocess.Popen(
                list(words),
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                start_new_session=True,
            )
            if self._process.stderr is not None:
                os.set_blocking(self._process.stderr.fileno(), False)  # its children may hold the other end
        except OSError as error:
            self._reason = f"{words[0]}: {error.strerror}"

    def refusal(self) -> str | None:
        """See `Lock`. Never blocks: of an ended process this is what it has said by now."""
        if self._process is None:
            return self._reason
        if self._process.poll() is None:
            return None
        said = ""
        if self._process.stderr is not None:
            with suppress(BlockingIOError):
                said = os.read(self._process.stderr.fileno(), 500).decode(errors="replace")
        return said.strip().replace("\n", "; ") or f"ended with {self._process.returncode}"

    def release(self) -> None:
        """See `Lock`."""
        if self._process is None:
            return
        for pipe in (self._process.stdin, self._process.stderr):
            with suppress(OSError):
                pipe.close() if pipe is not None else None
        try:
            self._process.wait(1.0)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
