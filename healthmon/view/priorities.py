"""This is the place for the alarms of a person as a number shows them: how urgent, or how soon."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from healthmon.view.screen import Priority


@dataclass(frozen=True, slots=True)
class Ringing:
    """What the alarms say of one number: how urgent one that holds is, against what, how soon one comes."""

    priority: Priority | None = None
    against: str = ""
    coming: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Priorities:
    """The most urgent alarm that holds of a person: of all of them, and for each quantity that has one."""

    worst: Priority | None = None
    by_quantity: Mapping[str, Priority] = field(default_factory=dict)
    against: Mapping[str, str] = field(default_factory=dict)  # by quantity: the limit that rang, in words

    def of(self, quantity: str, coming: timedelta | None) -> Ringing:
        """What they say of this quantity's number."""
        return Ringing(self.by_quantity.get(quantity), self.against.get(quantity, ""), coming)


NO_ALARM: Final = Priorities()
