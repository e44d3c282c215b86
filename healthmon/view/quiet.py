"""This is the place for somebody's quiet hours as the window shows and sets them."""

from datetime import time, timedelta
from typing import Final

from healthmon.alarms.calls.quiet_hours import QuietHours
from healthmon.view import words
from healthmon.view.care import Quiet
from healthmon.view.outgoing import Outgoing
from healthmon.view.person import Person
from healthmon.view.present import Present
from healthmon.view.screen import Delivery

# Our choice: nobody sleeps for longer, so more of a day than that is asked for twice.
LONGEST_NIGHT: Final = timedelta(hours=12)
_DAY: Final = timedelta(days=1)


def quiet_of(person: Person, hours: QuietHours, outgoing: Outgoing, present: Present) -> Quiet:
    """What holds for this person, and what of it is still on its way."""
    begins, ends = map(_wall, hours.hours(person.id) or ("", ""))
    text = words.quiet.told(begins, ends)
    for event, delivery in outgoing.pending(present.real):
        if event.object.type == "QUIET_HOURS" and event.person == person.id:
            is_late = delivery is Delivery.UNDELIVERED
            text = words.quiet.setting(words.answers.UNDELIVERED if is_late else words.answers.SENDING)
    return Quiet(person.id, person.name, begins, ends, str(hours.zone_of(person.id)), text)


def mistake(begins: str, ends: str) -> str:
    """Why these can be no quiet hours; empty when they can."""
    return words.quiet.NO_LENGTH if begins == ends else ""


def doubt(begins: str, ends: str) -> str:
    """Why they should be asked for twice; empty when nothing speaks against them."""
    length = (_since_midnight(ends) - _since_midnight(begins)) % _DAY
    return words.quiet.long(length) if length > LONGEST_NIGHT else ""


def _wall(said: str) -> str:
    """A time of day as it was said, as `22:00`."""
    return f"{time.fromisoformat(said):%H:%M}" if said else ""


def _since_midnight(wall: str) -> timedelta:
    at = time.fromisoformat(wall)
    return timedelta(hours=at.hour, minutes=at.minute)
