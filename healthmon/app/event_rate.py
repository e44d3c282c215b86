"""This is the place for how many events a second are taken in, for whoever looks at the sign of life."""

import time


class EventRate:
    """Events per second of real time, over the last few beats."""

    def __init__(self) -> None:
        self._seen = 0
        self._at = time.monotonic()
        self._rate = 0.0

    def of(self, seen: int) -> float:
        """The rate since the last call, smoothed a little."""
        now = time.monotonic()
        fresh = (seen - self._seen) / max(now - self._at, 0.001)
        self._seen, self._at = seen, now
        self._rate = 0.5 * self._rate + 0.5 * fresh
        return round(self._rate, 1)
