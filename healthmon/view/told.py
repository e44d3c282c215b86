"""This is the place for the words of one row of the event table."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

from healthmon.view import words
from healthmon.view.screen import Priority

NameOf: TypeAlias = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Told:
    """The words of one row."""

    kind: str
    text: str
    value: str = ""
    context: str = ""
    priority: Priority | None = None

    def with_context(self, more: str) -> "Told":
        """The same row with more context."""
        return replace(self, context=words.numbers.joined(self.context, more))
