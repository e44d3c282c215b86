"""This is the place for how urgent a person's alarms are, told to whoever colours a number."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from healthmon.view.screen import Priority


@dataclass(frozen=True, slots=True)
class Priorities:
    """The most urgent alarm that holds of a person: of all of them, and for each quantity that has one."""

    worst: Priority | None = None
    by_quantity: Mapping[str, Priority] = field(default_factory=dict)


NO_ALARM: Final = Priorities()
