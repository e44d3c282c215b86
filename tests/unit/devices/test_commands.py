"""The command line: help with examples, and errors of one line that say what to do next."""

from pathlib import Path

import pytest

from devices.cli import main
from devices.duration import duration, moment
from devices.errors import DeviceError
from healthmon.events import wire

UNTIL = "2026-11-22T04:00:00Z"


@pytest.mark.parametrize(
    ("arguments", "says", "code"),
    [
        ("simulate --people 0", "--people is at least 1", 2),
        ("simulate --people three", "invalid int value", 2),
        ("simulate --hz 100", "--hz is from 0.01 to 10", 2),
        ("simulate --truth", "--history DURATION or --days N", 2),
        ("simulate --history 1d", "--out FILE.jsonl", 2),
        ("simulate --history soon --out x", "write 30s, 10min, 2h or 14d", 2),
        ("simulate --history 1d --days 1 --out x", "leave one out", 2),
        ("simulate --history 1d --out x --until yesterday", "2026-11-22T04:00:00Z", 2),
        ("simulate --broker mqtt://127.0.0.1:1 --scenario ordnary", "did you mean ordinary", 2),
        ("simulate --broker mqtt://127.0.0.1:1 --clock soon", "ORIGIN@SPEED", 2),
        ("simulate --broker mqtt://127.0.0.1:1 --data x", "leave one out", 2),
        ("simulate --broker nowhere", "mqtt://127.0.0.1:1883", 2),
        ("simulate --data nowhere-at-all", "healthmon record --data", 1),
        ("replay nowhere.csv --broker mqtt://127.0.0.1:1", "cannot be read as CSV", 1),
        ("replay x.csv --speed 0.5", "at least 1", 2),
        ("replay x.csv --speed 2 --clock system", "leave one out", 2),
        ("replay", "FILE.csv", 2),
        ("stimulate", "invalid choice", 2),
        ("", "COMMAND", 2),
    ],
)
def test_a_wrong_command_is_told_in_one_line(
    arguments: str, says: str, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    got = main(arguments.split())
    told = capsys.readouterr()

    assert (got, told.out) == (code, "")
    assert says in told.err
    assert told.err.count("\n") == 1


@pytest.mark.parametrize("arguments", ["--help", "simulate --help", "replay --help"])
def test_help_shows_an_example_of_both(arguments: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(arguments.split())
    told = capsys.readouterr().out

    assert left.value.code == 0
    assert "python -m devices simulate" in told
    assert "python -m devices replay" in told


def test_a_history_is_written_and_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "h.jsonl"
    code = main(
        ["simulate", "--history", "2h", "--until", UNTIL, "--out", str(path), "--people", "2", "--seed", "7"]
    )
    said = [wire.read_said(line)[0] for line in path.read_bytes().splitlines()]

    assert code == 0
    assert f"{len(said)} lines about 2 people until {UNTIL}" in capsys.readouterr().err
    assert said[-1].time == UNTIL


def test_a_training_set_is_of_other_people(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    code = main(["simulate", "--days", "1", "--until", UNTIL, "--out", str(path), "--truth", "--people", "2"])
    people = {str(one.object) for line in path.read_bytes().splitlines()[:6] for one in wire.read_said(line)}

    assert code == 0
    assert people >= {"PERSON sim-1", "PERSON sim-2"}


def test_a_history_is_the_same_whenever_it_is_written(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("a", "b")]
    for path in paths:
        main(["simulate", "--history", "6h", "--until", UNTIL, "--out", str(path)])

    assert paths[0].read_bytes() == paths[1].read_bytes()


@pytest.mark.parametrize(
    ("text", "seconds"), [("30s", 30), ("10 min", 600), ("1.5h", 5400), ("14d", 1209600), ("250ms", 0.25)]
)
def test_durations_are_written_as_people_do(text: str, seconds: float) -> None:
    assert duration(text).total_seconds() == seconds


@pytest.mark.parametrize("text", ["", "30", "s", "-5s", "0s", "5 weeks", "1h30"])
def test_what_is_no_duration_is_told(text: str) -> None:
    with pytest.raises(DeviceError, match="is no duration"):
        duration(text)


@pytest.mark.parametrize("text", ["", "today", "2026-11-22", "2026-11-22T04:00:00"])
def test_a_moment_needs_a_zone(text: str) -> None:
    with pytest.raises(DeviceError, match="is no time with a zone"):
        moment(text)
