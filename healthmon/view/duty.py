"""This is the place for who is on duty: whom the recorder calls first, and whether messages reach them."""

from dataclasses import dataclass
from datetime import datetime

from healthmon.alarms.calls.duty import Duty as Lists
from healthmon.events import Entry
from healthmon.view import words
from healthmon.view.care import Contact, Duty
from healthmon.view.outgoing import Outgoing
from healthmon.view.present import Present
from healthmon.view.screen import Delivery


@dataclass(frozen=True, slots=True)
class _Message:
    """The newest message to a contact, and what became of it."""

    outcome: str
    at: datetime


class DutyBook:
    """Reads the order from the calls' own rule, which somebody else feeds; follows NOTIFIES. One thread."""

    def __init__(self, lists: Lists) -> None:
        self._lists = lists
        self._messages: dict[str, _Message] = {}

    def notified(self, entry: Entry) -> None:
        """A message to a contact was delivered, or given up."""
        outcome, reason = entry.context.get("outcome"), entry.context.get("reason")
        if outcome == "delivered" or words.messages.is_failure(outcome, reason):
            self._messages[entry.object.id] = _Message(str(outcome), entry.time)

    def order(self, person: str | None = None) -> tuple[str, ...]:
        """Whom the recorder calls for this person, who is on duty first; empty when nobody can be called."""
        return self._lists.order(person)

    def trouble(self, contact: str, present: Present) -> str:
        """Why this contact may not be reached, as far as the log tells."""
        last = self._messages.get(contact)
        is_failed = last is not None and last.outcome == "failed"
        return words.care.message_failed(present.told(last.at)) if last is not None and is_failed else ""

    def duty(self, outgoing: Outgoing, present: Present) -> Duty:
        """Who is on duty for everybody, and who else could be."""
        contacts = tuple(
            Contact(one, words.numbers.called(one), self.trouble(one, present)) for one in self.order()
        )
        text = words.care.on_duty(contacts[0].name) if contacts else words.care.NOBODY_ON_DUTY
        for event, delivery in outgoing.pending(present.real):
            if event.object.type == "DUTY":
                is_late = delivery is Delivery.UNDELIVERED
                said = words.answers.UNDELIVERED if is_late else words.answers.SENDING
                text = words.care.handing_over(said)
        return Duty(contacts, text, weekly_test=bool(self._lists.tested()))
