"""This is the place for the one grammar people read and write: the log viewer, scenarios, stories.

    WATCH watch-7 MEASURES HR 78 /min OF maria AT 2026-11-22T04:00:00Z
    CAREGIVER anna SETS ALARM SPO2_CRIT 86 % OF maria
    CUSTOMER #1001 APPLY FORM #3081 WITH {"data":"Medical Insurance"}
    after 10 s  KETTLE kettle-1 PERCOLATES COFFEE 250 mL

A number after the object is its value; an id that looks like a number, or a subject's id in capitals, is
written with #. Text values, and words with spaces in them, stand in double quotes as in JSON. Everything
else in the context follows WITH. `hear(say(event))` gives back all but the event's id and time source.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from healthmon.errors import HealthmonError
from healthmon.events import wire
from healthmon.events.event import Context, Event, Json, Thing
from healthmon.events.moments import moment_of

KEYWORDS = frozenset({"OF", "WITH", "AT", "after"})
_UNITS = {"s": 1, "min": 60, "h": 3600, "d": 86400}
_TOKEN = re.compile(r'#?"(?:[^"\\]|\\.)*"|\{.*\}|\S+')
_CAPITALS = re.compile(r"[A-Z][A-Z0-9_]*")
_NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?")
_BARE = re.compile(r'[^\s"#{}\x00-\x1f\x7f]+')


class SentenceReason(StrEnum):
    """What keeps a text from being a sentence."""

    TOO_SHORT = "too-short"
    BAD_TIME = "bad-time"
    BAD_CONTEXT = "bad-context"
    LEFT_OVER = "left-over"


class SentenceError(HealthmonError):
    """The text is no sentence; the message says where it stops being one."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A sentence taken apart: without an id, and at a time, after a while, or neither."""

    subject: Thing
    verb: str
    object: Thing
    context: Context = field(default_factory=dict)
    at: datetime | None = None
    after: timedelta | None = None

    def event(self, *, id: str, time: datetime) -> Event:  # noqa: A002  # the field's own name
        """The event this sentence tells, now that its id and time are known."""
        return Event(
            id=id, time=time, subject=self.subject, verb=self.verb, object=self.object, context=self.context
        )


def say(event: Event) -> str:
    """The event as a sentence on one line."""
    rest = dict(event.context)
    words = [*_thing_words(event.subject, capitals_need_mark=True), _verb_word(event.verb)]
    words += _thing_words(event.object, capitals_need_mark=False)
    words += _value_words(rest)
    if isinstance(person := rest.get("person"), str) and person:
        words += ["OF", _word(str(rest.pop("person")))]
    if rest:
        words += ["WITH", wire.write(rest).decode()]
    return " ".join([*words, "AT", _time_word(event.time)])


def hear(text: str) -> Spoken:
    """What a sentence says. Raises SentenceError, naming the word where it goes wrong."""
    return _Ear(text).spoken()


