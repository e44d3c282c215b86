"""This is the place for the recorder's sign of life while it learns from the log what it knew before."""

import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from healthmon import __version__
from healthmon.app.heartbeat import Heart, Heartbeat, real_now
from healthmon.events import Entry


def free_bytes(folder: Path) -> int:
    """Free bytes of the disk a folder is on; 0 when nobody can tell."""
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return 0


class Rebuilding:
    """Counts the entries that pass, and tells of it every second. A context: between its ends it beats."""

    def __init__(self, data: Path, heartbeat: Path, *, first: int, last: int, clock: str) -> None:
        self._first = self._seen = first
        self._last = last
        self._clock = clock
        self._data = data
        self._heart = Heart(heartbeat, self._state)

    def __enter__(self) -> "Rebuilding":
        self._heart.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._heart.stop()

    def counted(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        """The same entries, counted."""
        for entry in entries:
            self._seen = entry.offset
            yield entry

    def _state(self) -> Heartbeat:
        share = (self._seen - self._first) / max(1, self._last - self._first)
        return Heartbeat(
            written=real_now(),
            pid=os.getpid(),
            version=__version__,
            offset=self._seen,
            queue=0,
            broker_up=True,
            broker_problem="",
            disk_free=free_bytes(self._data),
            problem=f"no alarms yet: the log is being read again, {share:.0%}; the broker keeps what comes",
            events_per_second=0.0,
            clock=self._clock,
        )
