"""This is the place for a desk that outlives its log: a log that was exchanged is folded anew."""

from collections.abc import Callable

from healthmon.events import Event
from healthmon.log import LogError, LogReason
from healthmon.view.desk import Desk
from healthmon.view.limits_card import LimitsCard
from healthmon.view.screen import Screen, Span


class LastingDesk:
    """Hands everything to the desk that `make` made; makes another when the log under it is not the same:
    cut, exchanged, or pruned beyond what was read.
    """

    def __init__(self, make: Callable[[], Desk]) -> None:
        self._make = make
        self._desk = make()

    def tick(self, columns: int = 600) -> Screen:
        """As the desk does; with a fresh one after the log was cut or exchanged."""
        try:
            return self._desk.tick(columns)
        except LogError as error:
            if error.reason not in {LogReason.REPLACED, LogReason.BEFORE_START, LogReason.BEYOND_END}:
                raise
        self._desk = self._make()
        return self._desk.tick(columns)

    def select(self, person: str) -> None:
        """As the desk does."""
        self._desk.select(person)

    def look(self, span: Span) -> None:
        """As the desk does."""
        self._desk.look(span)

    def limits(self, person: str) -> LimitsCard | None:
        """As the desk does."""
        return self._desk.limits(person)

    def said(self, event: Event) -> None:
        """As the desk does."""
        self._desk.said(event)
