"""This is the place for what is not usual for this person: far below their own last four weeks."""

from math import inf

from healthmon.alarms.limits import Terms
from healthmon.alarms.source import Source
from healthmon.alarms.states import Signal
from healthmon.alarms.usual import Days


class Usual:
    """A reading lies so many points below what is usual, once that is known."""

    __slots__ = ("_days",)

    def __init__(self, days: Days) -> None:
        self._days = days

    def zone(self, source: Source, value: float, terms: Terms) -> Signal:  # noqa: ARG002 - the conditions' shape
        """Where the reading lies; CLEAR while nobody knows what is usual."""
        usual = self._days.usual
        return Signal.CLEAR if usual is None else terms.judge(value, usual - terms.limit)

    def still_holds(self, source: Source, terms: Terms) -> bool:
        """Whether the newest reading is beyond under other terms, too."""
        return self.zone(source, source.value, terms) is Signal.BEYOND

    def edge(self, terms: Terms) -> float:
        """So far below what is usual; nothing is while that is not known."""
        usual = self._days.usual
        return -inf if usual is None else usual - terms.limit

    def reference(self, source: Source) -> float | None:  # noqa: ARG002 - the conditions' shape
        """What is usual."""
        return self._days.usual

    def forget(self, device: str) -> None:
        """What is usual for a person does not go with a device."""
