"""A carer without a window: what rings, and answering it, from the shell."""

import json
from pathlib import Path

import pytest

from healthmon.cli.main import main
from tests.fakes.homes import real_home


def _listed(capsys: pytest.CaptureFixture[str], folder: Path) -> dict[str, list[dict[str, object]]]:
    capsys.readouterr()
    assert main(["alarms", "list", "--json", "--data", str(folder)]) == 0
    told: dict[str, list[dict[str, object]]] = json.loads(capsys.readouterr().out)
    return told


def test_anna_answers_and_judges_from_a_shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with real_home(tmp_path) as home, home.publisher() as gateway:
        assert home.low_oxygen(gateway)
        assert home.logged(1, verb="RAISES")
        (ringing,) = _listed(capsys, tmp_path)["open"]
        alarm, data = str(ringing["alarm"]), ["--data", str(tmp_path)]
        assert main(["alarms", "list", *data]) == 0
        told = capsys.readouterr().out
        assert told.startswith("high    Maria  Oxygen 85 %, at or below 88 for 30 s  alarm since ")

        acknowledged = main(["alarms", "ack", alarm, "--as", "anna", "--note", "seen", *data])
        judged = main(["alarms", "rate", "last", "false", "--as", "anna", *data])

        assert (acknowledged, judged) == (0, 0)
        (answer,), (verdict,) = home.said("ACKNOWLEDGES"), home.said("RATES")
        assert (answer.subject.id, answer.context["episode"]) == ("anna", ringing["episode"])
        assert (verdict.object.id, verdict.value) == (ringing["episode"], "false")
        (episode,) = _listed(capsys, tmp_path)["episodes"]
        assert (episode["answered_by"], episode["rated"]) == ("anna", "false")


def test_a_recorder_that_died_is_the_first_line_of_the_list(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with real_home(tmp_path) as home:
        home.recorder.kill()
        assert main(["alarms", "list", "--data", str(tmp_path)]) == 0

        assert capsys.readouterr().out.startswith("NOT RECORDING  Nothing is being recorded since ")


def test_without_a_recorder_that_is_told_and_what_was_said_is_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with real_home(tmp_path) as home:
        home.recorder.end()
        code = main(["alarms", "pause", "5min", "--as", "anna", "--data", str(tmp_path)])

        told = capsys.readouterr().err
        assert (code, "nobody records here" in told, told.count("\n")) == (1, True, 1)
        assert len(list((tmp_path / "outbox" / "anna").glob("*.json"))) == 1
