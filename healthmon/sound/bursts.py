"""This is the place for what an alarm sounds like: which notes, how long, how often. IEC-style, no more.

The numbers were read in monitors' manuals and in generators of such sounds, never in the standard itself:
a high alarm is ten pulses (3 + 2, a pause, 3 + 2), a medium one three, a low one two; a pulse lasts 75 to
200 ms (medium and low 125 to 250 ms); a burst comes again after 2.5 to 15 s (medium 2.5 to 30 s). Edan's X8
repeats after 10 and 25 s (its manual), and so do we. The melodies are those of Block et al., as the
University of Sydney's page on alarms has them: a heart rises, oxygen falls, failing equipment drops by an
octave, anything else stays.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Urgency(StrEnum):
    """How urgent a burst sounds."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Family(StrEnum):
    """What it is about, for an ear that cannot see the screen."""

    HEART = "heart"
    OXYGEN = "oxygen"
    GENERAL = "general"
    EQUIPMENT = "equipment"  # the monitor itself has failed: medium only


@dataclass(frozen=True, slots=True)
class Pulse:
    """One note of a burst. `pause` is the silence after it. Times in s, the pitch in Hz."""

    pitch: float
    lasts: float
    pause: float


@dataclass(frozen=True, slots=True)
class Burst:
    """A burst and the time from its beginning to the beginning of the next; None: it is not repeated."""

    urgency: Urgency
    family: Family
    pulses: tuple[Pulse, ...]
    again_after: float | None

    @property
    def name(self) -> str:
        """What its file is called, without the ending."""
        return f"{self.urgency.value}-{self.family.value}"

    @property
    def lasts(self) -> float:
        """Seconds from the first sound to the last."""
        return sum(pulse.lasts + pulse.pause for pulse in self.pulses) - self.pulses[-1].pause


_C4, _D4, _E4, _F4, _G4, _A4, _B4, _C5 = 261.63, 293.66, 329.63, 349.23, 392.0, 440.0, 493.88, 523.25
_MELODIES: Final[Mapping[Family, tuple[float, ...]]] = MappingProxyType(
    {
        Family.HEART: (_C4, _E4, _G4, _G4, _C5),
        Family.OXYGEN: (_C5, _B4, _A4, _G4, _F4),
        Family.GENERAL: (_C4, _C4, _C4, _C4, _C4),
        Family.EQUIPMENT: (_C5, _C4, _C4),
    }
)
_HIGH_PULSE, _HIGH_PAUSE, _HIGH_BREATH, _HIGH_HALVES = 0.15, 0.1, 0.3, 0.6
_MEDIUM_PULSE, _MEDIUM_PAUSE = 0.2, 0.2
_HIGH_AGAIN, _MEDIUM_AGAIN = 10.0, 25.0


def _high(notes: tuple[float, ...]) -> tuple[Pulse, ...]:
    pauses = (_HIGH_PAUSE, _HIGH_PAUSE, _HIGH_BREATH, _HIGH_PAUSE, _HIGH_HALVES)
    half = tuple(Pulse(note, _HIGH_PULSE, pause) for note, pause in zip(notes, pauses, strict=True))
    return half + half


def _calm(notes: tuple[float, ...]) -> tuple[Pulse, ...]:
    return tuple(Pulse(note, _MEDIUM_PULSE, _MEDIUM_PAUSE) for note in notes)


def _of(family: Family) -> tuple[Burst, ...]:
    notes = _MELODIES[family]
    medium = Burst(Urgency.MEDIUM, family, _calm(notes[:3]), _MEDIUM_AGAIN)
    if family is Family.EQUIPMENT:
        return (medium,)
    return (
        Burst(Urgency.HIGH, family, _high(notes), _HIGH_AGAIN),
        medium,
        Burst(Urgency.LOW, family, _calm(notes[:2]), None),
    )


BURSTS: Final[Mapping[tuple[Urgency, Family], Burst]] = MappingProxyType(
    {(burst.urgency, burst.family): burst for family in Family for burst in _of(family)}
)
