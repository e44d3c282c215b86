"""Recordings come from tables and logs; what is none of them is refused in one line."""

import gzip
from pathlib import Path

import numpy as np
import pytest

from healthmon.evaluation import EvaluationError, EvaluationReason, recordings
from healthmon.evaluation.injecting import Shape, injected, outline
from healthmon.evaluation.plain import marks, rises
from tests.unit.evaluation.made import calm

HEAD = "record_id,time_s,hr_bpm,spo2_pct,resp_rpm,source_label\n"


def table(folder: Path, text: str) -> Path:
    path = folder / "table.csv"
    path.write_text(text)
    return path


def test_a_table_holds_the_readings_of_each_person(tmp_path: Path) -> None:
    packed = tmp_path / "table.csv.gz"
    packed.write_bytes(gzip.compress(f"{HEAD}b,0,70,,,\na,1,80,97,12,rest\na,0,0,96,,\n".encode()))

    first, second = recordings(packed)

    assert (first.name, first.seconds.tolist(), second.name) == ("a", [0.0, 1.0], "b")
    assert np.isnan(first.values["HR"][0])  # 0 is no signal
    assert first.values["SPO2"].tolist() == [96.0, 97.0]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("who,when\na,0\n", EvaluationReason.UNKNOWN_COLUMNS),
        ("", EvaluationReason.UNKNOWN_COLUMNS),
        (HEAD, EvaluationReason.EMPTY),
        (f"{HEAD}a,soon,70,,,\n", EvaluationReason.NOT_A_NUMBER),
    ],
)
def test_what_is_no_recording_is_refused_in_one_line(
    tmp_path: Path, text: str, reason: EvaluationReason
) -> None:
    with pytest.raises(EvaluationError) as told:
        recordings(table(tmp_path, text))

    assert told.value.reason is reason
    assert "\n" not in str(told.value)


def test_a_path_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="is not there"):
        recordings(tmp_path / "nowhere.csv")


def test_the_same_seed_adds_the_same_events_and_another_others() -> None:
    recording = calm()

    first, events = injected(recording, 11, 0)
    again, same = injected(recording, 11, 0)
    _, others = injected(recording, 22, 0)

    assert events == same != others
    assert np.array_equal(first.values["HR"], again.values["HR"])


def test_a_step_is_smoothed_and_held_for_two_minutes() -> None:
    drawn = outline(Shape.STEP)

    assert len(drawn) == 139
    assert drawn[14:119].min() == pytest.approx(1.0)
    assert drawn[:14].max() < 1


def test_thinned_is_what_a_watch_would_have_told() -> None:
    thin = calm().thinned(60)

    assert thin.step == 60.0
    assert len(thin.seconds) == 60


def test_the_plain_rule_marks_a_step_once() -> None:
    recording = calm()
    recording.values["HR"][1_000:1_100] += 40

    begins, flagged = marks(*rises(recording), 22.0)

    assert begins.tolist() == [1_003.0]
    assert len(flagged) >= 95
