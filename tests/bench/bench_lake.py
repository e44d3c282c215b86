"""This is the place for what an event costs on disk, and how fast old events answer: log, segments, lake.

`LAKE_EVENTS` says how many events (default: 1,000,000; ten million take ten minutes and 3 GB).
Questions are timed by the wall, medians of several rounds; whole programs by the processor.
"""

import json
import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

import duckdb
import pyarrow.compute as pc
import pyarrow.dataset as ds

from healthmon.clock import TurnedClock
from healthmon.events import Entry, Thing
from healthmon.log import EventLog, compress

COUNT = int(os.environ.get("LAKE_EVENTS", "1000000"))
GROUP = 5_000
ROUNDS = 5
PEOPLE = ("maria", "jan", "aiko", "omar", "ines", "lars", "ruth", "tom")
START = datetime(2026, 11, 1, tzinfo=UTC)

JSON = "json.loads of each line"
HEART_RATE = """SELECT avg(value) FROM read_parquet('{lake}/date=*/*.parquet')
WHERE verb = 'MEASURES' AND object_type = 'HR' AND quality IS DISTINCT FROM 'no-signal'"""

# The process tells its own peak: what the system tells of a child holds the memory of its parent too.
WATCHED = """
import re, sys, time
from healthmon.cli.main import main
code = main(sys.argv[1:])
peak = re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())
print(time.process_time(), int(peak[1]) / 1000, file=sys.stderr)
sys.exit(code)
"""

Row = dict[str, object]


def measure() -> list[Row]:
    """A log of eight people's seconds: its bytes, averages, stats and archiving."""
    with TemporaryDirectory() as name:
        data = Path(name)
        _write(data)
        plain = _size(data / "log")
        by_json, right = _timed(lambda: _by_json(data), rounds=1)
        rows = [*_stats(data, by_json), *_archived(data)]
        lake = data / "lake"
        rows += [
            _average("DuckDB", lambda: _by_duckdb(lake), (by_json, right)),
            _average("pyarrow", lambda: _by_pyarrow(lake), (by_json, right)),
        ]
        compress(data)
        sizes = {"plain segments": plain, "compressed segments": _size(data / "log"), "the lake": _size(lake)}
        return rows + [_per_event(where, size, plain) for where, size in sizes.items()]


def _write(data: Path) -> None:
    with EventLog.open(data, clock=TurnedClock(START)) as log:
        group = []
        for entry in _entries():
            group.append(entry)
            if len(group) == GROUP:
                log.append(group)
                group = []
        log.append(group)
        log.rotate()


def _entries() -> Iterator[Entry]:
    chance = random.Random(7)
    rates = dict.fromkeys(PEOPLE, 70.0)
    for offset in range(COUNT):
        person = PEOPLE[offset % len(PEOPLE)]
        is_oxygen = offset // len(PEOPLE) % 5 == 4
        rates[person] += chance.gauss(0, 0.7) + (70 - rates[person]) / 60
        time = START + timedelta(seconds=offset // len(PEOPLE), milliseconds=chance.randrange(1_000))
        yield Entry(
            id=f"watch-{person}:5f3a:{offset}",
            time=time,
            subject=Thing("WATCH", f"watch-{person}"),
            verb="MEASURES",
            object=Thing("SPO2" if is_oxygen else "HR"),
            context={
                "value": chance.randrange(94, 100) if is_oxygen else round(rates[person]),
                "unit": "%" if is_oxygen else "/min",
                "person": person,
            },
            offset=offset,
            received=START + timedelta(seconds=offset / len(PEOPLE) + 1.1),
        )


def _by_json(data: Path) -> float:
    total = count = 0
    for path in sorted((data / "log").glob("segment-*.jsonl")):
        with path.open("rb") as lines:
            for line in lines:
                told = json.loads(line)
                if told.get("verb") == "MEASURES" and told["object"]["type"] == "HR":
                    total += told["context"]["value"]
                    count += 1
    return total / count


def _by_duckdb(lake: Path) -> float:
    with duckdb.connect() as connection:
        found = connection.execute(HEART_RATE.format(lake=lake)).fetchone()
    assert found is not None
    return float(found[0])


def _by_pyarrow(lake: Path) -> float:
    wanted = (
        (ds.field("verb") == "MEASURES") & (ds.field("object_type") == "HR") & ds.field("quality").is_null()
    )
    rows = ds.dataset(lake, format="parquet", partitioning="hive").to_table(columns=["value"], filter=wanted)
    return float(pc.mean(rows["value"]).as_py())


def _timed(act: Callable[[], float], *, rounds: int = ROUNDS) -> tuple[float, float]:
    """Seconds of the wall, and what it came to."""
    spent = []
    for _ in range(rounds):
        begun = perf_counter()
        made = act()
        spent.append(perf_counter() - begun)
    return median(spent), made


def _average(by: str, act: Callable[[], float], told: tuple[float, float]) -> Row:
    seconds, mean = _timed(act)
    peer, right = told
    assert abs(mean - right) < 1e-6, f"{by} says {mean}, the log {right}"
    return {
        "name": f"average heart rate of {COUNT:,} archived events, {by}",
        "value": seconds,
        "unit": "s",
        "peer": JSON,
        "peer_value": peer,
    }


def _stats(data: Path, by_json: float) -> list[Row]:
    cpu, memory = _program("log", "stats", "--json", "--data", str(data))
    return [
        {
            "name": f"log stats over {COUNT:,} events",
            "value": COUNT / cpu,
            "unit": "events/s of CPU",
            "peer": JSON,
            "peer_value": COUNT / by_json,
        },
        {"name": "log stats, memory of its process", "value": memory, "unit": "MB"},
    ]


def _archived(data: Path) -> list[Row]:
    cpu, memory = _program("log", "archive", "--data", str(data))
    return [
        {"name": "log archive, written and proven", "value": COUNT / cpu, "unit": "events/s of CPU"},
        {"name": "log archive, memory of its process", "value": memory, "unit": "MB"},
    ]


def _program(*words: str) -> tuple[float, float]:
    """Seconds of the processor and megabytes at most of one command."""
    done = subprocess.run([sys.executable, "-c", WATCHED, *words], capture_output=True, text=True, check=True)
    spent, memory = done.stderr.split()[-2:]
    return float(spent), float(memory)


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("segment-*") if path.is_file())


def _per_event(where: str, size: int, plain: int) -> Row:
    return {
        "name": f"bytes in {where}",
        "value": size / COUNT,
        "unit": "bytes/event",
        "peer": "plain segments",
        "peer_value": plain / COUNT,
    }
