"""This is the place for the hole that every kind of condition fits."""

from typing import Protocol

from healthmon.alarms.limits import Terms
from healthmon.alarms.source import Source
from healthmon.alarms.states import Signal


class Condition(Protocol):
    """Says of a valid reading whether it is BEYOND, BETWEEN or CLEAR. Pure; one for each alarm of a person.

    It is shown every reading that is not strictly inside its `edge`, and every reading while any alarm of the
    quantity is awake. The source has taken in the reading before.
    """

    def zone(self, source: Source, value: float, terms: Terms) -> Signal:
        """Where the newest reading of this device lies."""

    def still_holds(self, source: Source, terms: Terms) -> bool:
        """Whether the newest reading of this device is beyond under other terms, too."""

    def edge(self, terms: Terms) -> float:
        """No reading inside of this begins anything: above it, for an alarm of low values."""

    def reference(self, source: Source) -> float | None:
        """What the reading is compared with, if it is not the limit itself."""

    def forget(self, device: str) -> None:
        """The device was taken off, or its clock set back."""
