"""`healthmon alarms whatif`, as one types it."""

import json
from pathlib import Path

import pytest

from healthmon.cli.main import main
from tests.unit.reports.alarm_days import write
from tests.unit.reports.test_whatif import Nights

STRETCH = ("--from", "2026-11-20T20:00Z", "--to", "2026-11-21T08:00Z")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A night in which Maria's oxygen fell twice."""
    data = tmp_path_factory.mktemp("night")
    write(data, Nights(12).falls(3, 91, 4).falls(5, 91, 4).entries())
    return data


def test_the_last_night_is_told_first(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["alarms", "whatif", "--limit", "spo2_low=88", *STRETCH, "--data", str(folder)])

    told = capsys.readouterr().out.splitlines()
    assert (code, told[0]) == (0, "0 alarms instead of 2 last night")


def test_it_keeps_its_keys(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["alarms", "whatif", "--limit", "spo2_low=90", *STRETCH, "--json", "--data", str(folder)])

    assert list(json.loads(capsys.readouterr().out)) == [
        "person",
        "since",
        "until",
        "alarms",
        "audible",
        "nights",
        "kinds",
        "judged_true",
        "lost",
    ]


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["--limit", "spo2_lo=88"], "did you mean SPO2_LOW?"),
        (["--limit", "spo2_low=low"], "is no limit; write spo2_low=88"),
        (["--delay", "15s"], "write --delay spo2_low=15s"),
        (["--delay", "spo2_low=soon"], "is no duration"),
        ([], "nothing is wished for"),
    ],
)
def test_what_makes_no_sense_is_told_in_one_line(
    folder: Path, capsys: pytest.CaptureFixture[str], words: list[str], hint: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["alarms", "whatif", *words, "--data", str(folder)])

    told = capsys.readouterr().err
    assert (hint in told, told.count("\n"), ended.value.code) == (True, 1, 2)


def test_somebody_who_was_not_measured_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--person", "jan", "--limit", "spo2_low=88", *STRETCH]

    assert main(["alarms", "whatif", *words, "--data", str(folder)]) == 1
    assert "nothing was measured of jan" in capsys.readouterr().err
