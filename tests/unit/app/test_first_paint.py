"""The window's first picture starts from a checkpoint, and from the log's beginning where there is none."""

from dataclasses import replace
from datetime import UTC
from pathlib import Path

from healthmon.app.feed import LogFeed
from healthmon.app.keeping.fold import first_fold, keep_folds
from healthmon.app.lasting_desk import LastingDesk
from healthmon.clock import TurnedClock
from healthmon.events import Event, Thing
from healthmon.log import Damage, EventLog
from healthmon.view.desk import DeskOptions, LogDesk
from healthmon.view.screen import Screen
from tests.unit.log.entries import CLOCK, at, entries, entry, written

OPTIONS = DeskOptions(zone=UTC, is_replay=True)


def _desk(data: Path, told: list[Damage]) -> LogDesk:
    begun, start = first_fold(data, [])
    feed = LogFeed(data, told.append, start=start)
    options = replace(OPTIONS, begun=begun)
    return LogDesk(feed, TurnedClock(at(300)), heartbeat=lambda: None, options=options)


def _seen(screen: Screen) -> str:
    return repr((screen.people, screen.trends))


def test_it_shows_the_same_and_reads_only_the_tail(tmp_path: Path) -> None:
    written(tmp_path, 250)
    keep_folds(tmp_path)
    with EventLog.open(tmp_path, clock=CLOCK) as log:
        log.append(entries(50, 250))
    _, start = first_fold(tmp_path, [])
    from_checkpoint = _desk(tmp_path, []).tick()
    for path in (tmp_path / "checkpoints").iterdir():
        path.unlink()

    from_the_start = _desk(tmp_path, []).tick()

    assert start == 250
    assert _seen(from_checkpoint) == _seen(from_the_start)


def test_what_a_carer_said_since_then_is_seen_to_come_back(tmp_path: Path) -> None:
    said = Event(
        id="anna:1", time=at(100), subject=Thing("CAREGIVER", "anna"), verb="NOTES", object=Thing("NOTE")
    )
    with EventLog.open(tmp_path, clock=CLOCK) as log:
        log.append(entries(100))
    keep_folds(tmp_path)
    with EventLog.open(tmp_path, clock=CLOCK) as log:
        log.append([*[entry(n) for n in range(100, 110)]])
    keep_folds(tmp_path)

    _, start = first_fold(tmp_path, [said.time])

    assert start <= 100


def test_damaged_checkpoints_do_not_stop_the_window(tmp_path: Path) -> None:
    written(tmp_path, 300)
    keep_folds(tmp_path)
    for path in (tmp_path / "checkpoints").glob("*.ckpt"):
        path.write_bytes(b"nonsense")

    screen = _desk(tmp_path, []).tick()

    assert [person.id for person in screen.people] == ["maria"]


def test_without_a_log_it_is_an_empty_window(tmp_path: Path) -> None:
    assert _desk(tmp_path, []).tick().people == ()


def test_an_exchanged_log_is_folded_anew(tmp_path: Path) -> None:
    written(tmp_path, 300)
    keep_folds(tmp_path)
    desk = LastingDesk(lambda: _desk(tmp_path, []))
    desk.tick()
    for path in (tmp_path / "log").glob("segment-*"):
        path.unlink()
    written(tmp_path, 20)

    screen = desk.tick()

    assert screen.heart_rate is not None
    assert screen.heart_rate.text == "79"
