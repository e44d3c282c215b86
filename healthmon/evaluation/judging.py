"""This is the place for how good marks are: which added events they found, how soon, and what else they are.

An event is found by a mark that begins within its window: 30 s after the onset of a step, 90 s of a ramp,
20 s of a transient, 1,420 s of a drift; 120 and 150 s for an alarm that waits; 200 s for a fall of oxygen.
Where a mark begins or goes on in that window of the recording as it was, the event is masked: it counts as
missed, and what is found of the others is told beside it. False marks are those of the recording as it was;
some of them are rises that were real.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np

from healthmon.evaluation.injecting import Injected, Shape
from healthmon.evaluation.recording import Floats

Windows = Mapping[Shape, float]
AT_ONCE: Final[Windows] = MappingProxyType(
    {
        Shape.STEP: 30,
        Shape.RAMP: 90,
        Shape.TRANSIENT: 20,
        Shape.ARTEFACT: 20,
        Shape.DRIFT: 1_420,
        Shape.FALL: 200,
    }
)
AFTER_A_WHILE: Final[Windows] = MappingProxyType(
    {**AT_ONCE, Shape.STEP: 120, Shape.RAMP: 150, Shape.TRANSIENT: 120, Shape.ARTEFACT: 120}
)
SHOULD_BE_FOUND: Final = frozenset({Shape.STEP, Shape.RAMP})
FROM_SIZE: Final = 25.0  # /min


@dataclass(frozen=True, slots=True)
class Judged:
    """One added event: was it found, after how many seconds, or could it not be told from what was there."""

    event: Injected
    delay: float | None
    is_masked: bool

    @property
    def is_found(self) -> bool:
        """Found, and not masked."""
        return self.delay is not None and not self.is_masked

    @property
    def counts(self) -> bool:
        """Whether it is one of those that should be found: a step or a ramp of 25 /min and more."""
        return self.event.shape in SHOULD_BE_FOUND and self.event.size >= FROM_SIZE


@dataclass(frozen=True, slots=True)
class Copy:
    """One recording with added events: what became of each, and how many marks there were and fit one."""

    events: tuple[Judged, ...]
    marks: int
    fitting: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a rule came to on one person: marks on the untouched recording, and its copies with events."""

    name: str
    hours: float
    false: int
    copies: tuple[Copy, ...]

    @property
    def judged(self) -> list[Judged]:
        """The events of all copies."""
        return [one for copy in self.copies for one in copy.events]


def judge(
    events: Sequence[Injected], marks: Floats, untouched: Floats, windows: Windows, late: float
) -> Copy:
    """What `marks` found of `events`; `untouched`: the seconds marked without them.

    `late` is added to the windows: the time from one reading to the next, where that is long.
    """
    judged: list[Judged] = []
    fits = np.zeros(len(marks), dtype=bool)
    for event in events:
        until = event.at + windows[event.shape] + late
        inside = (marks >= event.at) & (marks <= until)
        fits |= inside
        is_masked = bool(((untouched >= event.at) & (untouched <= until)).any())
        delay = float(marks[inside][0] - event.at) if inside.any() else None
        judged.append(Judged(event, delay, is_masked))
    return Copy(tuple(judged), len(marks), int(fits.sum()))


@dataclass(frozen=True, slots=True)
class Tally:
    """Added up: events that should be found, those found, those masked, false marks and hours."""

    events: int
    found: int
    masked: int
    false: int
    hours: float

    @property
    def recall(self) -> float | None:
        """Found of all; what is masked is missed."""
        return self.found / self.events if self.events else None

    @property
    def recall_unmasked(self) -> float | None:
        """Found of those that were not masked."""
        free = self.events - self.masked
        return self.found / free if free else None

    @property
    def false_an_hour(self) -> float | None:
        """Marks an hour on the recordings as they were."""
        return self.false / self.hours if self.hours else None


def tally(outcomes: Sequence[Outcome]) -> Tally:
    """Steps and ramps of 25 /min and more, and the false marks, of so many people."""
    judged = [one for outcome in outcomes for one in outcome.judged if one.counts]
    return Tally(
        events=len(judged),
        found=sum(one.is_found for one in judged),
        masked=sum(one.is_masked for one in judged),
        false=sum(outcome.false for outcome in outcomes),
        hours=sum(outcome.hours for outcome in outcomes),
    )
