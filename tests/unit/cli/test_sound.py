"""`healthmon sound` tells what there is, and plays."""

import pytest

from healthmon.cli.main import main
from healthmon.sound.output import Loudspeaker


def test_the_outputs_are_listed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("HEALTHMON_SOUND_OUTPUT", "null")
    assert main(["sound", "list"]) == 0
    assert capsys.readouterr().out == "NULL Playback Device\n"


def test_a_burst_is_played_in_its_time(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HEALTHMON_SOUND_OUTPUT", "null")
    assert main(["sound", "test", "--urgency", "low", "--family", "heart"]) == 0
    assert capsys.readouterr().out == "works: NULL Playback Device\n"


def test_a_machine_without_an_output_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(Loudspeaker, "names", lambda _: [])
    assert main(["sound", "test"]) == 1
    assert "plug in a loudspeaker" in capsys.readouterr().err


def test_a_sound_there_is_not_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["sound", "test", "--family", "kidney"])
    assert left.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1
