"""This is the place for the words of the advice: what the window says for an id in the log.

The log holds ids and numbers only, so that a translation or a better sentence changes nothing in it.
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import TypeVar

from healthmon.errors import HealthmonError

T = TypeVar("T")


class CatalogueReason(StrEnum):
    """What is wrong with a catalogue."""

    NOT_TOML = "not-toml"
    MISSING = "missing"


class CatalogueError(HealthmonError):
    """A catalogue cannot be used; the message names the entry."""


@dataclass(frozen=True, slots=True)
class Words:
    """What is said for one advice id. `{name}` is the person. `reviewed_by` stays empty until it was."""

    id: str
    priority: int
    trigger: str
    headline: str
    text: str
    why: str
    action: str
    source: str
    reviewed_by: str
    reviewed_on: str
    version: int


@dataclass(frozen=True, slots=True)
class ReasonWords:
    """What is said for one reason: when it counts, and when it is as usual."""

    feature: str
    text: str
    as_usual: str
    unit: str


@dataclass(frozen=True, slots=True)
class MissingWords:
    """What is said for one reason for not answering."""

    why: str
    text: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The words of one language, by id. Frozen; safe to read from any thread."""

    language: str
    version: int
    disclaimer: str
    oxygen_note: str
    unreviewed: str
    simulated: str
    advice: Mapping[str, Words]
    reasons: Mapping[str, ReasonWords]
    missing: Mapping[str, MissingWords]


def read_catalogue(payload: bytes) -> Catalogue:
    """The catalogue in the bytes of a TOML file. Raises CatalogueError, naming the entry that is wrong."""
    try:
        raw = tomllib.loads(payload.decode())
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        message = f"the advice catalogue is no TOML ({error}); restore resources/advice"
        raise CatalogueError(CatalogueReason.NOT_TOML, message) from error
    return Catalogue(
        language=_value(raw, "language", str),
        version=_value(raw, "version", int),
        disclaimer=_value(raw, "disclaimer", str),
        oxygen_note=_value(raw, "oxygen_note", str),
        unreviewed=_value(raw, "unreviewed", str),
        simulated=_value(raw, "simulated", str),
        advice=_by(lambda words: words.id, [_filled(Words, one) for one in _list(raw, "advice")]),
        reasons=_by(lambda words: words.feature, [_filled(ReasonWords, one) for one in _list(raw, "reason")]),
        missing=_by(lambda words: words.why, [_filled(MissingWords, one) for one in _list(raw, "missing")]),
    )


def _list(raw: Mapping[str, object], name: str) -> list[Mapping[str, object]]:
    found = raw.get(name)
    if not isinstance(found, list):
        raise _lacking(name)
    return [one for one in found if isinstance(one, dict)]


def _filled(kind: type[T], raw: Mapping[str, object]) -> T:
    types = {"priority": int, "version": int}
    names = [field.name for field in fields(kind)]  # type: ignore[arg-type]  # our own dataclasses
    return kind(**{name: _value(raw, name, types.get(name, str)) for name in names})


def _value(raw: Mapping[str, object], name: str, kind: type[T]) -> T:
    found = raw.get(name)
    if not isinstance(found, kind):
        raise _lacking(name)
    return found


def _by(name: Callable[[T], str], all_words: list[T]) -> dict[str, T]:
    return {name(words): words for words in all_words}


def _lacking(name: str) -> CatalogueError:
    message = f"the advice catalogue lacks {name!r} or has another type there; restore resources/advice"
    return CatalogueError(CatalogueReason.MISSING, message)
