"""This is the place for many readings in little room: whole values, a byte each, and their median."""

from statistics import median


class Pile:
    """Up to `limit` whole values between 0 and 255. A full pile stays as it is."""

    __slots__ = ("_limit", "_middle", "_values")

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._middle: float | None = None
        self._values = bytearray()

    def __len__(self) -> int:
        return len(self._values)

    def add(self, value: float) -> None:
        """Lay one more on it, rounded, and held at 0 and 255."""
        if len(self._values) < self._limit:
            self._values.append(min(255, max(0, round(value))))
            self._middle = None

    def middle(self) -> float:
        """The median. An empty pile has none: ask its length first."""
        if self._middle is None:
            self._middle = float(median(self._values))
        return self._middle
