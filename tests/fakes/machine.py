"""A machine whose clock is set, and that sleeps, as a test says."""

from datetime import datetime, timedelta

from healthmon.clock import TurnedClock
from healthmon.pipeline.receipt import Receipt


class Machine:
    """Its clock, which may be set, and the two counts of seconds that may not."""

    def __init__(self, start: datetime) -> None:
        self.clock = TurnedClock(start)
        self._passed = 1000.0
        self._awake = 500.0

    def receipt(self) -> Receipt:
        """The receive time of a recorder on it."""
        return Receipt(self.clock, passed=lambda: self._passed, awake=lambda: self._awake)

    def work(self, seconds: float) -> None:
        """Time passes."""
        self._awake += seconds
        self.sleep(seconds)

    def sleep(self, seconds: float) -> None:
        """Time passes, and nobody knows."""
        self._passed += seconds
        self.clock.turn(timedelta(seconds=seconds))

    def set_clock(self, by: float) -> None:
        """Somebody sets the clock."""
        self.clock.turn(timedelta(seconds=by))
