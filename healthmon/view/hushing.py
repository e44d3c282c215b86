"""This is the place for paused sound as the window shows it: until when, and what is still on its way."""

from datetime import datetime

from healthmon.view import words
from healthmon.view.care import Hush
from healthmon.view.outgoing import Outgoing
from healthmon.view.present import Present
from healthmon.view.screen import Delivery


def hush(until: datetime | None, outgoing: Outgoing, present: Present) -> Hush | None:
    """A pause that holds, or one that nobody else knows about yet; None while there is neither."""
    said, is_settled = words.answers.paused(until - present.now) if until is not None else "", True
    for event, delivery in outgoing.pending(present.real):
        if event.verb == "PAUSES":
            is_late = delivery is Delivery.UNDELIVERED
            state = words.answers.UNDELIVERED if is_late else words.answers.SENDING
            said, until, is_settled = words.answers.pausing(state), until or present.now, False
    return Hush(until, said, is_settled=is_settled) if until is not None else None
