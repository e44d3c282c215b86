"""This is the place for one alarm from its first second until somebody has seen that it is over."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from healthmon.events import Event
from healthmon.events.plain_text import made_plain
from healthmon.view import words
from healthmon.view.person import Person
from healthmon.view.screen import Priority


@dataclass(frozen=True, slots=True)
class Call:
    """Somebody was called about an alarm, and what became of the message, once that is known."""

    id: str  # of the ESCALATES
    contact: str
    at: datetime
    outcome: str = ""  # "delivered" or "failed", as the log says it; empty while nobody knows


class AlarmKey(NamedTuple):
    """What makes an alarm one alarm. Those of devices have an episode of their own each."""

    episode: str
    alarm: str


@dataclass(slots=True)
class OpenAlarm:
    """One alarm that still wants somebody's eyes, as the monitor tells it.

    `lost` is when its signal went and the last value, as the log tells it; None while there is a signal.
    `noted_by` is who acknowledged it last, `note` what they wrote with it, `is_seen_here` whether that was
    in this window.
    """

    key: AlarmKey
    person: str
    device: str
    priority: Priority
    since: datetime
    raised: Event
    is_technical: bool = False
    is_floor: bool = False
    is_over: bool = False
    lost: tuple[datetime, float] | None = None
    calls: tuple[Call, ...] = ()
    noted_by: str = ""
    note: str = ""
    is_seen_here: bool = False

    @property
    def alarm(self) -> str:
        """Which alarm it is."""
        return self.key.alarm

    @property
    def quantity(self) -> str | None:
        """Which quantity of a body it is about, if any."""
        return None if self.is_technical else words.alarms.quantity_of(self.alarm)

    def whose(self, person: Person | None) -> str:
        """Whom it is about, or which device when nobody was given that yet."""
        if person is not None:
            return person.name
        return words.numbers.called(self.person) or made_plain(self.device)
