"""This is the place for the alarms of a person as a number shows them: how urgent, or how soon."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from healthmon.view.screen import Priority


@dataclass(frozen=True, slots=True)
class Priorities:
    """The most urgent alarm that holds of a person: of all of them, and for each quantity that has one."""

    worst: Priority | None = None
    by_quantity: Mapping[str, Priority] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ringing:
    """What the alarms say of one number: how urgent one is that holds, how soon one is coming."""

    priority: Priority | None = None
    coming: timedelta | None = None


NO_ALARM: Final = Priorities()
