"""Files of events as others wrote them are read as they are."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from healthmon.events import Event, Refusal, Rejected, TimeSource
from healthmon.imports.json_lines import (
    LONGEST,
    UNITS,
    ImportFileError,
    ImportOptions,
    LeftOut,
    TimeFrom,
    read,
)
from tests.fakes.seed_logs import HEALTH, INSURANCE

EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
MINUTES = ImportOptions(epoch=EPOCH, unit=UNITS["min"])


def _lines(tmp_path: Path, text: str, options: ImportOptions = MINUTES) -> list[Event | Rejected | LeftOut]:
    path = tmp_path / "events.jsonl"
    path.write_text(text, "utf-8")
    return list(read(path, options))


def _events(tmp_path: Path, text: str, options: ImportOptions = MINUTES) -> list[Event]:
    return [line for line in _lines(tmp_path, text, options) if isinstance(line, Event)]


def test_minutes_become_moments_after_the_epoch(tmp_path: Path) -> None:
    last = _events(tmp_path, HEALTH)[-1]

    assert last.time == datetime(2026, 1, 1, 2, tzinfo=UTC)


def test_a_quantity_gets_its_usual_name_and_unit_and_keeps_what_was_sent(tmp_path: Path) -> None:
    oxygen = _events(tmp_path, HEALTH)[2]

    assert (oxygen.object.type, oxygen.unit, oxygen.context["object_as_sent"]) == ("SPO2", "%", "spO2")


def test_every_line_is_marked_as_an_import(tmp_path: Path) -> None:
    assert {event.context["delivery"] for event in _events(tmp_path, HEALTH)} == {"import"}


def test_a_time_in_the_context_is_found_and_its_data_is_the_value(tmp_path: Path) -> None:
    claim = _events(tmp_path, INSURANCE, ImportOptions(time_from=TimeFrom.CONTEXT_TIME))[1]

    assert (claim.time, claim.amount, claim.subject.id) == (
        datetime(2024, 2, 29, 10, 0, 1, tzinfo=UTC),
        400,
        "7",
    )
    assert claim.time_source is TimeSource.DEVICE_LOCAL


def test_the_context_itself_may_be_the_time(tmp_path: Path) -> None:
    line = '{"subject": "PAYMENTS", "verb": "PAY", "object": "CUSTOMER", "context": "2021-05-21 13:14:43.5"}'

    (event,) = _events(tmp_path, line, ImportOptions(time_from=TimeFrom.CONTEXT))

    assert (event.time.minute, event.value) == (14, None)


def test_numbers_without_an_epoch_are_refused_with_what_to_say(tmp_path: Path) -> None:
    with pytest.raises(ImportFileError, match="--epoch"):
        _lines(tmp_path, HEALTH, ImportOptions())


def test_a_bad_line_spoils_only_itself_and_keeps_its_bytes(tmp_path: Path) -> None:
    lines = _lines(tmp_path, "not json\n" + HEALTH)

    assert isinstance(lines[0], Rejected)
    assert (lines[0].message.payload, len(lines)) == (b"not json", 7)


def test_what_the_monitor_derived_is_left_out(tmp_path: Path) -> None:
    line = '{"subject": "MONITOR", "verb": "FLAGS", "object": "SPIKE", "context": 1, "time": 0}'

    assert _lines(tmp_path, line) == [LeftOut()]


def test_a_missing_file_is_told_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(ImportFileError, match="cannot be read"):
        list(read(tmp_path / "none.jsonl", MINUTES))


def test_the_same_file_has_the_same_ids_every_time(tmp_path: Path) -> None:
    assert [e.id for e in _events(tmp_path, HEALTH)] == [e.id for e in _events(tmp_path, HEALTH)]


@pytest.mark.parametrize("length", [LONGEST + 1, 2 * LONGEST + 2, 3 * LONGEST])
def test_a_line_without_end_is_refused_in_part_and_the_next_is_read(tmp_path: Path, length: int) -> None:
    lines = _lines(tmp_path, "x" * length + "\n" + HEALTH)

    assert isinstance(lines[0], Rejected)
    assert (lines[0].reason, len(lines[0].message.payload), len(lines)) == (Refusal.TOO_LARGE, LONGEST + 1, 7)
