"""This is the place for what somebody is to be told: ids and numbers, before they become words."""

import re
from dataclasses import dataclass
from datetime import datetime

from healthmon.events.moments import moment_of
from healthmon.notify.letter import Urgency

TEST = "test"
RECOVERED = "recovered"
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT[0-9:.+Z-]+$")


@dataclass(frozen=True, slots=True)
class Notice:
    """One message that the log says is to go to one contact.

    `cause` is the id of the event that says so. `why`: "raised", "unanswered", "unsettled", "lasting",
    "floor", "gap", "recovered" or "test".
    """

    cause: str
    contact: str
    at: datetime
    why: str
    urgency: Urgency
    alarm: str = ""
    person: str = ""
    device: str = ""
    episode: str = ""
    value: float | None = None
    limit: float | None = None
    unit: str = ""
    is_unknown: bool = False  # no signal any more: the value is the last one

    @property
    def began(self) -> datetime | None:
        """When the episode began, which its id ends with; None when it tells no time."""
        found = _MOMENT.search(self.episode)
        return moment_of(found[0]) if found is not None else None

    @property
    def about(self) -> tuple[str, ...]:
        """The same for two messages of which the newer makes the older idle."""
        if self.why == TEST:
            return (self.cause,)
        return (self.contact, self.episode, self.alarm, self.person, self.device)
