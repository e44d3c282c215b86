"""Training is repeatable, exact, honest about people it never saw, and leaves nothing half-written."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from healthmon.advice.moment import FEATURES
from healthmon.advice.tables import Model, read_model
from healthmon.events import wire
from healthmon.training import Report, TrainingError, TrainingReason, train
from healthmon.training.fit import compiled, fit, sums, violations
from healthmon.training.sheet import Floats
from tests.unit.training.diaries import START, diary, say


class _Praising:
    """Says that more trouble is better."""

    def predict(self, rows: Floats) -> Floats:
        return np.asarray(rows.sum(axis=1), dtype=np.float64)


@dataclass(frozen=True)
class Trained:
    """A diary and what was learnt from it."""

    diary: Path
    report: Report


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Trained:
    """One training, which every test here may look at."""
    folder = tmp_path_factory.mktemp("training")
    path = diary(folder / "home.jsonl")
    return Trained(path, train([path], folder / "model", 0))


def test_what_is_trained_can_be_read(trained: Trained) -> None:
    assert read_model(trained.report.path.read_bytes()) == trained.report.model


def test_the_same_diary_and_seed_give_the_same_bytes(trained: Trained, tmp_path: Path) -> None:
    again = train([trained.diary], tmp_path / "again", 0)

    assert again.path.read_bytes() == trained.report.path.read_bytes()
    assert again.card.read_bytes() == trained.report.card.read_bytes()


def test_the_model_is_as_old_as_its_last_event(trained: Trained) -> None:
    assert trained.report.model.created == "2026-09-03T10:19:00Z"


def test_the_model_names_its_file_as_sha256sum_does(trained: Trained) -> None:
    assert trained.report.model.training["input"] == sha256(trained.diary.read_bytes()).hexdigest()


def test_nobody_is_learnt_from_and_judged_by(trained: Trained) -> None:
    training = trained.report.model.training

    counts = [training[f"people_{part}"] for part in ("taught", "held_out", "low_oxygen")]

    assert counts == ["3", "2", "1"]


def test_it_tells_trouble_from_quiet_in_people_it_never_saw(trained: Trained) -> None:
    held_out = trained.report.model.metrics["held_out"]

    assert held_out["model_mae"] < held_out["mean_mae"] / 2
    assert held_out["model_auroc"] > 0.95


def test_baselines_stand_beside_it(trained: Trained) -> None:
    assert {"rule_ap", "scaled_ap", "news2_ap", "mean_mae", "poor_share"} <= trained.report.model.metrics[
        "held_out"
    ].keys()


def test_a_promise_that_is_not_kept_is_told(trained: Trained) -> None:
    card = trained.report.card.read_text()

    assert all(problem in card for problem in trained.report.problems)


def test_the_report_says_how_good_it_is(trained: Trained) -> None:
    told = str(trained.report)

    assert trained.report.model.short_id in told
    assert all(problem in told for problem in trained.report.problems)


def test_the_card_says_what_it_is(trained: Trained) -> None:
    card = trained.report.card.read_text()

    assert "Trained on simulated people only" in card
    assert trained.report.model.id in card
    assert "Not for" in card


def test_trees_and_tables_say_exactly_the_same() -> None:
    chance = np.random.default_rng(5)
    features = np.round(chance.exponential(8, (3_000, len(FEATURES))) * 2) / 2
    quality = 100 - features @ np.array([1.0, 0.2, 1.5, 2.0, 0.5]) + chance.normal(0, 4, 3_000)
    regressor = fit(features, quality)

    base, tables, worst = compiled(regressor, features)

    assert worst <= 1e-9
    assert np.abs(sums(base, tables, features) - regressor.predict(features)).max() <= 1e-9


def test_more_trouble_never_scores_better_in_scikit_learn_either() -> None:
    chance = np.random.default_rng(5)
    features = chance.exponential(8, (2_000, len(FEATURES)))
    backwards = features.sum(axis=1) + chance.normal(0, 4, 2_000)

    assert violations(fit(features, backwards), features) == 0


def test_a_model_that_praises_trouble_is_counted() -> None:
    features = np.random.default_rng(5).exponential(8, (50, len(FEATURES)))

    assert violations(_Praising(), features) == 49 * len(FEATURES)


def test_the_scorer_says_what_scikit_learn_says(trained: Trained) -> None:
    model: Model = trained.report.model
    rows = np.random.default_rng(1).random((500, len(FEATURES))) * 60

    scores = [model.score(tuple(row)) for row in rows.tolist()]

    assert np.abs(np.clip(sums(model.base, model.tables, rows), 0, 100) - scores).max() <= 1e-9


def test_progress_is_told(tmp_path: Path) -> None:
    stages: list[str] = []

    train(
        [diary(tmp_path / "home.jsonl", 3, low_oxygen=0)],
        tmp_path / "model",
        0,
        lambda s, _: stages.append(s),
    )

    assert list(dict.fromkeys(stages)) == ["fit", "write"]


def _fails(path: Path, out: Path) -> TrainingReason | object:
    with pytest.raises(TrainingError) as caught:
        train([path], out, 0)
    return caught.value.reason


def test_a_missing_diary_is_named(tmp_path: Path) -> None:
    assert _fails(tmp_path / "none.jsonl", tmp_path / "model") is TrainingReason.UNREADABLE


def test_a_line_that_is_no_event_is_named(tmp_path: Path) -> None:
    path = tmp_path / "home.jsonl"
    path.write_bytes(b'{"subject": "WATCH"}\n')

    assert _fails(path, tmp_path / "model") is TrainingReason.BAD_LINE


def test_readings_without_truth_teach_nothing(tmp_path: Path) -> None:
    path = tmp_path / "home.jsonl"
    path.write_bytes(_line(say("p", "MEASURES", "HR", START, {"value": 60, "person": "p"})))

    assert _fails(path, tmp_path / "model") is TrainingReason.NO_TRUTH


def test_two_people_are_too_few(tmp_path: Path) -> None:
    assert _fails(diary(tmp_path / "home.jsonl", 2), tmp_path / "model") is TrainingReason.FEW_PEOPLE


def test_after_a_failure_the_old_model_is_as_it_was(tmp_path: Path) -> None:
    old = tmp_path / "advice.json"
    old.write_bytes(b"old")

    _fails(tmp_path / "none.jsonl", tmp_path)

    assert old.read_bytes() == b"old"


def _line(said: object) -> bytes:
    return wire.write(said) + b"\n"
