"""A recording is published reading for reading; broken rows are counted and never guessed."""

import gzip
import math
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from devices import replay
from devices.errors import DeviceError, DeviceReason
from devices.live import AT_ONCE
from devices.recording import Recording, read_recording
from devices.replay import Pace, device_of
from healthmon.clock import TurnedClock
from healthmon.events import Thing, wire
from healthmon.events.topics import is_name
from healthmon.events.wire import Said
from tests.unit.devices.homes import Notebook

SPO2 = Thing("SPO2")
NOW = datetime(2026, 11, 22, 4, 0, 0, 250_000, tzinfo=UTC)
HEADER = "record_id,time_s,hr_bpm,spo2_pct,resp_rpm,source_label\n"


def recording(tmp_path: Path, rows: str, header: str = HEADER) -> Recording:
    path = tmp_path / "r.csv"
    path.write_text(header + rows, encoding="utf-8")
    return read_recording(path)


def published(made: Recording, pace: Pace | None = None) -> tuple[Notebook, replay.Told]:
    outlet = Notebook()
    told = replay.run(made, outlet, TurnedClock(NOW), pace or Pace(), stops=lambda: False)
    return outlet, told


def seconds_before_now(said: Said) -> float:
    return (NOW - timedelta(microseconds=250_000) - datetime.fromisoformat(str(said.time))).total_seconds()


def test_every_cell_becomes_a_reading_of_its_quantity(tmp_path: Path) -> None:
    outlet, told = published(recording(tmp_path, "anna,0,57,98,18.5,x\nanna,1,,97,,x\nanna,2,58,,,\n"))

    assert [(str(one.object), one.context) for one in outlet.said()] == [
        ("HR", {"value": 57, "unit": "/min", "person": "anna"}),
        ("SPO2", {"value": 98, "unit": "%", "person": "anna"}),
        ("RR", {"value": 18.5, "unit": "/min", "person": "anna"}),
        ("SPO2", {"value": 97, "unit": "%", "person": "anna"}),
        ("HR", {"value": 58, "unit": "/min", "person": "anna"}),
    ]
    assert told.counts == {"HR": 2, "SPO2": 2, "RR": 1}
    assert told.is_complete


def test_a_record_is_a_person_with_a_watch_of_their_own(tmp_path: Path) -> None:
    outlet, _ = published(recording(tmp_path, "anna,0,57,,,\nbert,0,60,,,\n"))

    assert {
        (name, str(one.subject)) for name, payload in outlet.taken for one in wire.read_said(payload)
    } == {
        ("replay-anna", "WATCH replay-anna"),
        ("replay-bert", "WATCH replay-bert"),
    }


def test_zeros_and_gaps_are_kept(tmp_path: Path) -> None:
    outlet, _ = published(recording(tmp_path, "anna,0,57,,,\nanna,1,0,,,\nanna,9,58,,,\n"))

    assert [one.context for one in outlet.said()][1] == {"value": 0, "unit": "/min", "person": "anna"}
    assert [seconds_before_now(one) for one in outlet.said()] == [9, 8, 0]


def test_the_last_sample_of_every_record_is_now(tmp_path: Path) -> None:
    outlet, _ = published(recording(tmp_path, "anna,0,57,,,\nanna,100,58,,,\nbert,7,60,,,\nbert,9,61,,,\n"))
    ages = {str(one.id): seconds_before_now(one) for one in outlet.said()}

    assert sorted(ages.values()) == [0, 0, 2, 100]


def test_samples_out_of_order_are_told_in_order(tmp_path: Path) -> None:
    outlet, _ = published(recording(tmp_path, "anna,2,59,,,\nanna,0,57,,,\nanna,1,58,,,\n"))

    assert [one.context["value"] for one in outlet.said() if isinstance(one.context, dict)] == [57, 58, 59]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ('anna,1,"57,5",,,x', "decimal comma"),
        ("anna,1,57,5,98,18,x", "wrong number of columns"),
        ("anna,1,57", "wrong number of columns"),
        ("anna,1,fast,,,x", "not a number"),
        ("anna,1,nan,,,x", "not a number"),
        ("anna,1,1e999,,,x", "not a number"),
        ("anna,1,5_7,,,x", "not a number"),
        ("anna,,57,,,x", "no time_s"),
        ("anna,soon,57,,,x", "not a number"),
        (",1,57,,,x", "no record_id"),
    ],
)
def test_a_broken_row_is_left_out_whole_and_counted(tmp_path: Path, row: str, reason: str) -> None:
    made = recording(tmp_path, f"anna,0,56,99,,x\n{row}\nanna,2,58,97,,x\n")
    _, told = published(made)

    assert made.left_out == {reason: 1}
    assert told.counts == {"HR": 2, "SPO2": 2}


