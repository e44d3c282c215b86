"""A newcomer's typos: a folder without a log, a person nobody knows, a reason there is none."""

import json
from pathlib import Path

import pytest

from healthmon import log
from healthmon.cli.main import main
from tests.unit.log.entries import change, entries, files, written


@pytest.fixture(autouse=True)
def _folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "runtime"))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A log about Maria."""
    written(tmp_path / "home", 20)
    return tmp_path / "home"


@pytest.mark.parametrize(
    "words",
    [
        "log show",
        "log show --follow",
        "log show --since 2h",
        "log stats",
        "log verify",
        "log verify --derived",
        "log verify --json",
        "log export {}/x.csv",
        "log archive",
        "log archive --to {}/lake",
        "log prune --older-than 30d",
        "log refused",
        "log refeed",
        "log refeed --dry-run",
        "data backup {}/backup.tar",
        "data erase maria --yes",
        "contacts add anna json://hook.example.org/x",
        "contacts list",
        "contacts remove anna",
        "contacts test anna",
        "contacts watchdog https://hook.example.org/x",
        "contacts watchdog off",
        "sound quiet",
    ],
)
def test_a_folder_without_a_log_is_told_and_nothing_is_made(
    words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = tmp_path / "typo"

    code = main([*words.format(tmp_path).split(), "--data", str(wrong)])

    assert "holds no log: is --data right?" in capsys.readouterr().err
    assert (code != 0, [path.name for path in tmp_path.iterdir()]) == (True, [])


def test_erasing_nobody_is_no_success_and_names_who_was_meant(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["data", "erase", "maira", "--yes", "--data", str(home)])

    assert (code, "did you mean maria?" in capsys.readouterr().err) == (1, True)
    assert list(log.read(home)) == entries(20)


def test_people_are_those_whom_a_line_is_about(home: Path) -> None:
    assert log.people(home) == ["maria"]


def test_verify_says_in_json_what_it_found(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    codes = [main(["log", "verify", "--json", "--data", str(home)])]
    whole = json.loads(capsys.readouterr().out)
    change(files(home)[0], 2000)
    codes.append(main(["log", "verify", "--json", "--data", str(home)]))
    damaged = json.loads(capsys.readouterr().out)

    assert (whole["whole"], whole["entries"], whole["damages"]) == (True, 20, [])
    assert (damaged["whole"], len(damaged["damages"]), codes) == (False, 1, [0, 1])


def test_an_export_into_a_folder_that_is_not_there_says_so(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["log", "export", str(tmp_path / "nodir" / "x.csv"), "--data", str(home)])

    assert (code, f"{tmp_path / 'nodir'} is no folder: make it first" in capsys.readouterr().err) == (1, True)


def test_a_reason_there_is_none_is_told_with_the_one_that_was_meant(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main(["log", "refused", "--reason", "bad-tme", "--data", str(home)])

    assert (left.value.code, "did you mean bad-time?" in capsys.readouterr().err) == (2, True)
