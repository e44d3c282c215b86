"""This is the place for the window's care of the recorder: if none records for 3 s, start one."""

import subprocess
import time
from collections.abc import Callable, Sequence

from healthmon import log
from healthmon.app.places import Places
from healthmon.app.processes import start_recorder

PATIENCE = 3.0  # seconds of real time that the service manager has to restart it first
BETWEEN = 10.0  # seconds between two starts: a recorder that cannot start is not started like a drum


class RecorderKeeper:
    """Starts a recorder when the log has no holder. Two windows may race: the log's lock decides."""

    def __init__(
        self, places: Places, options: Sequence[str], *, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._places = places
        self._options = tuple(options)
        self._now = now
        self._gone_since: float | None = None
        self._started_at: float | None = None
        self._child: subprocess.Popen[bytes] | None = None
        self.starts = 0

    def begin(self) -> bool:
        """At the window's own start: no need to wait. Whether a recorder was started."""
        return False if log.is_locked(self._places.data) else self._start()

    def look(self) -> None:
        """Every second: notice a missing recorder, and start one after 3 s."""
        if self._child is not None:
            self._child.poll()  # takes the exit status, so that no zombie is left
        if log.is_locked(self._places.data):
            self._gone_since = None
            return
        now = self._now()
        self._gone_since = now if self._gone_since is None else self._gone_since
        waited = now - self._gone_since >= PATIENCE
        rested = self._started_at is None or now - self._started_at >= BETWEEN
        if waited and rested:
            self._start()

    def _start(self) -> bool:
        self._started_at = self._now()
        self._child = start_recorder(self._places, self._options)
        self.starts += 1
        return True
