"""This is the place for what scikit-learn learns, and for the tables that then need it no more."""

from typing import Any

import numpy as np

from healthmon.advice.moment import FEATURES
from healthmon.advice.tables import Table
from healthmon.training.errors import TrainingError, TrainingReason
from healthmon.training.sheet import Floats

TREES = 120
LEAVES = 8
_CLOSE = 1e-9
_PROBES = 4_000


def fit(features: Floats, quality: Floats) -> Any:  # scikit-learn has no types
    """A gradient boosting of trees that each see one feature and can only lower the score with it.

    One thread: sums then come in one order, so that the same rows give the same model.
    """
    from sklearn.ensemble import HistGradientBoostingRegressor
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # comes with scikit-learn

    regressor = HistGradientBoostingRegressor(
        max_iter=TREES,
        max_leaf_nodes=LEAVES,
        monotonic_cst=[-1] * len(FEATURES),
        interaction_cst="no_interactions",
        early_stopping=False,
        random_state=0,
    )
    with threadpool_limits(limits=1):
        return regressor.fit(features, quality)


def compiled(regressor: Any, features: Floats) -> tuple[float, tuple[Table, ...], float]:
    """Base and tables that say exactly what the regressor says, and the largest difference that was found.

    The trees are read from scikit-learn's own arrays, which are not its public interface: so the result is
    compared with `predict`, on these features and far outside of them. Raises TrainingError beyond 1e-9.
    """
    trees = [predictor.nodes for (predictor,) in regressor._predictors]  # noqa: SLF001  # compared below
    base = float(np.ravel(regressor._baseline_prediction)[0])  # noqa: SLF001  # compared below
    tables = tuple(
        _table(name, [nodes for nodes in trees if _feature_of(nodes) == place], features[:, place])
        for place, name in enumerate(FEATURES)
    )
    probes = _probes(features)
    worst = float(np.max(np.abs(sums(base, tables, probes) - regressor.predict(probes))))
    if not worst <= _CLOSE:
        message = (
            f"tables differ from scikit-learn by {worst:g}; use the scikit-learn version of the lock file"
        )
        raise TrainingError(TrainingReason.NOT_COMPILED, message)
    return base + _constant(trees), tables, worst


def violations(regressor: Any, features: Floats) -> int:
    """How often scikit-learn's own prediction rises with more of a feature, the others typical.

    Each feature is swept through up to 1,000 of its seen values. The order of the answer is what counts, so
    rounding of the sums, 1e-9, is no rise.
    """
    found = 0
    for place in range(features.shape[1]):
        seen = np.unique(features[:, place])
        swept = seen[:: max(1, len(seen) // 1_000)]
        rows = np.tile(np.median(features, axis=0), (len(swept), 1))
        rows[:, place] = swept
        found += int((np.diff(regressor.predict(rows)) > _CLOSE).sum())
    return found


def sums(base: float, tables: tuple[Table, ...], features: Floats) -> Floats:
    """The score of many rows at once, not held at 0 and 100."""
    total = np.full(len(features), base)
    for place, table in enumerate(tables):
        total += np.array(table.values)[np.searchsorted(table.thresholds, features[:, place], side="left")]
    return total


def _feature_of(nodes: Any) -> int:
    splits = nodes[nodes["is_leaf"] == 0]
    return int(splits["feature_idx"][0]) if len(splits) else -1


def _constant(trees: list[Any]) -> float:
    return float(sum(nodes["value"][0] for nodes in trees if _feature_of(nodes) == -1))


def _table(name: str, trees: list[Any], seen: Floats) -> Table:
    splits = [nodes["num_threshold"][nodes["is_leaf"] == 0] for nodes in trees]
    edges = np.unique(np.concatenate(splits)) if splits else np.array([])
    steps = np.append(edges, np.inf)
    values = np.zeros(len(steps))
    for nodes in trees:
        values += [_leaf(nodes, float(step)) for step in steps]
    values = np.minimum.accumulate(values)  # undoes rounding of the sums, 1e-15; checked with the rest
    kept = np.flatnonzero(np.diff(values) != 0)
    return Table(
        feature=name,
        thresholds=tuple(map(float, edges[kept])),
        values=tuple(map(float, [*values[kept], values[-1]])),
        typical=float(np.median(seen)),
    )


def _leaf(nodes: Any, amount: float) -> float:
    place = 0
    while not nodes["is_leaf"][place]:
        goes_left = amount <= nodes["num_threshold"][place]
        place = int(nodes["left"][place] if goes_left else nodes["right"][place])
    return float(nodes["value"][place])


def _probes(features: Floats) -> Floats:
    chance = np.random.default_rng(0)
    top = features.max(axis=0) * 2 + 10
    every = max(1, len(features) // _PROBES)
    return np.vstack([features[::every], chance.random((_PROBES, len(FEATURES))) * top])
