"""This is the place for what advice costs: scoring beside scikit-learn's own, and features for each event."""

import warnings
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from statistics import median
from time import process_time

import numpy as np

from healthmon.advice import Advise
from healthmon.advice.moment import FEATURES
from healthmon.training.fit import compiled, fit, sums
from tests.unit.advice.models import small_model
from tests.unit.advice.wearer import DAY, START, Wearer, played

_ROUNDS = 7


def measure() -> list[dict[str, object]]:
    """Microseconds of one core, each the median of seven rounds; not of the clock, others may be at work."""
    return [*_scoring(), *_listening()]


def _scoring() -> list[dict[str, object]]:
    chance = np.random.default_rng(7)
    features = np.round(chance.exponential(6, (20_000, len(FEATURES))) * 2) / 2
    regressor = fit(features, 100 - features.sum(axis=1) + chance.normal(0, 5, len(features)))
    base, tables, _ = compiled(regressor, features)
    model = replace(small_model(), base=base, tables=tables)
    rows = [tuple(row) for row in features[:2_000].tolist()]
    ours = _each(lambda: [model.score(row) for row in rows], len(rows))
    one_by_one = [features[place : place + 1] for place in range(200)]
    theirs = _each(lambda: [regressor.predict(row) for row in one_by_one], len(one_by_one))
    worst = float(np.abs(sums(base, tables, features) - regressor.predict(features)).max())
    peer = "scikit-learn predict, one row"
    return [
        _row("advice: one score", ours, "us", peer, theirs),
        _row("advice: largest difference to scikit-learn", worst, "points"),
    ]


def _listening() -> list[dict[str, object]]:
    maria = Wearer()
    history = maria.days(4)
    live = maria.minutes(120, START + 4 * DAY + timedelta(hours=9), every=1)
    rules = [Advise(small_model()) for _ in range(_ROUNDS)]
    lived = median(_took(partial(played, rule, history)) / len(history) for rule in rules)
    heard = median(_took(partial(played, rule, live)) / len(live) for rule in rules)
    return [
        _row("advice: an imported reading, one a minute", lived, "us"),
        _row("advice: a live reading, one a second, moments included", heard, "us"),
    ]


def _each(work: Callable[[], object], count: int) -> float:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return median(_took(work) / count for _ in range(_ROUNDS))


def _took(work: Callable[[], object]) -> float:
    start = process_time()
    work()
    return (process_time() - start) * 1e6


def _row(
    name: str, value: float, unit: str, peer: str | None = None, theirs: float | None = None
) -> dict[str, object]:
    ratio = value / theirs if theirs else None
    return {"name": name, "value": value, "unit": unit, "peer": peer, "peer_value": theirs, "ratio": ratio}
