"""This is the place for what a screen shows of the carers: who is on duty, paused sound, a question to them.

Frozen values, words included, as in `screen`.
"""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody who can be called. `trouble` says why they may not be reached; empty where nothing speaks
    against it.
    """

    id: str
    name: str
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Duty:
    """Whom the recorder calls, in this order; the first is on duty. Empty while nobody is known."""

    contacts: tuple[Contact, ...] = ()
    text: str = ""  # "Anna is on duty", "Nobody is on duty", "Handing over to Ben: sending…"
    weekly_test: bool = False

    @property
    def on_duty(self) -> Contact | None:
        """Who is called first."""
        return self.contacts[0] if self.contacts else None


@dataclass(frozen=True, slots=True)
class Hush:
    """All sound is paused. What is beyond the critical floor sounds all the same."""

    until: datetime
    text: str  # "Sound paused 1:43"
    is_settled: bool = True  # nothing about it is on its way


@dataclass(frozen=True, slots=True)
class Quiet:
    """Somebody's quiet hours, on the clock where they live: medium alarms neither sound nor call in them.

    `begins` and `ends` are empty where there are none.
    """

    person: str
    name: str
    begins: str = ""  # "22:00"
    ends: str = ""
    zone: str = ""  # "Europe/Berlin"
    text: str = ""  # "22:00–07:00", "Quiet hours", "Quiet hours: sending…"


@dataclass(frozen=True, slots=True)
class Question:
    """ "Was it real?", of an episode that is over. `state`: where an answer has got to; empty before it."""

    episode: str
    person: str
    text: str  # "Oxygen very low · Maria Kowalska · 03:10 to 03:24"
    state: str = ""
