"""This is the place for our own dialect: whole events in JSON, on topics that say who may speak.

A device speaks about itself, a person as that person, and nobody on the wire for the monitor.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import TypeAlias

from healthmon.dialects import Reading
from healthmon.events import Context, Event, Json, Message, Refusal, Rejected, Thing, TimeSource, wire
from healthmon.events.bounds import bounded, is_of_a_set_clock, written_alike
from healthmon.events.identity import identity
from healthmon.events.plain_text import is_plain, made_plain
from healthmon.events.topics import Topic, TopicKind, read_topic
from healthmon.events.vocabulary import Speaker, as_we_say, may_say, speaker_of

# What the recorder adds; a device that writes it is not believed.
_OURS = frozenset({"delivery", "device_time", "object_as_sent", "person_as_sent", "refed"})
_REMEMBERED = 2_000  # topics, and sentences without their values: all that a large home has
_LONGEST_TOPIC = 512  # letters; none of ours is half as long
_Refused: TypeAlias = tuple[Refusal, str]
_NOT_PLAIN = (Refusal.CONTROL_CHARACTERS, "an id, type or verb holds control characters")
_ENTITLED = {TopicKind.DEVICE_EVENT: Speaker.DEVICE, TopicKind.PERSON_EVENT: Speaker.PERSON}


class Native:
    """The dialect of our own devices and of the window."""

    def claims(self, topic: str) -> bool:
        """All of healthmon/..."""
        return topic.startswith("healthmon/")

    def read(self, message: Message, received: datetime) -> Reading:
        """Every event of the message, or why it is none; one bad event of an array spoils only itself."""
        topic = _known_topic(message.topic) if len(message.topic) <= _LONGEST_TOPIC else None
        if topic is None:
            return _stranger(message)
        if topic.kind is TopicKind.DEVICE_STATUS:
            return _presence(message, topic, received)
        try:
            said = wire.read_said(message.payload)
        except wire.WireError as error:
            return _refused(message, Refusal(error.reason), str(error))
        if len(said) == 1:
            only = _event(said[0], message, topic, received)
            return Reading((only,)) if isinstance(only, Event) else Reading(refused=(only,))
        return _gathered(_own_part(_event(one, message, topic, received), one) for one in said)


@lru_cache(maxsize=_REMEMBERED)
def _known_topic(topic: str) -> Topic | None:
    return read_topic(topic)


def _own_part(outcome: Event | Rejected, said: wire.Said) -> Event | Rejected:
    """A refusal as if this event had come alone: what is refused of an array keeps its own bytes only."""
    if isinstance(outcome, Event) or outcome.reason is Refusal.TOO_DEEP:
        return outcome  # what is nested too deeply may not be written again: the whole message is kept
    return replace(outcome, message=outcome.message.with_payload(wire.write(said)))


def _gathered(outcomes: Iterable[Event | Rejected]) -> Reading:
    all_of_it = tuple(outcomes)
    return Reading(
        events=tuple(outcome for outcome in all_of_it if isinstance(outcome, Event)),
        refused=tuple(outcome for outcome in all_of_it if isinstance(outcome, Rejected)),
    )


def _event(said: wire.Said, message: Message, topic: Topic, received: datetime) -> Event | Rejected:
    subject = _speaking(said.subject, said.verb, said.object, topic)
    if not isinstance(subject, Thing):
        return Rejected(message, *subject)
    if not is_plain(said.id):
        return Rejected(message, *_NOT_PLAIN)
    time = _time(said.time)
    if isinstance(time, str):
        return _rejected(message, Refusal.BAD_TIME, time)
    try:
        return _made(said, subject, time, received, message)
    except wire.WireError as error:
        return _rejected(message, Refusal(error.reason), str(error))


def _made(
    said: wire.Said, subject: Thing, time: datetime | None, received: datetime, message: Message
) -> Event:
    thing, context = as_we_say(said.object, bounded(_context(said.context)))
    if message.retained:
        context["delivery"] = "retained"
    if time is not None and not is_of_a_set_clock(time):
        context["device_time"] = time.isoformat()
        time = None
    event = Event(
        id=said.id,
        time=received if time is None else written_alike(time),
        time_source=TimeSource.RECEIVE if time is None else TimeSource.DEVICE,
        subject=subject,
        verb=said.verb,
        object=thing,
        context=context,
    )
    return event if event.id or time is None else event.called(identity(event))


@lru_cache(maxsize=_REMEMBERED)
def _speaking(subject: Thing | str, verb: str, thing: Thing | str, topic: Topic) -> "Thing | _Refused":
    """Who says this of what, or why they may not: the same few words all day."""
    who = _subject(subject, topic)
    if isinstance(who, str):
        return Refusal.NOT_ALLOWED, made_plain(who)
    if problem := _entitlement(verb, topic):
        return Refusal.NOT_ALLOWED, problem
    return who if all(map(is_plain, _texts(subject, thing, verb))) else _NOT_PLAIN


def _subject(said: Thing | str, topic: Topic) -> Thing | str:
    """Who speaks, or in words why they may not."""
    subject = said if isinstance(said, Thing) else Thing(said)
    if subject.type.upper() == "MONITOR":
        return "nobody on the wire speaks for the monitor"
    if (subject.type == "CAREGIVER") != (topic.kind is TopicKind.PERSON_EVENT):
        return f"{subject.type} does not speak on this topic"
    if subject.id not in {"", topic.name}:
        return f"{topic.name} speaks for {subject.id[:64]}; a topic speaks for itself"
    return Thing(subject.type, topic.name)


def _entitlement(verb: str, topic: Topic) -> str:
    entitled = _ENTITLED[topic.kind]
    if may_say(entitled, verb):
        return ""
    return f"{verb} is for a {speaker_of(verb)} to say, not for a {entitled}"


def _texts(*words: Thing | str) -> Iterable[str]:
    for word in words:
        yield from (word.type, word.id) if isinstance(word, Thing) else (word,)


def _time(said: str | float | None) -> datetime | str | None:
    """The device's own time, None when it has none, or in words why it is no time."""
    if said is None:
        return None
    if not isinstance(said, str):
        return "time is a number; write RFC 3339 such as 2026-11-22T04:00:00Z"
    try:
        time = datetime.fromisoformat(said)
    except ValueError:
        return f"{said[:64]!r} is no RFC 3339 time"
    return time if time.tzinfo is not None else f"{said[:64]!r} has no zone; end it with Z or +01:00"


