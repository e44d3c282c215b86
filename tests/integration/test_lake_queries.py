"""Every query of docs/lake.md runs on a lake as it is, and says what the log says."""

import json
import re
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from statistics import mean, median
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow.dataset as ds
import pytest

from healthmon import log
from healthmon.archive.archive import archive
from healthmon.clock import TurnedClock
from healthmon.events import Delivery, Entry
from tests.fakes.household_log import BEGIN, household

Rows = list[tuple[object, ...]]
HERE = ZoneInfo("Europe/Berlin")
QUERY = re.compile(r"^### (?P<name>.+?)$.*?^```sql\n(?P<sql>.*?)^```", re.MULTILINE | re.DOTALL)
PAGE = Path(__file__).resolve().parents[2] / "docs" / "lake.md"
QUERIES = {found["name"]: found["sql"] for found in QUERY.finditer(PAGE.read_text("utf-8"))}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder: the household's log in several segments, all of it archived."""
    folder = tmp_path_factory.mktemp("household")
    entries = household()
    with log.EventLog.open(folder, clock=TurnedClock(BEGIN)) as journal:
        for start in range(0, len(entries), 10_000):
            journal.append(entries[start : start + 10_000])
            journal.rotate()
    archive(folder, folder / "lake")
    return folder


@pytest.fixture(scope="module")
def entries(data: Path) -> list[Entry]:
    """What the log says."""
    return list(log.read(data))


@pytest.fixture(scope="module")
def answers(data: Path) -> dict[str, Rows]:
    """What DuckDB answers to each query of the page, standing in the data folder, in a process of its own.

    Of its own because DuckDB's binding tells of objects it thinks are lost when a larger program ends.
    """
    asked = json.dumps(QUERIES)
    done = subprocess.run(
        [sys.executable, "-c", ASKING], cwd=data, input=asked, capture_output=True, text=True, check=True
    )
    told: dict[str, list[list[str | None]]] = json.loads(done.stdout)
    return {name: [tuple(row) for row in rows] for name, rows in told.items()}


ASKING = """
import json, sys
import duckdb

queries = json.load(sys.stdin)
with duckdb.connect() as lake:
    lake.execute(queries.pop("first"))
    as_text = "SELECT COLUMNS(*)::VARCHAR FROM ({})"
    bare = {name: query.rstrip().rstrip(";") for name, query in queries.items()}
    print(json.dumps({name: lake.execute(as_text.format(query)).fetchall() for name, query in bare.items()}))
"""


def _is_reading(entry: Entry) -> bool:
    return (
        entry.verb == "MEASURES"
        and entry.amount is not None
        and entry.context.get("quality") != "no-signal"
        and entry.delivery is not Delivery.RETAINED
    )


def _of(entries: list[Entry], *things: str) -> list[Entry]:
    return [one for one in entries if _is_reading(one) and one.object.type in things]


def _day(time: datetime) -> str:
    return time.astimezone(HERE).date().isoformat()


def _grouped(pairs: Iterator[tuple[tuple[str, ...], float]]) -> list[tuple[tuple[str, ...], list[float]]]:
    made: dict[tuple[str, ...], list[float]] = defaultdict(list)
    for key, value in pairs:
        made[key].append(value)
    return sorted(made.items())


def _amount(entry: Entry) -> float:
    assert entry.amount is not None
    return entry.amount


def _heart_rate(entries: list[Entry]) -> Rows:
    found = _grouped(((str(one.person), _day(one.time)), _amount(one)) for one in _of(entries, "HR"))
    return [(*key, round(mean(values), 1), len(values)) for key, values in found]


def _oxygen(entries: list[Entry]) -> Rows:
    minutes = _grouped(
        ((str(one.person), one.time.replace(second=0).isoformat()), _amount(one))
        for one in _of(entries, "SPO2")
    )
    days = _grouped(((who, _day(datetime.fromisoformat(at))), mean(values)) for (who, at), values in minutes)
    return [(*key, sum(value < 90 for value in values), len(values)) for key, values in days]


def _alarms(entries: list[Entry]) -> Rows:
    raised = [one for one in entries if one.verb == "RAISES"]
    answers = {one.context["episode"]: one.time for one in entries if one.verb == "ACKNOWLEDGES"}
    days: dict[tuple[str, str, str], list[float | None]] = defaultdict(list)
    for one in raised:
        answer = answers.get(one.context["episode"])
        waited = None if answer is None else (answer - one.time).total_seconds()
        days[_day(one.time), str(one.person), one.object.id].append(waited)
    made: Rows = []
    for key, waits in sorted(days.items()):
        known = [wait for wait in waits if wait is not None]
        made.append((*key, len(waits), len(known), median(known) if known else None))
    return made


