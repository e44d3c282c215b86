"""This is the place for trying a rule on people: recordings as they were, and copies with added events."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from healthmon.evaluation import plain
from healthmon.evaluation.hearing import Heard, entries, heard
from healthmon.evaluation.hearing import spiking as spiking_seconds
from healthmon.evaluation.injecting import Injected, injected
from healthmon.evaluation.judging import AFTER_A_WHILE, AT_ONCE, Outcome, Windows, judge
from healthmon.evaluation.recording import Floats, Recording
from healthmon.events import Rule
from healthmon.rules import HeartRateSpike, LastingSpike

WARM_UP = 120.0  # s of each recording in which nothing is judged
_LATE_FROM = 2.0  # s between readings from which on windows are made longer by it


@dataclass(frozen=True, slots=True)
class Material:
    """A recording, and copies of it with added events."""

    recording: Recording
    copies: tuple[tuple[Recording, tuple[Injected, ...]], ...]

    @property
    def hours(self) -> float:
        """Hours that are judged."""
        return max(self.recording.hours - WARM_UP / 3600, 0.0)

    @property
    def late(self) -> float:
        """By how much windows are longer, because there are so few readings."""
        step = self.recording.step
        return step if step > _LATE_FROM else 0.0

    def thinned(self, every: float) -> "Material":
        """The same, as a watch would have told it that measures once in `every` seconds."""
        copies = tuple((copy.thinned(every), events) for copy, events in self.copies)
        return Material(self.recording.thinned(every), copies)


def material(recording: Recording, seeds: Sequence[int], copies: int, quantity: str) -> Material:
    """A recording with `copies` copies for each seed."""
    made = [injected(recording, seed, copy, quantity) for seed in seeds for copy in range(copies)]
    return Material(recording, tuple((one, tuple(events)) for one, events in made))


def plainly(one: Material, limits: Sequence[float]) -> dict[float, Outcome]:
    """The plain rule at each limit."""
    base, *changed = [
        plain.rises(recording) for recording in (one.recording, *(copy for copy, _ in one.copies))
    ]
    outcomes: dict[float, Outcome] = {}
    for limit in limits:
        begins, flagged = plain.marks(*base, limit)
        copies = tuple(
            judge(events, plain.marks(*rise, limit)[0], flagged, AT_ONCE, one.late)
            for rise, (_, events) in zip(changed, one.copies, strict=True)
        )
        false = len(_warm(begins, one.recording))
        outcomes[limit] = Outcome(one.recording.name, one.hours, false, copies)
    return outcomes


def spiking(one: Material, rises: Sequence[float]) -> dict[float, tuple[Outcome, Outcome]]:
    """The house's own marks at each rise, and the alarm that they last."""
    said = [(copy, entries(copy)) for copy in (one.recording, *(copy for copy, _ in one.copies))]
    outcomes: dict[float, tuple[Outcome, Outcome]] = {}
    for rise in rises:
        told = [heard((HeartRateSpike(rise=rise), LastingSpike()), copy, what) for copy, what in said]
        marks = [np.array([two.at for two in each if two.name == "SPIKE"]) for each in told]
        alarms = [np.array([two.at for two in each if two.verb == "RAISES"]) for each in told]
        flagged = spiking_seconds(HeartRateSpike(rise=rise), *said[0])
        outcomes[rise] = (
            _outcome(one, marks, flagged, AT_ONCE),
            _outcome(one, alarms, _raised(told[0], one.recording), AFTER_A_WHILE),
        )
    return outcomes


def ringing(one: Material, rules: Callable[[], Sequence[Rule]], prefix: tuple[str, ...]) -> Outcome:
    """The alarms of all the rules whose ids begin with one of these."""
    marks: list[Floats] = []
    for copy in (one.recording, *(copy for copy, _ in one.copies)):
        told = heard(rules(), copy, entries(copy))
        marks.append(np.array([two.at for two in told if two.why == "held" and two.name.startswith(prefix)]))
    return _outcome(one, marks, marks[0], AT_ONCE)


def _raised(told: Sequence[Heard], recording: Recording) -> Floats:
    """The seconds at which an alarm was raised and not cleared."""
    parts: list[Floats] = []
    begun: float | None = None
    for one in told:
        if one.verb == "RAISES":
            begun = one.at
        elif one.verb == "CLEARS" and begun is not None:
            parts.append(np.arange(begun, one.at))
            begun = None
    if begun is not None:
        parts.append(np.arange(begun, recording.seconds[-1]))
    return np.concatenate(parts) if parts else np.zeros(0)


def _outcome(one: Material, marks: Sequence[Floats], flagged: Floats, windows: Windows) -> Outcome:
    untouched, *changed = marks
    copies = tuple(
        judge(events, found, flagged, windows, one.late)
        for found, (_, events) in zip(changed, one.copies, strict=True)
    )
    return Outcome(one.recording.name, one.hours, len(_warm(untouched, one.recording)), copies)


def _warm(marks: Floats, recording: Recording) -> Floats:
    warm: Floats = marks[marks >= recording.seconds[0] + WARM_UP]
    return warm
