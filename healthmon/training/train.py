"""This is the place for training from end to end: diaries in, a model and its card out."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import numpy as np

from healthmon.advice.moment import FEATURE_VERSION, FEATURES
from healthmon.advice.tables import FORMAT, Model, Refused, read_model, write_model
from healthmon.training.card import card
from healthmon.training.diary import Diary
from healthmon.training.errors import TrainingError, TrainingReason
from healthmon.training.fit import compiled, fit, sums, violations
from healthmon.training.judge import Metrics, judged, problems
from healthmon.training.rows import Count, rows
from healthmon.training.sheet import Sheet, Split, split

Progress = Callable[[str, float], None]

_RANGE = (0.25, 99.75)  # percentiles; what lies well beyond them the model does not answer for


@dataclass(frozen=True, slots=True)
class Report:
    """What came of a training. `problems` names the promises that the model does not keep; empty is good."""

    model: Model
    path: Path
    card: Path
    minutes: int
    abstained: int
    problems: tuple[str, ...]

    def __str__(self) -> str:
        """For people: what was made, how good it is on people it never saw, and what it does not keep."""
        figures = self.model.metrics["held_out"]
        beside = f"always the mean: {figures['mean_mae']:.2f}, one-line rule: {figures['rule_mae']:.2f}"
        told = (
            f"model {self.model.short_id} in {self.path}, its card in {self.card}",
            f"{self.minutes} minutes, {self.abstained} of them without enough data",
            f"mean error {figures['model_mae']:.2f} points on simulated people it never saw ({beside})",
            *(f"not kept: {problem}" for problem in self.problems),
        )
        return "\n".join(told)


def train(
    files: Sequence[Path], out: Path, seed: int, progress: Progress = lambda *_: None, origin: str = ""
) -> Report:
    """Train on simulated people and write advice.json and its card.md into the folder `out`.

    Each file is a home of its own, made by `devices simulate --truth`. The same files and seed give the same
    bytes on the same versions of scikit-learn and numpy. `progress` hears a stage and its share, 0 to 1;
    `origin` tells the card's reader how the files were made. Takes a minute or two for every million lines,
    one thread. Raises TrainingError; what was in `out` is then as it was.
    """
    sheet, count, digest = _read(files, progress)
    if count.last is None or count.minutes == 0:
        message = "no line tells a truth; make the files with `devices simulate --truth`"
        raise TrainingError(TrainingReason.NO_TRUTH, message)
    parts = split(sheet, seed)
    progress("fit", 0.0)
    model = _model(sheet, parts, count.last, {"seed": str(seed), "input": digest, **_amounts(parts, count)})
    progress("write", 0.0)
    written = write_model(model)
    checked = read_model(written)
    if isinstance(checked, Refused):
        raise TrainingError(TrainingReason.NOT_COMPILED, f"the new model is refused: {checked.detail}")
    faults = problems(checked.metrics)
    path, beside = out / "advice.json", out / "card.md"
    _write(path, written)
    _write(beside, card(checked, faults, origin).encode())
    progress("write", 1.0)
    return Report(checked, path, beside, count.minutes, count.abstained, faults)


def _read(files: Sequence[Path], progress: Progress) -> tuple[Sheet, Count, str]:
    sheet, count, digests = Sheet(), Count(), []
    for number, path in enumerate(files):
        diary = Diary(path, tell=_part(progress, number, len(files)))
        for row in rows(diary, str(number), count):
            sheet.add(row)
        digests.append(diary.digest)
    return sheet, count, digests[0] if len(digests) == 1 else _digest_of(digests)


def _digest_of(digests: Sequence[str]) -> str:
    """One digest for several files, in their order."""
    return hashlib.sha256("".join(digests).encode()).hexdigest()


def _part(progress: Progress, number: int, count: int) -> Callable[[float], None]:
    return lambda share: progress("read", (number + share) / count)


def _model(sheet: Sheet, parts: Split, last: datetime, training: dict[str, str]) -> Model:
    features, taught = sheet.features, parts.taught
    regressor = fit(features[taught], sheet.quality[taught])
    base, tables, worst = compiled(regressor, features[taught])
    metrics: Metrics = judged(sheet, parts, np.clip(sums(base, tables, features), 0, 100))
    metrics["model"] = {
        "compile_max_diff": float(f"{worst:.0e}"),
        "monotone_violations": float(violations(regressor, features[taught])),
    }
    lows, highs = np.percentile(features[taught], _RANGE, axis=0)
    return Model(
        format=FORMAT,
        id="",
        created=last.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        data_kind="simulated",
        feature_version=FEATURE_VERSION,
        base=base,
        tables=tables,
        monotone=(-1,) * len(FEATURES),
        training_ranges={name: (float(lows[i]), float(highs[i])) for i, name in enumerate(FEATURES)},
        metrics=metrics,
        training=training,
        versions={"scikit-learn": version("scikit-learn"), "numpy": version("numpy")},
    )


def _amounts(parts: Split, count: Count) -> dict[str, str]:
    return {
        "people_taught": str(parts.people_taught),
        "people_held_out": str(parts.people_held_out),
        "people_low_oxygen": str(parts.people_low_oxygen),
        "hours": str(count.minutes // 60),
        "abstained_share": f"{count.abstained / count.minutes:.3f}",
    }


def _write(path: Path, content: bytes) -> None:
    unfinished = path.with_name(f"{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_bytes(content)
        unfinished.replace(path)
    except OSError as error:
        message = f"{path} cannot be written: {error.strerror}; choose another place"
        raise TrainingError(TrainingReason.NOT_WRITTEN, message) from error
