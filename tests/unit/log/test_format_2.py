"""Logs of format 2 are read for ever: compressed segments, erased lines, what is kept of pruned ones."""

import shutil
from pathlib import Path

from healthmon.events import Entry, Thing
from healthmon.log import EventLog, begins_at, identity_of, read, verify
from tests.unit.log.entries import CLOCK, at, entry

RELEASED = Path(__file__).parent / "format_2"
HEAD = "338b6bca7c5d884278b0d87a6b4b5d9b38c8ab81548b52505590c307958c7eb8"


def _said(offset: int) -> Entry:
    if offset % 4 == 1:
        return Entry(
            id=f"anna:{offset}",
            time=at(offset),
            subject=Thing("CAREGIVER", "anna"),
            verb="ASSIGNS",
            object=Thing("WATCH", f"watch-{offset}"),
            context={"person": "jan" if offset == 5 else "maria"},
            offset=offset,
            received=at(offset + 1),
        )
    return entry(offset, {"person": "jan" if offset % 3 else "maria", "value": 60 + offset})


SAID = [_said(offset) for offset in range(20)]
BEGINS = 6
LEFT = [one for one in SAID if one.person != "jan" and (one.offset >= BEGINS or one.verb == "ASSIGNS")]


def test_a_log_of_format_2_is_read(tmp_path: Path) -> None:
    shutil.copytree(RELEASED, tmp_path / "log")

    assert list(read(tmp_path)) == [*LEFT, entry(20)]
    verdict = verify(tmp_path, HEAD)
    assert (verdict.is_whole, verdict.begins_at, verdict.edition) == (True, BEGINS, 1)


def test_a_log_of_format_2_goes_on(tmp_path: Path) -> None:
    shutil.copytree(RELEASED, tmp_path / "log")
    with EventLog.open(tmp_path, clock=CLOCK) as log:
        assert log.is_copy
        log.append([entry(21)])

    assert list(read(tmp_path)) == [*LEFT, entry(20), entry(21)]
    assert verify(tmp_path, HEAD).is_whole


def test_it_holds_every_kind_of_file_and_line() -> None:
    names = sorted(path.name for path in RELEASED.iterdir())
    content = b"".join(path.read_bytes() for path in RELEASED.glob("*.jsonl"))

    assert {"identity.json", "kept.jsonl"} < set(names)
    assert any(name.endswith(".jsonl.zst") for name in names)
    assert b'"erased":true' in content
    assert identity_of(RELEASED.parent) is None


def test_the_beginning_is_where_it_was(tmp_path: Path) -> None:
    shutil.copytree(RELEASED, tmp_path / "log")

    assert begins_at(tmp_path) == BEGINS
