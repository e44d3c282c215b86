"""This is the place for the words about what carers answer: going, seen, quiet, called, asked."""

from datetime import timedelta
from math import ceil
from typing import Final

from healthmon.events.plain_text import made_plain
from healthmon.view.words.numbers import joined, lasting

SENDING: Final = "Sending…"
UNDELIVERED: Final = "Not delivered yet: nobody else knows"
OVER: Final = "Over, waiting to be seen"
LOST: Final = "Signal lost"
FLOOR: Final = "Cannot be silenced"
NOBODY_CALLED: Final = "Nobody is called"
_MINUTE: Final = timedelta(minutes=1)


def left(span: timedelta) -> str:
    """How long something still holds: `8 min`, then `1:43`."""
    seconds = max(0, ceil(span.total_seconds()))
    if seconds > 120:
        return lasting(timedelta(minutes=ceil(seconds / 60)))
    return f"{seconds // 60}:{seconds % 60:02}"


def seen(by: str, note: str) -> str:
    """Somebody has seen it, and what they wrote."""
    return f"{by or 'Somebody'} has seen it" + (f": “{note}”" if note else "")


def going(by: str, span: timedelta) -> str:
    """Somebody is on their way: `Anna is going, 8 min left`."""
    return f"{by or 'Somebody'} is going, {left(span)} left"


def snoozed(span: timedelta) -> str:
    """Its sound was put off."""
    return f"Snoozed, {left(span)} left"


def also(names: list[str]) -> str:
    """The other alarms of the same episode: `also: oxygen low`."""
    return f"also: {', '.join(names)}" if names else ""


def over(name: str) -> str:
    """One of them that is over already."""
    return f"{name} (over)"


def called(contact: str, when: str, outcome: str) -> str:
    """`Ben was called 03:14`; or that the message did not reach anybody."""
    if outcome == "failed":
        return f"message to {contact} failed {when}"
    if outcome not in {"", "delivered"}:
        return f"message to {contact} {when} {outcome}"
    return f"{contact} was called {when}" + (", delivered" if outcome == "delivered" else "")


def lengths(span: timedelta) -> str:
    """A length in a menu: `2 min`, `1 h`."""
    return lasting(span) if span >= 2 * _MINUTE else "1 min"


def paused(span: timedelta) -> str:
    """All sound is paused for so long."""
    return f"Sound paused {left(span)}"


def episode(title: str, person: str, begun: str, ended: str) -> str:
    """What a question is about: `Oxygen very low · Maria Kowalska · 03:10 to 03:24`."""
    return made_plain(joined(title, person, f"{begun} to {ended}"))


def pausing(state: str) -> str:
    """A pause, or its end, is on its way."""
    return f"Pause of sound: {state[:1].lower()}{state[1:]}"
