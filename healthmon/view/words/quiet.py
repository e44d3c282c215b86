"""This is the place for the words about quiet hours."""

from datetime import timedelta
from typing import Final

from healthmon.view.words.numbers import lasting

TITLE: Final = "Quiet hours"
NO_LENGTH: Final = "Both times are the same: that would be no quiet hours."


def told(begins: str, ends: str) -> str:
    """`22:00–07:00`; without times what could be set."""
    return f"{begins}–{ends}" if begins and ends else TITLE


def setting(state: str) -> str:
    """They are on their way."""
    return f"{TITLE}: {state[:1].lower()}{state[1:]}"


def means(name: str) -> str:
    """What they do, before anybody sets them."""
    return (
        f"Between these times medium alarms of {name} make no sound and call nobody; the window still shows "
        "them. High alarms always sound and call."
    )


def clock(zone: str) -> str:
    """By which clock."""
    return f"By the clock in {zone}."


def long(length: timedelta) -> str:
    """More of a day than anybody sleeps."""
    return f"That is {lasting(length)} of every day. Press Save again if you mean it."
