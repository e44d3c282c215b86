"""This is the place for the words about a signal that is there, weak, or gone."""

from typing import Final

from healthmon.events.plain_text import made_plain

LIVE: Final = "live"
NO_SIGNAL: Final = "no signal"
NEVER_MEASURED: Final = "no readings yet"
NOT_ASSIGNED: Final = "not assigned to anybody"


def not_worn_since(when: str) -> str:
    """The watch was taken off."""
    return f"not worn since {when}"


def no_signal_since(when: str) -> str:
    """The device feels no pulse; `when` is empty when it never felt one."""
    return f"no signal since {when}" if when else NO_SIGNAL


def offline_since(device: str, when: str) -> str:
    """The device said goodbye, or the broker said it for the device."""
    return f"{made_plain(device, longest=40)} offline since {when}"


def unknown_since(when: str) -> str:
    """Nothing has been heard since."""
    return f"unknown since {when}"