def _gaps(entries: list[Entry]) -> Rows:
    assert entries
    return [
        ("watch-jan", thing, "2026-11-21 13:00:00+01", "2026-11-21 15:00:00+01", 120.0)
        for thing in ("HR", "SPO2")
    ]


def _nights(entries: list[Entry]) -> Rows:
    nightly: dict[tuple[str, str], dict[str, list[float]]] = defaultdict(lambda: {"HR": [], "SPO2": []})
    for one in _of(entries, "HR", "SPO2"):
        local = one.time.astimezone(HERE)
        if local.hour >= 22 or local.hour < 6:
            nightly[str(one.person), _day(one.time - timedelta(hours=12))][one.object.type].append(
                _amount(one)
            )
    return [
        (*key, *(figure for thing in ("HR", "SPO2") for figure in _mean_and_lowest(values[thing])))
        for key, values in sorted(nightly.items())
    ]


def _mean_and_lowest(values: list[float]) -> tuple[float, float]:
    return round(mean(values), 1), float(np.quantile(values, 0.05))


def _refused(entries: list[Entry]) -> Rows:
    assert entries
    topic = "healthmon/home/watch-9/event"
    return [("not-json", topic, 3, "2026-11-21"), ("no-verb", topic, 1, "2026-11-20")]


def _coffee(entries: list[Entry]) -> Rows:
    pots = [one for one in entries if one.verb == "PERCOLATES"]
    weeks = _grouped(((_week(one.time),), _amount(one)) for one in pots)
    return [(*key, len(values), sum(values)) for key, values in weeks]


def _week(time: datetime) -> str:
    local = time.astimezone(HERE).date()
    return (local - timedelta(days=local.weekday())).isoformat()


def _late(entries: list[Entry]) -> Rows:
    told = [one for one in entries if one.verb == "MEASURES" and one.counts_now]
    late = Counter(one.subject.id for one in told if one.delivery is Delivery.LATE)
    waits = _grouped(((one.subject.id,), (one.received - one.time).total_seconds()) for one in told)
    return [(*key, len(its), median(its), max(its), late[key[0]]) for key, its in waits]


def _held(entries: list[Entry]) -> Rows:
    by_day: dict[str, list[Entry]] = defaultdict(list)
    for one in entries:
        by_day[one.received.date().isoformat()].append(one)
    return [
        (
            day,
            len({one.offset // 10_000 for one in its}),
            len(its),
            sum(one.delivery is Delivery.IMPORT for one in its),
        )
        for day, its in sorted(by_day.items())
    ]


EXPECTED: dict[str, Callable[[list[Entry]], Rows]] = {
    "average heart rate per person and day": _heart_rate,
    "minutes with oxygen below 90": _oxygen,
    "alarms per day and time to acknowledge": _alarms,
    "gaps of more than five minutes": _gaps,
    "nights": _nights,
    "refused messages": _refused,
    "coffee per week": _coffee,
    "how late devices are": _late,
    "what the lake holds": _held,
}


def test_no_query_of_the_page_is_without_a_test() -> None:
    assert set(QUERIES) == {"first", *EXPECTED}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_query_of_the_page_says_what_the_log_says(
    answers: dict[str, Rows], entries: list[Entry], name: str
) -> None:
    expected = EXPECTED[name](entries)

    found = answers[name]

    assert len(found) > 1
    assert [tuple(map(_as_told, row)) for row in found] == [tuple(map(_as_told, row)) for row in expected]


def _as_told(cell: object) -> object:
    """Numbers by their value, to a thousandth; everything else as its text."""
    if cell is None:
        return None
    try:
        return round(float(str(cell)), 3)
    except ValueError:
        return str(cell)


def test_the_folder_is_a_data_set_for_others_too(data: Path, entries: list[Entry]) -> None:
    table = ds.dataset(data / "lake", format="parquet", partitioning="hive")
    is_marias = (ds.field("person") == "maria") & (ds.field("object_type") == "HR") & (ds.field("value") > 0)

    values = table.to_table(filter=is_marias, columns=["value"])["value"].to_pylist()

    assert sorted(values) == sorted(_amount(one) for one in _of(entries, "HR") if one.person == "maria")
