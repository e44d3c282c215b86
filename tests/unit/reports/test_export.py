"""What leaves the log leaves it whole, and runs in nobody's spreadsheet."""

import csv
import io
from pathlib import Path

import pytest

from healthmon.app.exporting import Format, export, format_of
from healthmon.events import Entry, Json, Thing, wire
from healthmon.reports.errors import ReportError
from healthmon.reports.export import COLUMNS, write_csv, write_json_lines
from tests.unit.log.entries import at, entries, entry


def _csv(*told: Entry) -> list[dict[str, str]]:
    out = io.BytesIO()
    write_csv(told, out)
    return list(csv.DictReader(io.StringIO(out.getvalue().decode("utf-8"), newline="")))


def _cell(column: str, **context: Json) -> str:
    return _csv(entry(0, context))[0][column]


def test_the_header_is_what_is_promised() -> None:
    out = io.BytesIO()

    write_csv([], out)

    assert out.getvalue() == ",".join(COLUMNS).encode() + b"\r\n"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "'=1", "'"])
def test_a_text_that_a_spreadsheet_would_run_gets_a_mark(text: str) -> None:
    assert (_cell("value_text", value=text), _cell("unit", unit=text)) == (f"'{text}", f"'{text}")


@pytest.mark.parametrize("column", ["id", "subject_type", "subject_id", "verb", "object_type", "object_id"])
def test_every_column_of_text_is_defused(column: str) -> None:
    evil = Entry(
        id="=A1",
        time=at(0),
        subject=Thing("=A1", "=A1"),
        verb="=A1",
        object=Thing("=A1", "=A1"),
        offset=0,
        received=at(0),
    )

    assert _csv(evil)[0][column] == "'=A1"


@pytest.mark.parametrize("text", ["", "calm", "1=1", "7", "O'Neil", "Größe μ 心"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert _cell("value_text", value=text) == text


@pytest.mark.parametrize(
    ("value", "cell"), [(-3, "-3"), (0, "0"), (0.0, "0.0"), (-1.5, "-1.5"), (10**18, "1" + "0" * 18)]
)
def test_a_number_stays_a_number(value: float, cell: str) -> None:
    assert (_cell("value", value=value), _cell("value_text", value=value)) == (cell, "")


@pytest.mark.parametrize(
    ("value", "cell"), [(True, "true"), ({"a": [1, None]}, '{"a":[1,null]}'), (None, "")]
)
def test_what_is_no_number_is_text(value: Json, cell: str) -> None:
    assert (_cell("value", value=value), _cell("value_text", value=value)) == ("", cell)


def test_a_reading_without_signal_is_a_zero_that_says_so() -> None:
    row = _csv(entry(0, {"value": 0, "unit": "/min", "quality": "no-signal"}))[0]

    assert (row["value"], row["quality"]) == ("0", "no-signal")


def test_a_gap_has_no_rows() -> None:
    assert [row["offset"] for row in _csv(entry(0), entry(500))] == ["0", "500"]


def test_what_else_was_said_is_a_json_column() -> None:
    assert (
        _cell("context", value=1, note="=a", why=["b", 2], person=7)
        == '{"note":"=a","why":["b",2],"person":7}'
    )


def test_line_breaks_commas_and_quotes_come_back() -> None:
    assert _cell("value_text", value='a,"b"\r\nc') == 'a,"b"\r\nc'


def test_a_csv_file_is_read_back_as_the_manual_says() -> None:
    told = [
        entry(0, {"value": -3, "note": "=1", "person": "'maria"}),
        entry(1, {"value": "=2", "unit": "@x"}),
    ]

    def undone(cell: str) -> str:
        return cell.removeprefix("'")

    contexts = []
    for row in _csv(*told):
        context: dict[str, Json] = wire.read(row["context"].encode() or b"{}", dict[str, Json])
        texts = {"value": row["value_text"], **{key: row[key] for key in ("person", "unit", "delivery")}}
        context |= {key: undone(cell) for key, cell in texts.items() if cell}
        contexts.append(context | ({"value": float(row["value"])} if row["value"] else {}))

    assert contexts == [one.context for one in told]


def test_times_are_in_utc() -> None:
    assert _csv(entry(0))[0]["time"] == "2026-11-22T04:00:00Z"


def test_json_lines_hold_every_field() -> None:
    out, told = io.BytesIO(), entries(3)

    write_json_lines(told, out)

    assert [wire.read_entry(line) for line in out.getvalue().splitlines()] == told


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.parquet", "A.CSV"])
def test_a_file_is_there_whole(tmp_path: Path, name: str) -> None:
    count = export(entries(5), str(tmp_path / name), format_of(name, None))

    assert (count, [path.name for path in tmp_path.iterdir()]) == (5, [name])


def test_a_parquet_export_has_the_rows(tmp_path: Path) -> None:
    from healthmon.archive.proof import entries_from

    export(entries(5), str(tmp_path / "a.parquet"), Format.PARQUET)

    assert list(entries_from(tmp_path / "a.parquet")) == entries(5)


@pytest.mark.parametrize("kind", list(Format))
def test_when_the_log_fails_nothing_is_left_and_the_old_file_stays(tmp_path: Path, kind: Format) -> None:
    old = tmp_path / "a"
    old.write_text("old")

    def failing() -> object:
        yield entry(0)
        raise OSError(28, "No space left on device")

    with pytest.raises(ReportError, match="the disk is full"):
        export(failing(), str(old), kind, force=True)  # type: ignore[arg-type]  # entries, then trouble

    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("a", "old")]


def test_a_file_that_is_there_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("old")

    with pytest.raises(ReportError, match="--force"):
        export(entries(1), str(tmp_path / "a.csv"), Format.CSV)


def test_force_overwrites(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("old")

    export(entries(1), str(tmp_path / "a.csv"), Format.CSV, force=True)

    assert (tmp_path / "a.csv").read_text().startswith("offset,")


@pytest.mark.parametrize("name", ["a", "a.xls", "-"])
def test_a_name_without_a_format_is_told(name: str) -> None:
    with pytest.raises(ReportError, match="--format"):
        format_of(name, None)