class _Ear:
    """Reads one sentence from left to right, once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = _TOKEN.findall(text)
        self._at = 0

    def spoken(self) -> Spoken:
        after = self._after()
        subject = self._thing(is_subject=True)
        verb = _plain(self._next("a verb, such as MEASURES"))
        thing = self._thing(is_subject=False)
        context: dict[str, Json] = {}
        self._value(context)
        at = None
        while (word := self._peek()) is not None:
            if word == "after":
                after = self._after()
            elif word == "AT":
                at = self._moment()
            else:
                self._clause(context)
        return Spoken(subject, verb, thing, context, at, after)

    def _clause(self, context: dict[str, Json]) -> None:
        word = self._next("OF, WITH or AT")
        if word == "OF":
            context["person"] = _plain(self._next("whom it is about"))
        elif word == "WITH":
            context.update(self._rest())
        else:
            raise SentenceError(
                SentenceReason.LEFT_OVER,
                f"did not expect {word!r} in {self._text!r}; a text value stands in quotes",
            )

    def _thing(self, *, is_subject: bool) -> Thing:
        kind = _plain(self._next("who or what, such as WATCH or HR"))
        word = self._peek()
        if word is None or word in KEYWORDS or not _is_id(word, is_subject=is_subject):
            return Thing(kind)
        self._at += 1
        return Thing(kind, _plain(word.removeprefix("#")))

    def _value(self, context: dict[str, Json]) -> None:
        word = self._peek()
        if word is None or word in KEYWORDS or not _is_value(word):
            return
        self._at += 1
        context["value"] = _json(word, dict[str, Json] | list[Json] | str | float | int | bool | None)
        unit = self._peek()
        if unit is not None and unit not in KEYWORDS:
            context["unit"] = _plain(unit)
            self._at += 1

    def _rest(self) -> dict[str, Json]:
        made = _json(self._next('the context, such as {"note":"asleep"}'), dict[str, Json])
        assert isinstance(made, dict)
        return made

    def _moment(self) -> datetime:
        self._at += 1
        word = self._next("a time such as 2026-11-22T04:00:00Z")
        moment = moment_of(word)
        if moment is None:
            raise _bad_time(word)
        return moment

    def _after(self) -> timedelta | None:
        if self._peek() != "after":
            return None
        self._at += 1
        amount, unit = self._next("how long, as in after 10 s"), self._next("s, min, h or d")
        if not _NUMBER.fullmatch(amount) or unit not in _UNITS:
            raise SentenceError(
                SentenceReason.BAD_TIME, f"after {amount} {unit} is no time; write after 10 s"
            )
        return timedelta(seconds=float(amount) * _UNITS[unit])

    def _peek(self) -> str | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _next(self, wanted: str) -> str:
        word = self._peek()
        if word is None:
            raise SentenceError(SentenceReason.TOO_SHORT, f"{self._text!r} ends too early: expected {wanted}")
        self._at += 1
        return str(word)


def _thing_words(thing: Thing, *, capitals_need_mark: bool) -> Iterator[str]:
    yield _word(thing.type)
    if not thing.id:
        return
    bare = _BARE.fullmatch(thing.id) is not None
    ambiguous = thing.id in KEYWORDS or _is_value(thing.id) or not bare
    if ambiguous or (capitals_need_mark and _CAPITALS.fullmatch(thing.id)):
        yield "#" + (thing.id if bare else wire.write(thing.id).decode())
    else:
        yield thing.id


def _value_words(rest: dict[str, Json]) -> Iterator[str]:
    value = rest.get("value")
    if value is None or isinstance(value, dict | list):
        return
    yield wire.write(rest.pop("value")).decode()
    unit = rest.get("unit")
    if isinstance(unit, str) and unit:
        yield _word(unit)
        rest.pop("unit")


def _verb_word(verb: str) -> str:
    # In quotes unless in capitals: otherwise it could be read as the subject's id.
    return verb if _CAPITALS.fullmatch(verb) else wire.write(verb).decode()


def _word(text: str) -> str:
    simple = _BARE.fullmatch(text) is not None and text not in KEYWORDS
    return text if simple else wire.write(text).decode()


def _plain(word: str) -> str:
    if not word.startswith('"'):
        return word
    text = _json(word, str)
    assert isinstance(text, str)
    return text


def _is_id(word: str, *, is_subject: bool) -> bool:
    if word.startswith("#"):
        return True
    if _is_value(word) or word.startswith("{"):
        return False
    return not (is_subject and _CAPITALS.fullmatch(word))


def _is_value(word: str) -> bool:
    return word.startswith('"') or word in {"true", "false"} or _NUMBER.fullmatch(word) is not None


def _json(word: str, into: object) -> Json:
    try:
        return wire.read(word.encode(), into)  # type: ignore[arg-type]  # a union is no type to mypy
    except (wire.WireError, UnicodeEncodeError) as error:
        raise SentenceError(SentenceReason.BAD_CONTEXT, f"{word[:80]!r} is not JSON: {error}") from error


def _bad_time(word: str) -> SentenceError:
    return SentenceError(SentenceReason.BAD_TIME, f"{word!r} is no time; write it as 2026-11-22T04:00:00Z")


def _time_word(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")
