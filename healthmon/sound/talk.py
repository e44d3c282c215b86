"""This is the place for what the recorder and its player say to each other: short lines of plain words.

The recorder says `sound high heart`, `quiet`, `test` or `bye`, and, every few seconds, that somebody is
`monitored`, or once that nobody is: `unmonitored`. The player says how it is, once a second or more often.
One whose recorder goes without `bye` sounds by itself (`healthmon.sound.guard`). A line that is not
understood is skipped: the two may be of different versions for a moment.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from healthmon.sound.bursts import BURSTS, Burst, Family, Urgency

LONGEST: Final = 200  # characters of a device's name or of a reason


class SoundState(StrEnum):
    """How the sound is. The words stand in the log: never change one."""

    WORKS = "works"  # an output is there and takes what is played
    MUTED = "muted"  # it works, and the machine's own mixer lets nothing be heard
    NO_DEVICE = "no-device"
    FAILED = "failed"
    OFF = "off"  # the machine's owner switched it off in the settings


class Said(StrEnum):
    """What the recorder asks for."""

    SOUND = "sound"
    QUIET = "quiet"
    TEST = "test"
    MONITORED = "monitored"
    UNMONITORED = "unmonitored"
    BYE = "bye"


@dataclass(frozen=True, slots=True)
class Told:
    """What the player tells: how it is, and which output, or why not."""

    state: SoundState
    detail: str = ""


def written(told: Told) -> str:
    """The line for it."""
    plain = "".join(char if char.isprintable() else " " for char in told.detail)
    return f"{told.state.value} {plain[:LONGEST]}".rstrip() + "\n"


def read_told(line: str) -> Told | None:
    """What a line of the player means; None when it means nothing."""
    word, _, detail = line.strip().partition(" ")
    return Told(SoundState(word), detail[:LONGEST]) if word in set(SoundState) else None


def asked(burst: Burst | None) -> str:
    """The line that asks for this burst again and again, or for silence."""
    return (
        f"{Said.QUIET.value}\n" if burst is None else f"{Said.SOUND.value} {burst.urgency} {burst.family}\n"
    )


def read_asked(line: str) -> tuple[Said, Burst | None] | None:
    """What a line of the recorder means; None when it means nothing."""
    words = line.split()
    if len(words) == 3 and words[0] == Said.SOUND and words[1] in set(Urgency) and words[2] in set(Family):
        burst = BURSTS.get((Urgency(words[1]), Family(words[2])))
        return None if burst is None else (Said.SOUND, burst)
    if len(words) == 1 and words[0] in set(Said) - {Said.SOUND}:
        return Said(words[0]), None
    return None