def _context(said: Json) -> Context:
    if isinstance(said, dict):
        if _OURS.isdisjoint(said):
            return said
        return {key: value for key, value in said.items() if key not in _OURS}
    return {} if said is None else {"value": said}


def _presence(message: Message, topic: Topic, received: datetime) -> Reading:
    word = message.payload[:16].decode("utf-8", "replace").strip().upper()
    if word not in {"ONLINE", "OFFLINE"}:
        return _refused(message, Refusal.WRONG_TYPE, "a status is online or offline")
    context: dict[str, Json] = {"value": word}
    if message.retained:
        context["delivery"] = "retained"
    event = Event(
        id="",
        time=received,
        time_source=TimeSource.RECEIVE,
        subject=Thing("DEVICE", topic.name),
        verb="REPORTS",
        object=Thing("AVAILABILITY"),
        context=context,
    )
    return Reading((event,))


def _stranger(message: Message) -> Reading:
    levels = message.topic.split("/")
    if len(levels) > 2 and levels[2] == "monitor":
        return _refused(message, Refusal.NOT_ALLOWED, "nobody on the wire speaks for the monitor")
    return _refused(
        message, Refusal.UNKNOWN_TOPIC, "no topic of ours; devices use healthmon/HOME/DEVICE/event"
    )


def _refused(message: Message, reason: Refusal, detail: str) -> Reading:
    return Reading(refused=(_rejected(message, reason, detail),))


def _rejected(message: Message, reason: Refusal, detail: str) -> Rejected:
    return Rejected(message, reason, made_plain(detail))  # it may quote what was said
