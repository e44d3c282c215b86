"""`healthmon alarms report`, as one types it."""

import json
from pathlib import Path

import pytest

from healthmon.cli.main import main
from healthmon.events import Thing
from healthmon.events.not_recorded import Backlog, NotRecorded
from tests.unit.reports.alarm_days import MONITOR, Days, at


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two worn days of maria's with one alarm, judged false."""
    days = Days().worn_days(2).raises(10).acknowledges(12, 10).clears(20, 10).rates(30, 10, "false")
    return days.written(tmp_path)


def _said(capsys: pytest.CaptureFixture[str], folder: Path, *words: str) -> str:
    assert main(["alarms", *words, "--data", str(folder)]) == 0
    return capsys.readouterr().out


def test_the_report_is_a_block_for_each_person(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = _said(capsys, folder, "report")

    assert "maria, worn 2.00 days (as the devices say)" in told
    assert "audible    1, 0.50 a day (0.01 to 2.79)" in told
    assert "at most 1 audible a day, false High at most 0.3: kept" in told


def test_the_report_keeps_its_keys(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = json.loads(_said(capsys, folder, "report", "--json"))

    assert list(told) == ["since", "until", "people", "technical"]
    assert list(told["people"][0]) == [
        "person",
        "worn",
        "episodes",
        "alarms",
        "audible",
        "hushed",
        "false",
        "false_high",
        "judged",
        "answering",
        "time_in_alarm",
        "unknown_s",
        "by_alarm",
        "messages",
        "began_before",
        "budget",
    ]


def test_the_report_of_a_stretch(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("--json", "--from", "2026-11-21T22:00Z", "--to", "2026-11-22T22:00Z")
    (maria,) = json.loads(_said(capsys, folder, "report", *words))["people"]

    assert (maria["alarms"]["count"], maria["worn"]["days"]) == (0, pytest.approx(1.0, abs=0.03))


def test_a_misspelt_person_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["alarms", "report", "--person", "mariah", "--data", str(folder)])

    assert "person mariah was not met, did you mean maria?" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["reprot"], "did you mean report?"),
        (["report", "--from", "soon"], "yesterday 22:00"),
        (["report", "--from", "2h", "--to", "3h"], "nothing lies between them"),
        (["report", "--from", "2h", "--last", "3h"], "leave one out"),
    ],
)
def test_what_makes_no_sense_is_told_in_one_line(
    folder: Path, capsys: pytest.CaptureFixture[str], words: list[str], hint: str
) -> None:
    data = ["--data", str(folder)] if len(words) > 1 else []
    try:
        code = main(["alarms", *words, *data])
    except SystemExit as ended:
        code = int(str(ended.code))

    told = capsys.readouterr().err
    assert (hint in told, told.count("\n"), code) == (True, 1, 2)


@pytest.mark.parametrize("kind", ["report", "whatif", "list", "ack", "take", "snooze", "pause", "rate"])
def test_help_shows_an_example(capsys: pytest.CaptureFixture[str], kind: str) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["alarms", kind, "--help"])

    assert (ended.value.code, "example:" in capsys.readouterr().out) == (0, True)


def test_a_log_without_entries_has_nothing_to_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "nothing to report" in _said(capsys, Days().written(tmp_path), "report")


def test_no_log_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["alarms", "report", "--data", str(tmp_path / "none")])

    assert (code, "is --data right?" in capsys.readouterr().err) == (1, True)


def test_the_list_names_the_last_episodes_and_how_to_judge_them(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = _said(capsys, folder, "list", "--last", "3650d").splitlines()

    assert told[1] == "nothing rang then"
    assert "Maria  Oxygen low  false; healthmon alarms rate E:maria:" in told[2]


def test_that_nobody_records_comes_first_and_no_number_is_of_now(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    days = Days().reads(1, 85.0).raises(2, value=85.0, unit="%", limit=88, delay_s=30)
    folder = days.written(tmp_path)
    since = f"{at(2).astimezone():%b} {at(2).astimezone().day} {at(2).astimezone():%H:%M}"

    told = _said(capsys, folder, "list").splitlines()
    (ringing,) = json.loads(_said(capsys, folder, "list", "--json"))["open"]

    assert told[0].startswith(f"NOT RECORDING  Nothing is being recorded since {since}, nobody is watched")
    assert told[1].startswith("medium  Maria  Oxygen unknown since ")
    assert f"last 85 %  alarm since {since}  nobody has answered; healthmon alarms ack SPO2_LOW" in told[1]
    assert (ringing["value"], ringing["unit"], ringing["since"]) == (85.0, "%", at(2).isoformat())


def test_the_list_says_when_nothing_was_recorded(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missed = NotRecorded(at(10), at(39), "disk-full", Backlog(312, 0))
    days = Days().worn_days(1).says(39, MONITOR, "REPORTS", Thing("GAP"), person=None, **missed.context())

    told = _said(capsys, days.written(tmp_path), "list", "--last", "3650d").splitlines()

    assert told[-1].endswith(
        "Nothing was recorded: the log could not be written (the disk is full); "
        "nothing is lost: 312 messages waited"
    )


def test_the_list_keeps_its_keys(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = json.loads(_said(capsys, folder, "list", "--json", "--last", "3650d"))

    assert (list(told), list(told["episodes"][0])[:4]) == (
        ["recording", "unwatched_since", "open", "episodes", "not_recorded"],
        ["episode", "person", "device", "technical"],
    )


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["ack", "SPO2_LOW"], "nothing rings"),
        (["rate", "E:maria:x", "true"], "healthmon alarms list names them"),
        (["rate", "last", "maybe"], "invalid choice"),
    ],
)
def test_answering_what_is_not_there_is_told(
    folder: Path, capsys: pytest.CaptureFixture[str], words: list[str], hint: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["alarms", *words, "--data", str(folder)])

    assert (hint in capsys.readouterr().err, ended.value.code) == (True, 2)


def test_a_name_that_no_topic_carries_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["alarms", "pause", "5min", "--as", "an na", "--data", str(folder)]) == 2
    assert "is no name" in capsys.readouterr().err
