"""This is the place for showing that long work goes on: a line on a terminal, nothing in a pipe."""

import sys
import time

EVERY = 0.2  # seconds between two drawings
AFTER = 1.0  # short work shows nothing


class Progress:
    """How far it is. Cheap enough to tell for every entry."""

    def __init__(self, what: str, total: int) -> None:
        self._what = what
        self._total = max(total, 1)
        self._shows = sys.stderr.isatty()
        self._next = time.monotonic() + AFTER
        self._drawn = False

    def at(self, done: int) -> None:
        """So many of them are done."""
        if not self._shows or done % 1_000 or time.monotonic() < self._next:
            return
        self._next = time.monotonic() + EVERY
        self._drawn = True
        print(f"\r{self._what} {100 * done // self._total:>3} %", end="", file=sys.stderr, flush=True)

    def done(self) -> None:
        """Take the line away."""
        if self._drawn:
            print("\r\033[K", end="", file=sys.stderr, flush=True)
