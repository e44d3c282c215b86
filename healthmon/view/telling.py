"""This is the place for one event as one line of the table: its icon, its words, its number, its context."""

from collections.abc import Callable, Mapping
from typing import Final

from healthmon.events import Event
from healthmon.events.not_recorded import NotRecorded
from healthmon.events.plain_text import made_plain
from healthmon.events.vocabulary import COFFEE, HR, PERSON_VERBS, SPO2
from healthmon.view import words
from healthmon.view.screen import Priority
from healthmon.view.telling_care import TELLERS as OF_CARE
from healthmon.view.told import NameOf, Told

# What has a curve of its own, or moves all day long, is not listed.
PLOTTED: Final = frozenset({HR, SPO2, "STEPS", "RR"})


def tell(event: Event, name_of: NameOf) -> Told:
    """The words for any event; what nobody here knows is told as the sentence it is."""
    teller = _TELLERS.get((event.verb, event.object.type)) or _TELLERS.get((event.verb, ""))
    if teller is not None:
        return teller(event, name_of)
    return _sentence(event, "carer" if event.verb in PERSON_VERBS else "event")


def _sentence(event: Event, kind: str) -> Told:
    value = words.numbers.measured(event.value, event.unit, event.object.type)
    return Told(kind, words.rows.sentence(event), value, words.rows.rest(event))


def _raised(event: Event, _name_of: NameOf) -> Told:
    is_technical = event.context.get("technical") is True
    title = words.alarms.technical(event) if is_technical else words.alarms.title(event.object.id)
    said = event.context.get("priority")
    priority = Priority(said) if isinstance(said, str) and said in set(Priority) else None
    value = "" if is_technical else words.alarms.value(event)
    return Told("alarm", title, value, words.alarms.beyond(event), priority)


def _cleared(event: Event, _name_of: NameOf) -> Told:
    value = "" if event.context.get("technical") is True else words.alarms.value(event)
    return Told("alarm", words.alarms.over(event.object.id), value)


def _signal(event: Event, _name_of: NameOf) -> Told:
    return Told("alarm", words.alarms.signal(event), words.alarms.value(event))


def _spike(event: Event, _name_of: NameOf) -> Told:
    value = words.numbers.measured(event.value, event.unit, HR)
    return Told("spike", words.rows.SPIKE, value, words.rows.leap(event))


def _dip(event: Event, _name_of: NameOf) -> Told:
    value = words.numbers.measured(event.value, event.unit, SPO2)
    return Told("alarm", words.rows.dip(event), value, words.alarms.beyond(event))


def _coffee_told(event: Event, _name_of: NameOf) -> Told:
    said = words.information.coffee(event)
    if not said:
        return _sentence(event, "event")
    return Told("coffee", said, words.information.before_bed(event), words.information.about_coffee(event))


def _night(event: Event, _name_of: NameOf) -> Told:
    said = words.information.night(event)
    if not said:
        return _sentence(event, "event")
    return Told("advice", said, words.alarms.value(event), words.information.about_night(event))


def _gap(event: Event, _name_of: NameOf) -> Told:
    count = event.context.get("count")
    value = words.numbers.counted(int(count), "message") if words.numbers.is_number(count) else ""
    return Told("device", words.rows.GAP, value, words.rows.gap(event))


def _advice(event: Event, _name_of: NameOf) -> Told:
    band = words.advice.band_of(event.context.get("band"))
    score = "" if event.amount is None else words.numbers.whole(event.amount)
    return Told("advice", words.advice.row(band), score, words.numbers.joined(*words.advice.reasons(event)))


def _refusal(event: Event, _name_of: NameOf) -> Told:
    size = event.context.get("bytes")
    said = [event.context.get("topic"), event.context.get("detail")]
    told = [made_plain(text) for text in said if isinstance(text, str) and text]
    return Told(
        "rejected",
        words.rows.refused(event.context.get("reason")),
        words.numbers.counted(int(size), "byte") if words.numbers.is_number(size) else "",
        made_plain(words.numbers.joined(*told)),
    )


def _coffee(event: Event, _name_of: NameOf) -> Told:
    value = words.numbers.measured(event.value, event.unit)
    return Told("coffee", words.rows.coffee(event), value, words.numbers.device(event.subject))


