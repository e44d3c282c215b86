"""`healthmon log show`, `stats` and `export`, as one types them."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from healthmon.cli.main import main
from tests.unit.log.entries import entry, written


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Twenty of maria's readings."""
    written(tmp_path, 20)
    return tmp_path


def _said(capsys: pytest.CaptureFixture[str], folder: Path, *words: str) -> list[str]:
    assert main(["log", *words, "--data", str(folder)]) == 0
    return capsys.readouterr().out.splitlines()


def test_sentences_are_shown(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = _said(capsys, folder, "show", "--limit", "1")

    assert said == ["       0  WATCH watch-7 MEASURES HR 60 /min OF maria AT 2026-11-22T04:00:00Z"]


def test_json_holds_every_field(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = _said(capsys, folder, "show", "--json", "--last", "1")

    assert [json.loads(line)["offset"] for line in said] == [19]


def test_a_stretch_of_time_is_shown(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("--since", "2026-11-22T04:00:05Z", "--until", "2026-11-22T04:00:07Z")

    assert len(_said(capsys, folder, "show", *words)) == 2


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("--verb", "measure"), "did you mean MEASURES?"),
        (("--person", "mariah"), "did you mean maria?"),
        (("--object", "H"), "object H was not met"),
        (("--until", "2020-01-01"), "nothing found"),
    ],
)
def test_a_word_that_nobody_said_is_told(
    folder: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, str], hint: str
) -> None:
    main(["log", "show", *words, "--data", str(folder)])

    assert hint in capsys.readouterr().err


def test_a_bad_time_is_told_in_one_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["log", "show", "--since", "soon", "--data", str(folder)])

    told = capsys.readouterr().err
    assert ("yesterday 22:00" in told, told.count("\n")) == (True, 1)


def test_stats_of_a_stretch(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (row,) = _said(capsys, folder, "stats", "--json", "--since", "2026-11-22T04:00:10Z")

    assert (json.loads(row)["count"], json.loads(row)["min"]) == (10, 70)


def test_stats_keep_their_fields(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (row,) = _said(capsys, folder, "stats", "--json")

    assert list(json.loads(row)) == [
        *("person", "verb", "object", "unit", "count", "no_signal", "sum", "mean", "min", "max"),
        *("first", "last", "first_value", "last_value"),
    ]


def test_an_export_goes_to_standard_output(folder: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    program = [
        sys.executable,
        "-m",
        "healthmon",
        "log",
        "export",
        "-",
        "--format",
        "csv",
        "--data",
        str(folder),
    ]

    done = subprocess.run(program, capture_output=True, check=True)

    assert done.stdout.count(b"\r\n") == 21


def test_an_export_to_a_full_disk_is_told_in_one_line(folder: Path) -> None:
    program = [
        sys.executable,
        "-m",
        "healthmon",
        "log",
        "export",
        "-",
        "--format",
        "csv",
        "--data",
        str(folder),
    ]

    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(program, stdout=full, stderr=subprocess.PIPE, check=False)

    assert (done.returncode, done.stderr.count(b"\n"), b"full" in done.stderr) == (1, 1, True)


def test_json_lines_that_were_exported_can_be_imported_with_their_ids(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, other = tmp_path / "all.jsonl", tmp_path / "other"
    _said(capsys, folder, "export", str(file))

    _said(capsys, other, "import", str(file))

    back = [json.loads(line) for line in _said(capsys, other, "show", "--json", "--verb", "MEASURES")]
    assert [one["id"] for one in back] == [entry(offset).id for offset in range(20)]


def test_follow_shows_what_comes_and_ends_with_ctrl_c(folder: Path) -> None:
    program = [
        sys.executable,
        "-m",
        "healthmon",
        "log",
        "show",
        "--follow",
        "--last",
        "1",
        "--data",
        str(folder),
    ]
    with subprocess.Popen(
        program, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "PYTHONUNBUFFERED": "1"}
    ) as shown:
        assert shown.stdout is not None
        try:
            first = shown.stdout.readline()
            written(folder, 1)
            second = shown.stdout.readline()
            shown.send_signal(signal.SIGINT)
            shown.wait(60)
        finally:
            shown.kill()

    assert (first[:8], second[:8], shown.returncode) == (b"      19", b"      20", 130)
