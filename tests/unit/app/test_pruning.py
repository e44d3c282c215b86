"""Old segments leave the log when somebody asked for it and the lake holds them."""

import json
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from healthmon import log
from healthmon.app.archiving import archive_step
from healthmon.app.jobs.asked import PruneAsked, read_asked
from healthmon.app.jobs.asked_folder import AskedFolder
from healthmon.app.jobs.desk import JobDesk
from healthmon.app.jobs.work import Means
from healthmon.app.places import Places
from healthmon.app.pruning import retention_step
from healthmon.app.retention import Plan, Rule
from healthmon.cli.main import main
from healthmon.clock import TurnedClock
from healthmon.dialects.native import Native
from healthmon.events import wire
from healthmon.log import EventLog
from healthmon.pipeline.logic import Logic
from healthmon.pipeline.parser import Parser
from healthmon.pipeline.writer import Batch
from healthmon.settings import Settings, load
from tests.unit.archive.lakes import CLOCK, START, logged
from tests.unit.archive.readback import offsets_in


def _settings(data: Path, **flags: str | int) -> Settings:
    return load(
        {"paths.data": str(data), **{f"archive.{key}": value for key, value in flags.items()}}, environ={}
    )


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A log of three sealed segments with 50 events each, the first two archived, a month later."""
    a_month_later = TurnedClock(START + timedelta(days=30))
    monkeypatch.setattr("healthmon.app.pruning.clock_of", lambda _places, _spec: a_month_later)
    logged(tmp_path, 50, 50)
    archive_step(Places(tmp_path), _settings(tmp_path))
    logged(tmp_path, 50)
    Places(tmp_path).prepared()
    return tmp_path


def test_what_is_archived_leaves_the_log_and_stays_in_the_lake(data: Path) -> None:
    code = main(["log", "prune", "--older-than", "7d", "--data", str(data)])

    said = log.tail(data, 1)[0]

    assert (code, log.begins_at(data), list(log.read(data, 100))[:50][-1].offset) == (1, 100, 149)
    assert (str(said.object), said.value, said.context["begins_at"]) == ("SEGMENTS", "pruned", 100)
    assert (offsets_in(data / "lake"), log.verify(data).is_whole) == (list(range(100)), True)


def test_a_log_that_was_pruned_is_shown_counted_and_exported(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["log", "prune", "--older-than", "7d", "--data", str(data)])
    capsys.readouterr()

    main(["log", "show", "--json", "--data", str(data)])
    shown = [json.loads(line)["offset"] for line in capsys.readouterr().out.splitlines()]
    main(["log", "stats", "--json", "--data", str(data)])
    counted = sum(json.loads(line)["count"] for line in capsys.readouterr().out.splitlines())
    main(["log", "show", "--last", "200", "--data", str(data)])

    here = log.next_offset(data)
    assert (shown, counted) == (list(range(100, here)), here - 100)
    assert len(capsys.readouterr().out.splitlines()) == here - 100


def test_why_the_rest_stays_is_told(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["log", "prune", "--older-than", "7d", "--data", str(data)])

    assert "segment-000000000100.jsonl stays: it is not archived" in capsys.readouterr().err


def test_a_dry_run_touches_nothing(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["log", "prune", "--older-than", "7d", "--dry-run", "--json", "--data", str(data)])

    assert (json.loads(capsys.readouterr().out)["before"], log.begins_at(data)) == (100, 0)


def test_nothing_goes_unless_somebody_said_what(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["log", "prune", "--data", str(data)])

    assert ("--older-than 365d" in capsys.readouterr().err, log.begins_at(data)) == (True, 0)


@pytest.mark.parametrize(
    ("text", "size"),
    [("5GiB", 5 << 30), ("500 MiB", 500 << 20), ("1.5g", 3 << 29), ("1024", 1024), ("2TB", 2 << 40)],
)
def test_a_size_is_understood(data: Path, text: str, size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int | None] = []

    def planned(_settings: Settings, rule: Rule, _told: object) -> Plan:
        asked.append(rule.keep_free)
        return Plan(0, (), 0, "")

    monkeypatch.setattr("healthmon.app.pruning.plan_pruning", planned)

    main(["log", "prune", "--keep-free", text, "--data", str(data)])

    assert asked == [size]


def test_a_lake_that_changed_keeps_everything_in_the_log(data: Path) -> None:
    (data / "lake" / "date=2026-11-20" / "segment-000000000000.parquet").unlink()

    main(["log", "prune", "--older-than", "7d", "--data", str(data)])

    assert log.begins_at(data) == 0


def test_the_upkeep_prunes_nothing_unless_the_settings_say_so(data: Path) -> None:
    with _Recorder(data):
        retention_step(Places(data), _settings(data))

    assert log.begins_at(data) == 0


def test_the_upkeep_has_the_recorder_prune(data: Path) -> None:
    with _Recorder(data):
        retention_step(Places(data), _settings(data, keep_days=7))

    assert (log.begins_at(data), list((data / "jobs").iterdir())) == (100, [])


def test_the_upkeep_prunes_nothing_when_nobody_records(data: Path) -> None:
    retention_step(Places(data), _settings(data, keep_days=7))

    assert log.begins_at(data) == 0


def test_a_place_where_no_segment_begins_is_told_and_stops_nothing(data: Path) -> None:
    with EventLog.open(data, clock=CLOCK) as journal:
        (data / "jobs" / "a.ask").write_bytes(wire.write(PruneAsked(before=77)))
        _turn(JobDesk([AskedFolder(data / "jobs", Means(data, journal, Parser([Native()])))]))

    assert b"77" in (data / "jobs" / "a.told").read_bytes()


def test_a_question_reads_back_as_it_was_asked() -> None:
    assert read_asked(wire.write(PruneAsked(before=7))) == PruneAsked(before=7)


def _turn(desk: JobDesk) -> None:
    batch = Batch()
    desk.step(Logic([]), START, batch)
    desk.committed()


class _Recorder:
    """Holds the log and does what is asked, in a thread of its own."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._stop = threading.Event()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> "_Recorder":
        self._thread.start()
        assert self._ready.wait(60)
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        with EventLog.open(self._data, clock=CLOCK) as journal:
            desk = JobDesk([AskedFolder(self._data / "jobs", Means(self._data, journal, Parser([Native()])))])
            self._ready.set()
            while not self._stop.wait(0.01):
                _turn(desk)
