"""This is the place for how good a model is, beside how good doing without one would be.

Figures are about simulated people and say nothing about real ones.
"""

from collections.abc import Callable

import numpy as np

from healthmon.advice.moment import FEATURES, Feature
from healthmon.training.sheet import Bools, Floats, Sheet, Split

POOR = 60.0  # below it a minute is one that should stand out
_EXCESS, _DROP = FEATURES.index(Feature.HR_EXCESS), FEATURES.index(Feature.SP_DROP)
_DIGITS = 4

Metrics = dict[str, dict[str, float]]


def judged(sheet: Sheet, parts: Split, scores: Floats) -> Metrics:
    """Model and baselines on people it was not taught by, by cohort. Baselines learn from the taught alone.

    `rule` is one line: the larger of heart rate above usual and oxygen below it, as they come. `scaled` is
    the same with each divided by what the simulator's formula divides it by (30 /min, 7 points): as good as
    one line gets here, because it peeks. `news2` is the sum of the two parts of NEWS2 that we know.
    """
    excess, drop = sheet.features[:, _EXCESS], sheet.features[:, _DROP]
    ranks = {
        "model": -scores,
        "rule": np.maximum(excess, drop),
        "scaled": np.maximum(excess / 30, drop / 7),
        "news2": sheet.parts,
    }
    found: Metrics = {}
    for name, rows in (("held_out", parts.held_out), ("low_oxygen", parts.low_oxygen)):
        if rows.any():
            found[name] = _cohort(sheet, parts.taught, rows, ranks)
            found[name]["model_mae"] = _mae(scores[rows], sheet.quality[rows])
    return {name: _rounded(figures) for name, figures in found.items()}


def problems(metrics: Metrics) -> tuple[str, ...]:
    """What the model promises and does not keep: one line each."""
    held_out, low = metrics["held_out"], metrics.get("low_oxygen", {})
    checks = (
        (held_out["model_mae"] <= 6, "mean error above 6 on held-out people"),
        (low.get("model_mae", 0.0) <= 10, "mean error above 10 on people with low oxygen"),
        (_ap(held_out, "model") >= _ap(held_out, "rule") + 0.1, "no better than a one-line rule"),
    )
    return tuple(said for kept, said in checks if not kept)


def _cohort(sheet: Sheet, taught: Bools, rows: Bools, ranks: dict[str, Floats]) -> dict[str, float]:
    quality = sheet.quality
    poor = quality[rows] < POOR
    missed = sheet.missed[rows]
    figures = {
        "people": float(len(np.unique(sheet.who[rows]))),
        "minutes": float(rows.sum()),
        "poor_share": float(poor.mean()),
        "mean_mae": _mae(np.full(int(rows.sum()), quality[taught].mean()), quality[rows]),
        "usual_rate_mae": float(np.nanmean(np.abs(missed))) if np.isfinite(missed).any() else 0.0,
    }
    for name, rank in ranks.items():
        if 0 < poor.sum() < len(poor):
            figures |= _ranking(name, poor, rank[rows])
        if name != "model":
            figures[f"{name}_mae"] = _mae(_isotonic(rank[taught], quality[taught])(rank[rows]), quality[rows])
    return figures


def _ranking(name: str, poor: Bools, rank: Floats) -> dict[str, float]:
    from sklearn.metrics import average_precision_score, roc_auc_score

    return {
        f"{name}_auroc": float(roc_auc_score(poor, rank)),
        f"{name}_ap": float(average_precision_score(poor, rank)),
    }


def _isotonic(rank: Floats, quality: Floats) -> Callable[[Floats], Floats]:
    """The best falling curve from a rank to a quality: the most that can be made of a baseline."""
    from sklearn.isotonic import IsotonicRegression

    curve = IsotonicRegression(increasing=False, out_of_bounds="clip").fit(rank, quality)
    return lambda other: np.asarray(curve.predict(other), dtype=np.float64)


def _ap(figures: dict[str, float], name: str) -> float:
    return figures.get(f"{name}_ap", 0.0)


def _mae(said: Floats, true: Floats) -> float:
    return float(np.mean(np.abs(said - true)))


def _rounded(figures: dict[str, float]) -> dict[str, float]:
    return {name: round(figure, _DIGITS) for name, figure in figures.items()}
