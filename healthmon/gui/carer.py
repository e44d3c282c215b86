"""This is the place for what a carer says: every event the window speaks is made here, and only here."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import TypeAlias

from healthmon.clock import Clock
from healthmon.events import Event, Thing
from healthmon.view.screen import AlarmLine


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of an event that was said: kept in the outbox and on its way, or not, and why.

    `problem` is one sentence with the cure; empty means that the event will be sent, now or after a restart.
    """

    event: str  # its id
    problem: str = ""

    @property
    def is_kept(self) -> bool:
        """Whether the event is safe in the outbox."""
        return not self.problem


# Given by app. Called from the window's thread: writes the event to the outbox and comes back at once.
Say: TypeAlias = Callable[[Event], Receipt]


class Voice:
    """Makes the events of one carer at one window.

    Ids are `carer:session:n`: the session is new for every window, so that no two events share an id, and
    a re-sent event keeps its own.
    """

    def __init__(self, carer: str, session: str, clock: Clock) -> None:
        self._who = Thing("CAREGIVER", carer)
        self._session = session
        self._clock = clock
        self._numbers = count(1)

    def acknowledges(self, alarm: AlarmLine) -> Event:
        """`CAREGIVER anna ACKNOWLEDGES ALARM SPO2_CRIT`, naming the episode and the person."""
        return Event(
            id=f"{self._who.id}:{self._session}:{next(self._numbers)}",
            time=self._clock.now(),
            subject=self._who,
            verb="ACKNOWLEDGES",
            object=Thing("ALARM", alarm.alarm),
            context={**({"person": alarm.person} if alarm.person else {}), "episode": alarm.episode},
        )
