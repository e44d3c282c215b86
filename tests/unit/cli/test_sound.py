"""`healthmon sound` tells what there is, and plays."""

from pathlib import Path

import pytest

from healthmon.cli.main import main
from healthmon.cli.sound import KINDS
from healthmon.sound.output import Loudspeaker
from tests.unit.log.entries import written


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


def test_the_tune_that_says_nobody_is_watched_can_be_heard_beforehand(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HEALTHMON_SOUND_OUTPUT", "null")
    assert main(["sound", "test", "--family", "equipment"]) == 0
    assert capsys.readouterr().out == "works: NULL Playback Device\n"


def test_equipment_of_another_urgency_is_one_line_that_says_what_to_leave_out(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as left:
        main(["sound", "test", "--family", "equipment", "--urgency", "high"])
    told = capsys.readouterr().err
    assert (left.value.code, told.count("\n"), "leave --urgency out" in told) == (2, 1, True)


def test_a_typo_after_sound_is_told_with_what_was_meant(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sound", "quite"]) == 2
    assert "did you mean quiet?" in capsys.readouterr().err


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_has_help_with_an_example(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["sound", kind, "--help"])
    assert (left.value.code, "example:" in capsys.readouterr().out) == (0, True)


def test_where_nothing_sounds_the_folder_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "runtime"))
    written(tmp_path, 1)
    assert main(["sound", "quiet", "--data", str(tmp_path)]) == 0
    assert capsys.readouterr().out == f"nothing sounds without a recorder in {tmp_path}\n"
