"""Rows come from the recorder's own features, of nothing that would not have been live."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from healthmon.advice.features import Features
from healthmon.events import Json, Thing, wire
from healthmon.training.diary import Diary
from healthmon.training.rows import Count, Row, rows
from tests.unit.training.diaries import START, diary, say


def _rows(path: Path) -> list[Row]:
    return list(rows(Diary(path), "0", Count()))


def _written(path: Path, lines: Sequence[wire.Said]) -> Path:
    path.write_bytes(wire.write_lines(lines))
    return path


def test_a_row_is_the_moment_the_recorder_would_have_seen(tmp_path: Path) -> None:
    path = diary(tmp_path / "home.jsonl", 1, low_oxygen=0)
    row = _rows(path)[100]
    features = Features()
    for one in Diary(path):
        if one.object.type in {"HR", "SPO2"} and one.time < row.moment.at:
            features.hear(one)

    assert features.moment(row.moment.at) == row.moment


def test_the_truth_is_that_of_the_minute_before(tmp_path: Path) -> None:
    path = diary(tmp_path / "home.jsonl", 1, low_oxygen=0)
    truths = {one.time: one.amount for one in Diary(path) if one.object.type == "TRUTH"}

    assert all(row.quality == truths[row.moment.at - timedelta(minutes=1)] for row in _rows(path))


def test_before_three_nights_there_are_no_rows(tmp_path: Path) -> None:
    first = _rows(diary(tmp_path / "home.jsonl", 1, low_oxygen=0))[0]

    assert first.moment.at == START + timedelta(days=2, hours=7)


@pytest.mark.parametrize("delivery", ["late", "retained"])
def test_what_was_late_or_retained_is_not_learnt(tmp_path: Path, delivery: str) -> None:
    lines: list[wire.Said] = []
    for one in Diary(diary(tmp_path / "home.jsonl", 1, low_oxygen=0)):
        context: dict[str, Json] = {**one.context, "delivery": delivery}
        lines.append(say("p0", one.verb, one.object.type, one.time, context))

    assert _rows(_written(tmp_path / "marked.jsonl", lines)) == []


def test_an_assignment_says_whose_a_watch_is(tmp_path: Path) -> None:
    watch = {"person": "maria"}
    assigned = wire.Said(
        subject=Thing("CAREGIVER", "anna"),
        verb="ASSIGNS",
        object=Thing("WATCH", "watch-p"),
        time="2026-09-01T00:00:00Z",
        context=dict(watch),
    )
    reading = say("p", "MEASURES", "HR", START, {"value": 60})

    about = [one.person for one in Diary(_written(tmp_path / "home.jsonl", [assigned, reading]))]

    assert about == ["maria", "maria"]


def test_people_of_two_homes_are_not_the_same(tmp_path: Path) -> None:
    path = diary(tmp_path / "home.jsonl", 1, low_oxygen=0)

    names = {row.person for home in "ab" for row in rows(Diary(path), home, Count())}

    assert names == {"a/p0", "b/p0"}
