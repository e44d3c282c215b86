"""This is the place for a limit: each reading is held against it."""

from healthmon.alarms.limits import Terms
from healthmon.alarms.source import Source
from healthmon.alarms.states import Signal


class Limit:
    """The plainest condition: a reading at or beyond the limit is beyond."""

    __slots__ = ()

    def zone(self, source: Source, value: float, terms: Terms) -> Signal:  # noqa: ARG002 - the conditions' shape
        """Where the reading lies."""
        return terms.judge(value)

    def still_holds(self, source: Source, terms: Terms) -> bool:
        """Whether the newest reading is beyond under other terms, too."""
        return terms.judge(source.value) is Signal.BEYOND

    def edge(self, terms: Terms) -> float:
        """The limit itself."""
        return terms.limit

    def reference(self, source: Source) -> float | None:  # noqa: ARG002 - the conditions' shape
        """None: the limit says it all."""
        return None

    def forget(self, device: str) -> None:
        """It remembers nothing."""
