"""This is the place for noticing what was already said: by its id, or in doubt by its words."""

from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta

from healthmon.events import Entry, Event

DOUBT = timedelta(seconds=3)
"""Our choice: an acknowledgement takes milliseconds, so only what was logged last is in doubt."""
MOST_IN_DOUBT = 4_000
"""As many as the broker leaves unacknowledged."""


class RecentIds:
    """Remembers the last `capacity` ids. One thread. Bounded: the oldest are forgotten first."""

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._ids: set[str] = set()
        self._in_order: deque[str] = deque()

    def __getstate__(self) -> tuple[int, deque[str]]:
        return self._capacity, self._in_order  # a set has no order, so the same would be kept differently

    def __setstate__(self, state: tuple[int, deque[str]]) -> None:
        self._capacity, self._in_order = state
        self._ids = set(self._in_order)

    def __contains__(self, name: str) -> bool:
        return name in self._ids

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, name: str) -> None:
        """Remember one more id."""
        ids = self._ids
        known = len(ids)
        ids.add(name)
        if len(ids) == known:
            return
        in_order = self._in_order
        in_order.append(name)
        if len(in_order) > self._capacity:
            ids.remove(in_order.popleft())

    def drop(self, is_to_go: Callable[[str], bool]) -> None:
        """Forget every id for which this holds."""
        kept = [name for name in self._in_order if not is_to_go(name)]
        self._ids, self._in_order = set(kept), deque(kept)


class LastUnnamed:
    """The events without ids of their own that a log ends with: the last seconds of an earlier life.

    Their acknowledgements may not have reached the broker, which then gives them again, in their order. One
    thread. Bounded.
    """

    def __init__(self) -> None:
        self.said: deque[tuple[datetime, str]] = deque(maxlen=MOST_IN_DOUBT)
        """When and in which words. To be read, not changed: while it is empty, only ids of receipt matter."""

    def add(self, entry: Entry) -> None:
        """The log goes on with this."""
        while self.said and entry.received - self.said[0][0] > DOUBT:
            self.said.popleft()
        if entry.id.startswith("r"):
            self.said.append((entry.received, _words(entry)))

    def recognise(self, event: Event) -> bool:
        """Whether the log has this already, which comes again: then it, and all before it, is settled."""
        words = _words(event)
        if all(said != words for _, said in self.said):
            self.forget()  # it was not logged, so what comes after it was not either
            return False
        while self.said.popleft()[1] != words:
            pass
        return True

    def forget(self) -> None:
        """Something came that was not given before: nothing is in doubt any more."""
        self.said.clear()


def _words(event: Event) -> str:
    return f"{event.subject} {event.verb} {event.object} {event.value!r}"