def test_an_empty_row_of_a_record_is_no_reading_and_no_fault(tmp_path: Path) -> None:
    made = recording(tmp_path, "anna,0,56,,,x\nanna,1,,,,x\n")

    assert (len(made.samples["anna"]), made.left_out) == (1, {})


@pytest.mark.parametrize(
    ("header", "rows", "says"),
    [
        ("time_s,hr_bpm\n", "0,57\n", "lacks record_id"),
        ("record_id,time_s,weight\n", "anna,0,57\n", "lacks one of hr_bpm"),
        (HEADER, "", "no sample"),
        (HEADER, "anna,0,fast,,,x\n", "no sample"),
        ("", "", "lacks record_id"),
    ],
)
def test_what_is_no_recording_is_told_in_one_line(tmp_path: Path, header: str, rows: str, says: str) -> None:
    with pytest.raises(DeviceError, match=says) as told:
        recording(tmp_path, rows, header)

    assert told.value.reason is DeviceReason.BAD_RECORDING


def test_a_damaged_archive_is_told_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "r.csv.gz"
    path.write_bytes(gzip.compress(HEADER.encode() * 50)[:40])

    with pytest.raises(DeviceError, match="cannot be read as CSV"):
        read_recording(path)


def test_only_the_records_asked_for_are_replayed(tmp_path: Path) -> None:
    made = recording(tmp_path, "anna,0,57,,,\nbert,0,60,,,\n").only(["bert"])

    assert list(made.samples) == ["bert"]


def test_a_record_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(DeviceError, match="no record 'berta': there are anna, bert"):
        recording(tmp_path, "anna,0,57,,,\nbert,0,60,,,\n").only(["berta"])


def test_long_recordings_travel_in_arrays_of_at_most_200(tmp_path: Path) -> None:
    rows = "".join(f"anna,{second},{60 + second % 7},97,,x\n" for second in range(1500))
    outlet, told = published(recording(tmp_path, rows))
    sizes = [len(wire.read_said(payload)) for _, payload in outlet.taken]

    assert max(sizes) == AT_ONCE
    assert sum(sizes) == sum(told.counts.values()) == 3000
    assert len({one.id for one in outlet.said()}) == 3000


def test_at_a_pace_readings_are_published_when_their_moment_comes() -> None:
    pace = Pace(speed=10)
    span, start = 600.0, 1_000_000.0

    assert pace.reached(start, start, span) == start + 60 - 600  # the first sample's stamp
    assert pace.reached(start + 60, start, span) == start + 60  # the last one's, as it is published
    assert math.isinf(Pace().reached(start, start, span))


def test_on_a_clock_the_first_sample_happens_now_and_the_rest_as_it_runs(tmp_path: Path) -> None:
    made = recording(tmp_path, "anna,5,57,,,\nanna,6,58,,,\nanna,7,59,,,\n")
    clock, outlet = TurnedClock(NOW), Notebook()
    looks = iter([False, False, True])

    def stops() -> bool:
        clock.turn(timedelta(seconds=1))
        return next(looks)

    told = replay.run(made, outlet, clock, Pace(on_clock=True), stops=stops)

    assert [-seconds_before_now(one) for one in outlet.said()] == [0, 1, 2]
    assert told.is_complete


def test_a_replay_that_is_stopped_says_that_it_is_not_complete(tmp_path: Path) -> None:
    made = recording(tmp_path, "anna,0,57,,,\nanna,1,58,,,\n")
    told = replay.run(made, Notebook(), TurnedClock(NOW), Pace(on_clock=True), stops=lambda: True)

    assert not told.is_complete


@pytest.mark.parametrize("record", ["hypoxia_100001", "with space", "слово", "a/b", "x" * 80, "a+#"])
def test_any_record_gets_a_device_that_fits_a_topic(record: str) -> None:
    assert is_name(device_of(record))


def test_odd_records_are_kept_apart() -> None:
    assert len({device_of(record) for record in ("a b", "a  b", "a/b", "ab")}) == 4


def test_the_induced_hypoxia_is_replayed_count_for_count(shared: Path) -> None:
    made = read_recording(shared / "data" / "induced_hypoxia.csv.gz")
    outlet, told = published(made)
    oxygen = [
        one.context["value"] for one in outlet.said() if one.object == SPO2 and isinstance(one.context, dict)
    ]

    assert told.counts == {"HR": 4293, "SPO2": 4293, "RR": 4262}
    assert not made.left_out
    assert min(value for value in oxygen if isinstance(value, int)) <= 70
