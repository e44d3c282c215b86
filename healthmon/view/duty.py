"""This is the place for who is on duty: whom the recorder calls first, and whether they were reached."""

from dataclasses import dataclass
from datetime import datetime

from healthmon.events import Entry
from healthmon.view import words
from healthmon.view.care import Contact, Duty
from healthmon.view.outgoing import Outgoing
from healthmon.view.present import Present
from healthmon.view.screen import Delivery
from healthmon.view.standing import named

_EVERYBODY = ""


@dataclass(frozen=True, slots=True)
class _Message:
    """The newest message to a contact, and what became of it."""

    outcome: str
    at: datetime


class DutyBook:
    """Follows SETS and HANDS_OVER DUTY and NOTIFIES. One thread.

    A person may have a list of their own; the empty name stands for everybody else. Until a carer sets one,
    the contacts that the recorder knows are called in their order.
    """

    def __init__(self) -> None:
        self.weekly_test = False
        self._order: dict[str, tuple[str, ...]] = {}
        self._said: dict[str, datetime] = {}
        self._messages: dict[str, _Message] = {}

    def fold(self, entry: Entry) -> None:
        """A carer sets or hands over the duty. What was said last counts."""
        person = entry.person or _EVERYBODY
        if not entry.counts_now or entry.time < self._said.get(person, entry.time):
            return
        self._said[person] = entry.time
        if entry.verb == "HANDS_OVER":
            to = entry.context.get("to")
            if isinstance(to, str) and to:
                others = self._order.get(person, self._order.get(_EVERYBODY, ()))
                self._order[person] = (to, *(one for one in others if one != to))
            return
        contacts = named(entry, "contacts")
        if contacts is not None:
            self._order[person] = contacts
        if isinstance(weekly := entry.context.get("weekly_test"), bool):
            self.weekly_test = weekly

    def notified(self, entry: Entry) -> None:
        """A message to a contact was delivered, or given up."""
        outcome = entry.context.get("outcome")
        if isinstance(outcome, str):
            self._messages[entry.object.id] = _Message(outcome, entry.time)

    def of(self, person: str, known: tuple[str, ...] | None) -> tuple[str, ...]:
        """Whom the recorder calls for this person, in this order."""
        order = self._order.get(person) or self._order.get(_EVERYBODY, ())
        return (*order, *(one for one in known or () if one not in order))

    def trouble(self, contact: str, known: tuple[str, ...] | None, present: Present) -> str:
        """Why this contact may not be reached, as far as the log tells."""
        if known is not None and contact not in known:
            return words.care.NO_ADDRESS
        last = self._messages.get(contact)
        if last is not None and last.outcome == "failed":
            return words.care.message_failed(present.told(last.at))
        return ""

    def duty(self, known: tuple[str, ...] | None, outgoing: Outgoing, present: Present) -> Duty:
        """Who is on duty for everybody, and who else could be."""
        contacts = tuple(
            Contact(one, words.numbers.called(one), self.trouble(one, known, present))
            for one in self.of(_EVERYBODY, known)
        )
        text = words.care.on_duty(contacts[0].name) if contacts else words.care.NOBODY_ON_DUTY
        for event, delivery in outgoing.pending(present.real):
            if event.object.type == "DUTY":
                is_late = delivery is Delivery.UNDELIVERED
                said = words.answers.UNDELIVERED if is_late else words.answers.SENDING
                text = words.care.handing_over(said)
        return Duty(contacts, text, self.weekly_test)
