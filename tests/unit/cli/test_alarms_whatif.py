"""`healthmon alarms whatif`, as one types it."""

import json
from pathlib import Path

import pytest

from healthmon.cli.main import main
from healthmon.events import Thing
from tests.unit.reports.alarm_days import write
from tests.unit.reports.test_whatif import EVENING, Nights, _entry

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
        (["--limit", "spo2_low=low"], "is no limit; write spo2_low=94, or spo2_low=off"),
        (["--limit", "spo2_low=20"], "spo2_low may be 84 to 94 %, or off, not 20"),
        (["--limit", "spo2_low=nan"], "spo2_low may be 84 to 94 %, or off, not nan"),
        (["--delay", "spo2_low=5s"], "the delay of spo2_low may be 15s to 600s, not 5s"),
        (["--limit", "spo2_low=88", "--person", "jan"], "nobody is called 'jan': there is maria"),
        (["--delay", "15s"], "write --delay spo2_low=15s"),
        (["--delay", "spo2_low=soon"], "is no duration"),
        (["--limit", "hr_unusual=12"], "a carer's device may set it (SETS ALARM HR_UNUSUAL)"),
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


def test_a_time_in_which_nothing_was_measured_is_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--limit", "spo2_low=88", "--from", "2026-11-22T20:00Z", "--to", "2026-11-23T08:00Z"]

    assert main(["alarms", "whatif", *words, "--data", str(folder)]) == 1
    assert "nothing was measured of maria in that time" in capsys.readouterr().err


def test_a_log_of_nobody_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, [_entry(0, EVENING, (Thing("MONITOR"), "STARTS", Thing("RECORDER")), {})])

    with pytest.raises(SystemExit) as ended:
        main(["alarms", "whatif", "--limit", "spo2_low=88", "--data", str(tmp_path)])

    told = capsys.readouterr().err
    assert ("healthmon pair" in told, told.count("\n"), ended.value.code) == (True, 1, 2)


def test_all_rows_are_run_again(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--limit", "rapid_desat=8", "--limit", "spo2_drop=3", "--limit", "spo2_watch=94", *STRETCH]

    assert main(["alarms", "whatif", *words, "--data", str(folder)]) == 0
    assert "not run again" not in capsys.readouterr().out


def test_ctrl_c_ends_it_with_one_line(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_args: object, **_kwargs: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("healthmon.cli.alarms_whatif.load", interrupted)

    code = main(["alarms", "whatif", "--limit", "spo2_low=88", *STRETCH, "--data", str(folder)])

    assert (code, capsys.readouterr().err) == (130, "healthmon: stopped\n")