def _device(event: Event, _name_of: NameOf) -> Told:
    said = words.rows.device_said(event)
    if not said:
        return _sentence(event, "device")
    return Told("device", said, context=words.numbers.device(event.subject))


def _recorder(event: Event, _name_of: NameOf) -> Told:
    return Told("recorder", words.rows.recorder(event), context=words.rows.versions(event))


def _monitor(event: Event, _name_of: NameOf) -> Told:
    said = _SAID_OF[event.object.type](event.value)
    if event.subject.type != "MONITOR" or not said:
        return _device(event, _name_of)
    return Told("recorder", said)


def _slept(event: Event, _name_of: NameOf) -> Told:
    if event.subject.type != "MONITOR":
        return _device(event, _name_of)
    missed = NotRecorded.told_by(event)
    if missed is None:
        return Told("recorder", words.recorder.GAP, words.numbers.measured(event.value, event.unit))
    text = words.recorder.not_recorded(words.alarms.cause(missed.reason))
    lasted = words.numbers.lasting(missed.until - missed.since)
    return Told("recorder", text, lasted, words.recorder.backlog(*missed.backlog))


def _assigned(event: Event, name_of: NameOf) -> Told:
    person = name_of(event.person) if event.person else ""
    return Told("carer", words.rows.assigned(event.subject.id, event.object.name, person))


def _described(event: Event, name_of: NameOf) -> Told:
    text = words.rows.described(event.subject.id, name_of(event.person or event.object.id))
    return Told("carer", text, context=words.rows.rest(event))


def _limit(event: Event, _name_of: NameOf) -> Told:
    value = words.alarms.terms(event) or words.rows.USUAL_AGAIN
    text = words.rows.limit_set(event.subject.id, event.object.id)
    return Told("carer", text, value)


def _on_alarm(event: Event, _name_of: NameOf) -> Told:
    note = event.context.get("note")
    value = words.numbers.measured(event.value, event.unit)
    return Told("carer", words.rows.on_alarm(event), value, made_plain(note) if isinstance(note, str) else "")


def _noted(event: Event, _name_of: NameOf) -> Told:
    said = event.context.get("note", event.value)
    if not isinstance(said, str):
        return _sentence(event, "carer")
    return Told("carer", words.rows.noted(event.subject.id, said))


_SAID_OF: Final[Mapping[str, Callable[[object], str]]] = {
    "LOG": words.recorder.log_said,
    "BROKER": words.recorder.broker_said,
    "CLOCK": words.recorder.clock_said,
}
# An object of "" stands for any.
_TELLERS: Final[Mapping[tuple[str, str], Callable[[Event, NameOf], Told]]] = {
    ("RAISES", "ALARM"): _raised,
    ("CLEARS", "ALARM"): _cleared,
    ("FLAGS", "ALARM"): _signal,
    ("FLAGS", "SPIKE"): _spike,
    ("FLAGS", "DESATURATION"): _dip,
    ("FLAGS", "GAP"): _gap,
    ("FLAGS", COFFEE): _coffee_told,
    ("FLAGS", "NIGHTS"): _night,
    ("ADVISES", "ADVICE"): _advice,
    ("REJECTS", "MESSAGE"): _refusal,
    ("PERCOLATES", COFFEE): _coffee,
    ("MEASURES", ""): _device,
    ("REPORTS", ""): _device,
    ("REPORTS", "LOG"): _monitor,
    ("REPORTS", "BROKER"): _monitor,
    ("REPORTS", "CLOCK"): _monitor,
    ("REPORTS", "GAP"): _slept,
    ("SWITCHES", ""): _device,
    ("DETECTS", ""): _device,
    ("STARTS", "RECORDER"): _recorder,
    ("STOPS", "RECORDER"): _recorder,
    ("ASSIGNS", ""): _assigned,
    ("SETS", "PERSON"): _described,
    ("SETS", "ALARM"): _limit,
    ("ACKNOWLEDGES", "ALARM"): _on_alarm,
    ("SNOOZES", "ALARM"): _on_alarm,
    ("TAKES", "ALARM"): _on_alarm,
    ("NOTES", ""): _noted,
    **OF_CARE,
}
