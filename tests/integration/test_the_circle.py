"""The whole circle on real input: a real broker, a real log on disk, real processes that die."""

import csv
import gzip
import os
import signal
from pathlib import Path

import pytest

from healthmon import log
from healthmon.app.heartbeat import is_alive, last_beat
from healthmon.app.places import Places
from healthmon.broker import accounts
from healthmon.events import wire
from healthmon.log import verify
from tests.fakes.homes import PATIENCE, Process, RealHome, eventually, real_home

WATCH_2 = b'{"subject": {"type": "WATCH", "id": "watch-2"}, "verb": "MEASURES", "object": "HR"}'
NAN = b'{"subject": "WATCH", "verb": "MEASURES", "object": "HR", "context": NaN}'
BAD = [
    ("watch-1/event", b"not json", "not-json"),
    ("watch-1/event", b'{"subject": "WATCH", "verb": 7, "object": "HR"}', "wrong-type"),
    ("watch-1/event", NAN, "not-json"),
    ("watch-1/event", b"\xff\xfe\xfd", "not-utf8"),
    ("watch-1/event", b"[" + b" " * (2 << 20) + b"]", "too-large"),
    ("watch-1/event", WATCH_2, "not-allowed"),
    ("watch-1/event", b'{"subject": "MONITOR", "verb": "RAISES", "object": "ALARM"}', "not-allowed"),
    ("watch-1/event", b'{"subject": "WATCH", "verb": "CLEARS", "object": "ALARM"}', "not-allowed"),
    ("watch-1/elsewhere", b"hello", "not-allowed"),
    ("monitor/alarm", b"all is well", "not-allowed"),
]  # fmt: skip


def _in_the_file(file: Path) -> dict[str, int]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    columns = {"HR": "hr_bpm", "SPO2": "spo2_pct", "RR": "resp_rpm"}
    return {thing: sum(row[column] != "" for row in rows) for thing, column in columns.items()}


def _fallen(home: RealHome) -> set[str | None]:
    """Of whom the log says that their oxygen fell."""
    return {
        one.person for one in home.entries() if one.verb in {"RAISES", "FLAGS"} and "SPO2" in one.object.id
    }


def _nats(data: Path) -> int:
    """The broker's process of this home."""
    running = wire.read((data / "broker" / "running.json").read_bytes(), dict[str, object])
    return int(str(running["pid"]))


def test_bad_input_becomes_refusals_and_nothing_stops_or_is_lost(tmp_path: Path) -> None:
    with real_home(tmp_path) as home, home.publisher() as gateway:
        place = f"healthmon/{accounts.load(tmp_path).home}/"
        waiting = [gateway.publish(place + topic, payload) for topic, payload, _ in BAD]
        assert all(delivery.wait(PATIENCE) for delivery in waiting)
        assert home.measure(gateway, range(100, 150))
        assert home.logged(50, verb="MEASURES")
        assert home.logged(len(BAD), verb="REJECTS"), [e.context for e in home.said("REJECTS")]

        reasons = sorted(str(entry.context["reason"]) for entry in home.said("REJECTS"))

        assert reasons == sorted(reason for _, _, reason in BAD)


def test_a_device_with_its_own_account_cannot_speak_for_another(tmp_path: Path) -> None:
    with real_home(tmp_path, devices=["watch-1"]) as home, home.publisher("watch-1") as watch:
        assert home.measure(watch, [70, 71], device="watch-2")
        assert home.measure(watch, [80, 81], device="watch-1")
        assert home.logged(2, verb="MEASURES")
        assert home.logged(2, verb="REJECTS")

        assert {entry.subject.id for entry in home.said("MEASURES")} == {"watch-1"}


def test_a_killed_recorder_comes_back_with_nothing_lost_and_nothing_twice(tmp_path: Path) -> None:
    with real_home(tmp_path) as home, home.publisher() as gateway:
        assert home.measure(gateway, range(300))
        home.recorder.kill()
        assert eventually(lambda: not is_alive(_nats(tmp_path)))
        home.restart()
        assert home.measure(gateway, range(300, 600))
        assert home.logged(600, verb="MEASURES")

        values = [entry.amount or 0 for entry in home.said("MEASURES")]

        assert values == list(range(600))
        assert verify(tmp_path).is_whole


def test_a_killed_broker_comes_back_with_nothing_lost(tmp_path: Path) -> None:
    with real_home(tmp_path) as home, home.publisher() as gateway:
        assert home.measure(gateway, range(300))
        os.kill(_nats(tmp_path), signal.SIGKILL)
        assert home.measure(gateway, range(300, 600))
        assert home.logged(600, verb="MEASURES")

        assert [entry.amount for entry in home.said("MEASURES")] == list(range(600))


def test_a_recorder_that_is_stopped_leaves_no_broker_and_no_sign_of_life(tmp_path: Path) -> None:
    with real_home(tmp_path) as home:
        broker = _nats(tmp_path)
        code = home.recorder.end()

    assert (code, is_alive(broker), last_beat(Places(tmp_path).heartbeat)) == (0, False, None)
    assert log.holder(tmp_path) is None


def test_a_second_recorder_is_refused_in_one_line(tmp_path: Path) -> None:
    with real_home(tmp_path) as home:
        second = Process(["healthmon", "record", "--data", str(tmp_path)])

        assert (second.ended(), len(second.lines)) == (3, 1)
        assert str(home.recorder.popen.pid) in second.lines[0]


def test_an_import_is_handed_to_the_recorder_that_holds_the_log(tmp_path: Path) -> None:
    file = tmp_path / "old.jsonl"
    file.write_text(
        '{"subject": "WATCH", "verb": "MEASURES", "object": "HR", "context": 60, "time": 0}\n', "utf-8"
    )
    with real_home(tmp_path) as home:
        shell = Process(
            ["healthmon", "log", "import", str(file), "--epoch", "2026-01-01T00:00Z", "--data", str(tmp_path)]
        )

        assert (shell.ended(), home.recorder.popen.returncode) == (0, None)
        assert [entry.context["delivery"] for entry in home.said("MEASURES")] == ["import"]


@pytest.mark.parametrize("recording", ["induced_hypoxia"])
def test_a_replayed_recording_is_in_the_log_count_for_count_and_its_falls_are_marked(
    tmp_path: Path, shared: Path, recording: str
) -> None:
    file = shared / "data" / f"{recording}.csv.gz"
    with real_home(tmp_path) as home:
        replay = Process(["devices", "replay", str(file), "--data", str(tmp_path)])
        assert replay.ended() == 0, replay.lines
        expected = _in_the_file(file)
        assert home.logged(sum(expected.values()), verb="MEASURES")
        assert eventually(lambda: len(_fallen(home)) >= 4)

        counts = {thing: len(home.said("MEASURES", thing)) for thing in ("HR", "SPO2", "RR")}

        assert counts == expected
        assert len(_fallen(home)) == 4


def test_a_device_paired_while_the_recorder_runs_is_let_in(tmp_path: Path) -> None:
    with real_home(tmp_path) as home:
        shell = Process(["healthmon", "pair", "watch-9", "--data", str(tmp_path)])
        assert shell.ended() == 0
        assert any("healthmon/home/watch-9/event" in line for line in shell.lines)
        with home.publisher("watch-9") as watch:
            assert home.measure(watch, [70, 71], device="watch-9")

            assert home.logged(2, verb="MEASURES")
