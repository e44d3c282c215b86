"""This is the place for judging a rule on people that its threshold was not chosen on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from healthmon.evaluation.judging import Outcome, Tally, tally

DRAWS = 1_000
_SEED = 4

Trials = Mapping[float, Sequence[Outcome]]
"""For each threshold what the rule comes to on each person, the people always in the same order."""


@dataclass(frozen=True, slots=True)
class Pooled:
    """The held-out people of all folds: what was chosen in each, and what it came to together."""

    chosen: tuple[float, ...]
    outcomes: tuple[Outcome, ...]
    tally: Tally


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure and where it lies in 95 of 100 drawings of as many people."""

    value: float | None
    low: float | None
    high: float | None


def held_out(trials: Trials, folds: int, recall: float) -> Pooled:
    """Every person judged by the threshold that was best on the people of the other folds.

    Best: the fewest false marks with at least so much `recall` of what is not masked; where no threshold
    reaches it, the one that finds most.
    """
    people = len(next(iter(trials.values())))
    folds = min(folds, people)
    chosen: list[float] = []
    kept: list[Outcome] = []
    for fold in range(folds):
        inside = [person for person in range(people) if person % folds == fold]
        others = [person for person in range(people) if person % folds != fold] or inside
        limit = best({name: [of[person] for person in others] for name, of in trials.items()}, recall)
        chosen.append(limit)
        kept += [trials[limit][person] for person in inside]
    ordered = tuple(sorted(kept, key=lambda one: one.name))
    return Pooled(tuple(chosen), ordered, tally(ordered))


def best(trials: Trials, recall: float) -> float:
    """The threshold with the fewest false marks and enough recall, or the one with most recall."""
    tallies = {limit: tally(outcomes) for limit, outcomes in trials.items()}
    enough = [limit for limit, one in tallies.items() if (one.recall_unmasked or 0.0) >= recall]
    if enough:
        return min(enough, key=lambda limit: (tallies[limit].false_an_hour or 0.0, -limit))
    return max(tallies, key=lambda limit: (tallies[limit].recall_unmasked or 0.0, limit))


def interval(figure: Callable[[Sequence[int]], float | None], people: int) -> Interval:
    """A figure of these people, and its interval: people drawn again, with all that is theirs."""
    chance = np.random.default_rng(_SEED)
    drawn = [figure(chance.integers(0, people, people).tolist()) for _ in range(DRAWS)]
    known = [one for one in drawn if one is not None]
    value = figure(range(people))
    if not known or value is None:
        return Interval(value, None, None)
    low, high = np.percentile(known, [2.5, 97.5])
    return Interval(value, float(low), float(high))
