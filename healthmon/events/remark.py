"""This is the place for what the monitor itself has to say, and for the hole every rule fits.

A rule is pure: it depends on nothing but the entries it was shown, in their order. It never asks a clock,
draws no chance, reads no file. So the same log gives the same remarks, live or replayed.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, TypeAlias, runtime_checkable

from healthmon.events.event import Context, Entry, Thing

Cause: TypeAlias = int | datetime
"""What a remark follows from: the offset of an entry, or the time that a timer stamps it with."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence of the monitor before it has an id and a place in the log.

    `by` is the rule's name and becomes part of the id. `at` is when it holds: the time of the reading, or
    the due time of the timer. `context` holds ids and numbers, never sentences: the view finds the words.
    """

    by: str
    verb: str
    object: Thing
    at: datetime
    person: str | None = None
    context: Context = field(default_factory=dict)

    def id_after(self, cause: Cause, ordinal: int = 1) -> str:
        """The id it has in the log, as the first, second, ... of its cause with the same words.

        Only the second and later ones say which they are: the first is called what it always was.
        """
        because = str(cause) if isinstance(cause, int) else f"@{cause.isoformat()}"
        words = [self.by, self.verb, str(self.object), self.person or "-", because]
        name = "m:" + ":".join(words).replace(" ", ".")
        return name if ordinal == 1 else f"{name}~{ordinal}"

    def free_id_after(self, cause: Cause, is_taken: Callable[[str], bool]) -> str:
        """The id it has in the log when those that are taken were given to equal ones of this cause."""
        ordinal, name = 1, self.id_after(cause)
        while is_taken(name):
            ordinal += 1
            name = self.id_after(cause, ordinal)
        return name


class Rule(Protocol):
    """Anything that judges: a spike, an alarm, advice, or a model of somebody else's business.

    Called from the recorder's one logic thread and from replay. Must not block. Remarks that come out are
    logged after the entry that caused them, and shown to the rules that stand after this one.
    """

    @property
    def name(self) -> str:
        """A short lower-case name, stored in the log: never change it."""

    def observe(self, entry: Entry) -> Iterable[Remark]:
        """Judge one entry. `entry.time` is when it happened, `entry.delivery` how it came."""

    def due(self) -> datetime | None:
        """When this rule next wants to be woken, or None."""

    def fire(self, at: datetime) -> Iterable[Remark]:
        """The time `at` (at or after `due()`) has come; remarks carry the due time, not `at`."""

    def forget(self, person: str) -> None:
        """This person was erased: keep nothing of them, as if they had never been heard of.

        Called between two entries. Nothing is said of it, and what is said of others stays the same.
        """


Listener: TypeAlias = Callable[[Entry], Iterable[Remark] | None]
"""What an entry is shown to. None promises more than nothing: that `due()` is what it was before, too."""


@runtime_checkable
class Selective(Rule, Protocol):
    """A rule that says what it listens to. Nearly all entries are readings, and few rules hear them all."""

    def listener(self, verb: str, kind: str) -> Listener | None:
        """What entries of this verb and type of object are shown to, or None where they are shown to nobody.

        What it says of an entry, and what it comes to know, must be as if `observe` had been called. It may
        be asked once for all: the answer may never depend on what was heard.
        """


StreamListener: TypeAlias = Callable[[Entry, float], Iterable[Remark] | None]
"""What the ordinary readings of one stream are shown to, with what they measured. None as in `Listener`."""


@runtime_checkable
class Streaming(Selective, Protocol):
    """A rule with a short way for ordinary readings, which nearly all entries are.

    One is ordinary when it is of a person, live, a value that can be measured, and the device neither doubts
    it nor has a wrong clock. That is asked once for all rules. A stream is what one device measures of one
    quantity of one person.
    """

    def stream(self, entry: Entry) -> StreamListener | None:
        """What the ordinary readings of this one's stream are shown to, or None where they matter to nobody.

        What is said of them, and comes to be known, must be as if `observe` had been called. It is asked
        before this reading is shown, holds until somebody is forgotten, and never goes into a checkpoint.
        """
