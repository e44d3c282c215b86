"""This is the place for noticing what was already said: the last ids, so many and no more."""


class RecentIds:
    """Remembers the last `capacity` ids. One thread. Bounded: the oldest are forgotten first."""

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._ids: dict[str, None] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._ids

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, name: str) -> None:
        """Remember one more id."""
        self._ids[name] = None
        if len(self._ids) > self._capacity:
            del self._ids[next(iter(self._ids))]
