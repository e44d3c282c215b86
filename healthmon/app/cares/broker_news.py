"""This is the place for what the recorder says of its broker: away, or up again."""

import time
from collections.abc import Callable

from healthmon.events import Json

LASTS = 2.0  # seconds of real time: a connection that comes back at once is no news


class BrokerNews:
    """Called in every turn of the recorder. One thread. A recorder begins as one whose broker answers."""

    def __init__(self, *, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._told_up = True
        self._other_since: float | None = None

    def look(self, *, is_up: bool) -> dict[str, Json] | None:
        """The context of REPORTS BROKER once the connection has been another for two seconds; else None."""
        if is_up is self._told_up:
            self._other_since = None
            return None
        now = self._now()
        self._other_since = now if self._other_since is None else self._other_since
        if now - self._other_since < LASTS:
            return None
        self._told_up, self._other_since = is_up, None
        return {"value": "up" if is_up else "away"}
