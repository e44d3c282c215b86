"""This is the place for the rows about carers and calls to them: duty, pauses, messages, what they judged."""

from collections.abc import Callable, Mapping
from typing import Final

from healthmon.events import Event
from healthmon.events.plain_text import made_plain
from healthmon.view import words
from healthmon.view.told import NameOf, Told


def _called(event: Event, _name_of: NameOf) -> Told:
    said = event.context.get("contact")
    contact = words.numbers.called(said) if isinstance(said, str) else ""
    value = words.alarms.value(event)
    if not contact:
        return Told("alarm", words.alarms.unanswered(event.object.id), value)
    return Told("alarm", words.care.called(contact, words.alarms.title(event.object.id)), value, _why(event))


def _notified(event: Event, _name_of: NameOf) -> Told:
    outcome, channel, reason = (_text(event, key) for key in ("outcome", "channel", "reason"))
    became = words.messages.outcome(outcome, reason)
    text = words.care.message(words.numbers.called(event.object.id), became)
    why = words.messages.why(reason) if reason else ""
    return Told("recorder", text, context=made_plain(words.numbers.joined(channel, why)))


def _tested(event: Event, _name_of: NameOf) -> Told:
    what = "" if event.object.type == "SOUND" else words.numbers.called(event.object.id)
    by = words.numbers.called(event.subject.id) if event.subject.type == "CAREGIVER" else ""
    return Told("carer" if by else "recorder", words.care.tested(by, what))


def _handed_over(event: Event, _name_of: NameOf) -> Told:
    to = words.numbers.called(_text(event, "to"))
    text = words.care.handed_over(words.numbers.called(event.subject.id), to)
    return Told("carer", text)


def _duty(event: Event, _name_of: NameOf) -> Told:
    said = event.context.get("contacts")
    names = (
        [words.numbers.called(one) for one in said if isinstance(one, str)] if isinstance(said, list) else []
    )
    text = words.care.duty_set(words.numbers.called(event.subject.id))
    return Told("carer", text, ", ".join(names[:6]))


def _quiet_hours(event: Event, _name_of: NameOf) -> Told:
    begins, ends = _text(event, "from"), _text(event, "to")
    value = words.care.hours(begins, ends) if begins and ends else words.care.NO_QUIET_HOURS
    text = words.care.quiet_hours_set(words.numbers.called(event.subject.id))
    return Told("carer", text, made_plain(value))


def _paused(event: Event, _name_of: NameOf) -> Told:
    is_end = event.amount == 0
    text = words.care.paused(words.numbers.called(event.subject.id), is_end=is_end)
    return Told("carer", text, "" if is_end else words.numbers.measured(event.amount, event.unit))


def _judged(event: Event, _name_of: NameOf) -> Told:
    return Told("carer", words.care.judged(words.numbers.called(event.subject.id), event.value))


def _sound(event: Event, _name_of: NameOf) -> Told:
    return Told("recorder", words.care.sound_said(event.value), context=_text(event, "reason"))


def _awake(event: Event, _name_of: NameOf) -> Told:
    return Told("recorder", words.care.awake_said(event.value), context=_text(event, "reason"))


def _outside(event: Event, _name_of: NameOf) -> Told:
    return Told("recorder", words.care.outside_said(event.value), context=_text(event, "reason"))


def _contacts(event: Event, _name_of: NameOf) -> Told:
    said = event.context.get("contacts")
    count = len(said) if isinstance(said, list) else 0
    return Told("recorder", words.care.contacts_said(count))


def _why(event: Event) -> str:
    return words.care.why_called(_text(event, "why"))


def _text(event: Event, key: str) -> str:
    said = event.context.get(key)
    return made_plain(said, longest=80) if isinstance(said, str) else ""


TELLERS: Final[Mapping[tuple[str, str], Callable[[Event, NameOf], Told]]] = {
    ("ESCALATES", "ALARM"): _called,
    ("NOTIFIES", "CONTACT"): _notified,
    ("TESTS", "CONTACT"): _tested,
    ("TESTS", "SOUND"): _tested,
    ("HANDS_OVER", "DUTY"): _handed_over,
    ("SETS", "DUTY"): _duty,
    ("SETS", "QUIET_HOURS"): _quiet_hours,
    ("PAUSES", "SOUND"): _paused,
    ("RATES", "EPISODE"): _judged,
    ("REPORTS", "SOUND"): _sound,
    ("REPORTS", "AWAKE"): _awake,
    ("REPORTS", "CONTACTS"): _contacts,
    ("REPORTS", "OUTSIDE"): _outside,
}
