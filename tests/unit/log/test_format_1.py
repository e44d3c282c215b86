"""Logs that are already out there: what format 1 wrote is read for ever, and is not changed unnoticed."""

import shutil
from pathlib import Path

from healthmon.events import Context
from healthmon.log import EventLog, read, recorded_clock, verify
from healthmon.log.record import line_of
from tests.unit.log.entries import CLOCK, entry, files, lines

RELEASED = Path(__file__).parent / "format_1"
HEAD = "acff79626bab2f5b3fce1547d40935429b25e6a4343f35d1ddbccd18102ed0be"

ODD: Context = {
    "note": "NUL \x00, \u2028, \U0001f600, \r\n",
    "deep": [{"x": [None, True, -0.5]}],
    "big": 2**70,
}
SAID = [entry(0), entry(1), entry(2, ODD), entry(3), entry(4, {})]


def test_a_log_of_format_1_is_read(tmp_path: Path) -> None:
    shutil.copytree(RELEASED, tmp_path / "log")

    assert list(read(tmp_path)) == SAID
    assert (verify(tmp_path, HEAD).is_whole, recorded_clock(tmp_path)) == (True, "system")


def test_a_log_of_format_1_goes_on(tmp_path: Path) -> None:
    shutil.copytree(RELEASED, tmp_path / "log")
    with EventLog.open(tmp_path, clock=CLOCK) as log:
        log.append([entry(5)])

    assert list(read(tmp_path)) == [*SAID, entry(5)]
    assert verify(tmp_path, HEAD).is_whole


def test_entries_are_still_written_as_format_1_wrote_them(tmp_path: Path) -> None:
    shutil.copytree(RELEASED, tmp_path / "log")
    stored = [line for path in files(tmp_path) for line in lines(path) if line.startswith(b'{"id"')]

    assert stored == [line_of(one) for one in SAID]
