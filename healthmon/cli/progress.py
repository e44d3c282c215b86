"""This is the place for showing that long work goes on: a line on a terminal, nothing in a pipe."""

import sys
import time

EVERY = 0.2  # seconds between two drawings
AFTER = 1.0  # short work shows nothing
WIDTH = 24  # of the bar


class Progress:
    """How far it is. Cheap enough to tell for every entry."""

    def __init__(self, what: str, total: int) -> None:
        self._what = what
        self._total = max(total, 1)
        self._shows = sys.stderr.isatty()
        self._begun = time.monotonic()
        self._next = self._begun + AFTER
        self._drawn = False

    def at(self, done: int) -> None:
        """So many of them are done."""
        if self._shows and not done % 1_000:
            self.draw(done, self._total)

    def draw(self, done: int, total: int) -> None:
        """The same where the total may have become another; draws at most five times a second."""
        now = time.monotonic()
        if not self._shows or now < self._next:
            return
        self._next = now + EVERY
        self._drawn = True
        share = min(done / max(total, 1), 1.0)
        bar = "█" * round(share * WIDTH)
        left = (now - self._begun) * (1 - share) / share if share else 0.0
        line = f"{self._what} {bar:░<{WIDTH}} {100 * share:>3.0f} %, {left:.0f} s left"
        print(f"\r{line}\033[K", end="", file=sys.stderr, flush=True)

    def done(self) -> None:
        """Take the line away."""
        if self._drawn:
            print("\r\033[K", end="", file=sys.stderr, flush=True)
