"""This is the place for the recorder's sign of life: one small file every real second, never synced."""

import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from healthmon.events import wire

EVERY = 1.0


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """How the recorder is, as it says itself. `written` is real time, whatever clock it records by."""

    written: datetime
    pid: int
    version: str
    offset: int
    queue: int
    broker_up: bool
    broker_problem: str
    disk_free: int
    problem: str
    events_per_second: float
    clock: str
    sound: str = ""
    playing: str = ""


class Heart:
    """Beats in a thread of its own until `stop`. A beat that cannot be written is skipped, not fatal.

    Whoever has no state to tell (None) does not beat: a sign of life is more than a thread that lives.
    """

    def __init__(self, path: Path, state: Callable[[], Heartbeat | None], *, every: float = EVERY) -> None:
        self._path = path
        self._state = state
        self._every = every
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="heartbeat")

    def start(self) -> None:
        """Begin; the first beat is written at once."""
        self._thread.start()

    def stop(self) -> None:
        """End, and take the sign of life away: whoever looks knows it was on purpose."""
        self._stop.set()
        self._thread.join()
        self._path.unlink(missing_ok=True)

    def _run(self) -> None:
        while True:
            state = self._state()
            if state is not None:
                beat(self._path, state)
            if self._stop.wait(self._every):
                return


def beat(path: Path, state: Heartbeat) -> bool:
    """Write one beat, whole or not at all; whether it could be written."""
    fresh = path.with_suffix(".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)  # something may have cleaned it away
        fresh.write_bytes(wire.write(state))
        fresh.replace(path)
    except OSError:
        return False
    return True


def last_beat(path: Path) -> Heartbeat | None:
    """The newest beat, or None when there is none that can be read."""
    try:
        return wire.read(path.read_bytes(), Heartbeat)
    except (OSError, wire.WireError):
        return None


def is_alive(pid: int) -> bool:
    """Whether a process of this number exists and is not a zombie."""
    try:
        os.kill(pid, 0)
    except PermissionError:
        return True  # somebody else's
    except OSError:
        return False
    return not _is_zombie(pid)


def _is_zombie(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return False


def real_now() -> datetime:
    """Real time: what heartbeats are written in and judged by."""
    return datetime.now(UTC)
