"""On the wire: kept until acknowledged, sent again after a break, presence told, errors in one line."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from signal import SIGINT, SIGTERM, Signals

import pytest

from devices.errors import DeviceError, DeviceReason
from devices.mqtt.accounts import from_url
from devices.mqtt.connection import Connection
from devices.mqtt.exchange import Exchange, device_lines
from healthmon.events.wire import read_said
from tests.integration.broker.stage import until
from tests.integration.devices.small_broker import PATIENCE, Published, SmallBroker

EVENT, STATUS = "healthmon/home/watch-1/event", "healthmon/home/watch-1/status"
OTHER_EVENT, OTHER_STATUS = "healthmon/home/oximeter-1/event", "healthmon/home/oximeter-1/status"


@pytest.fixture
def broker() -> Iterator[SmallBroker]:
    with SmallBroker() as broker:
        yield broker


def exchange(broker: SmallBroker, *devices: str) -> Exchange:
    found = from_url(broker.url, "home")
    return Exchange(found, device_lines(found, devices or ("watch-1",)), boot="test")


def carried(wire: Exchange, broker: SmallBroker, count: int) -> bool:
    """Whether so many events come to the broker while the wire carries what was offered."""
    return until(lambda: wire.flush(0.05) or len(broker.payloads(EVENT)) >= count)


def numbers(payloads: list[bytes]) -> list[int]:
    return [int(payload) for payload in payloads]


def test_everything_is_acknowledged_in_its_order(broker: SmallBroker) -> None:
    wire = exchange(broker)
    wire.open(PATIENCE)
    for number in range(500):
        wire.offer("watch-1", str(number).encode())

    assert wire.leave(PATIENCE)
    assert numbers(broker.payloads(EVENT)) == list(range(500))


def test_presence_is_online_then_offline_and_retained(broker: SmallBroker) -> None:
    wire = exchange(broker, "watch-1", "kettle-1")
    wire.open(PATIENCE)
    wire.leave(PATIENCE)
    told = [one for one in broker.published if one.topic == STATUS]

    assert [(one.payload, one.retained) for one in told] == [(b"online", True), (b"offline", True)]
    assert (STATUS, b"offline") in broker.wills
    assert ("healthmon/home/kettle-1/status", b"offline") in broker.wills


def test_what_was_not_acknowledged_is_sent_again_after_a_break(broker: SmallBroker) -> None:
    wire = exchange(broker)
    wire.open(PATIENCE)
    broker.acknowledges = False
    for number in range(3):
        wire.offer("watch-1", str(number).encode())
    assert carried(wire, broker, 3)
    broker.vanish()
    wire.wait(0.1)
    for number in range(3, 6):
        wire.offer("watch-1", str(number).encode())
    broker.acknowledges = True
    broker.open()
    is_settled = wire.flush(PATIENCE)
    wire.leave(PATIENCE)

    assert is_settled
    assert sorted(set(numbers(broker.payloads(EVENT)))) == list(range(6))
    assert any(one.again for one in broker.published)


def test_no_more_than_twenty_are_on_the_way(broker: SmallBroker) -> None:
    wire = exchange(broker)
    wire.open(PATIENCE)
    assert wire.flush(PATIENCE)
    broker.acknowledges = False
    for number in range(100):
        wire.offer("watch-1", str(number).encode())
    assert carried(wire, broker, 20)
    wire.wait(0.3)
    on_the_way = len(broker.payloads(EVENT))
    broker.acknowledges = True
    wire.leave(0)

    assert on_the_way == 20


def test_what_waits_too_long_is_given_up_oldest_first_and_counted(broker: SmallBroker) -> None:
    found = from_url(broker.url, "home")
    one = Connection(found, device_lines(found, ["watch-1"])[0], boot="test", waiting=10)
    for number in range(25):
        one.offer(str(number).encode())

    assert (one.forgotten, one.unacknowledged()) == (15, 10)


def test_a_broker_that_refuses_is_told_with_the_account(broker: SmallBroker) -> None:
    broker.welcome = 5
    wire = exchange(broker)

    with pytest.raises(DeviceError, match=r"refuses a guest .*check the account") as told:
        wire.open(PATIENCE)

    assert told.value.reason is DeviceReason.REFUSED


def test_a_broker_that_is_away_is_told_with_its_address(broker: SmallBroker) -> None:
    broker.vanish()
    wire = exchange(broker)

    with pytest.raises(DeviceError, match=rf"no broker answers at 127.0.0.1:{broker.port}") as told:
        wire.open(0.3)

    assert told.value.reason is DeviceReason.NO_BROKER


def started(broker: SmallBroker, *words: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "devices", *words, "--broker", broker.url],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def has_spoken(published: list[Published]) -> bool:
    return any(one.topic.endswith("/event") for one in published)


@pytest.mark.parametrize("signal", [SIGTERM, SIGINT])
def test_a_simulator_that_is_told_to_stop_says_offline_and_ends_well(
    broker: SmallBroker, signal: Signals
) -> None:
    process = started(broker, "simulate", "--people", "1")
    broker.wait_for(has_spoken)
    process.send_signal(signal)
    said, complaint = process.communicate(timeout=PATIENCE)

    assert (process.returncode, complaint) == (0, "")
    assert "events published" in said
    assert broker.payloads(STATUS)[-1] == b"offline"


def test_a_simulator_survives_its_broker_and_loses_nothing(broker: SmallBroker) -> None:
    process = started(broker, "simulate", "--people", "1", "--hz", "10")
    broker.wait_for(has_spoken)
    broker.vanish()
    broker.open()
    broker.wait_for(lambda published: [one.topic for one in published].count(OTHER_STATUS) >= 2)
    process.send_signal(SIGTERM)
    _, complaint = process.communicate(timeout=PATIENCE)
    ids = [one.id for payload in broker.payloads(OTHER_EVENT) for one in read_said(payload)]
    heard = sorted({int(one.rpartition(":")[2]) for one in ids})

    assert (process.returncode, complaint) == (0, "")
    assert heard == list(range(1, len(heard) + 1))


def test_an_introduction_comes_before_the_first_reading(broker: SmallBroker) -> None:
    process = started(broker, "simulate", "--people", "2", "--introduce", "--for", "300ms")
    process.communicate(timeout=PATIENCE)
    carer = "healthmon/home/caregiver/demo/event"

    assert process.returncode == 0
    assert broker.published[0].topic == carer
    assert [one.verb for one in read_said(broker.payloads(carer)[0])] == ["SETS", "ASSIGNS", "ASSIGNS"] * 2


def test_a_replay_ends_when_everything_is_acknowledged_and_counts_it(
    broker: SmallBroker, tmp_path: Path
) -> None:
    path = tmp_path / "r.csv"
    rows = "".join(f"anna,{second},{60 + second % 5},97,\n" for second in range(1000))
    path.write_text(
        "record_id,time_s,hr_bpm,spo2_pct,resp_rpm\n" + rows + 'anna,1001,"60,5",97,\n', encoding="utf-8"
    )
    process = started(broker, "replay", str(path))
    said, complaint = process.communicate(timeout=PATIENCE)
    published = [
        one for payload in broker.payloads("healthmon/home/replay-anna/event") for one in read_said(payload)
    ]

    assert (process.returncode, complaint) == (0, "")
    assert said.splitlines() == ["HR 1000", "SPO2 1000", "left out 1 rows: decimal comma"]
    assert len({one.id for one in published}) == len(published) == 2000


def test_without_a_broker_a_run_ends_with_one_line(broker: SmallBroker) -> None:
    broker.welcome = 5
    process = started(broker, "simulate", "--people", "1")
    said, complaint = process.communicate(timeout=PATIENCE)

    assert (process.returncode, said) == (1, "")
    assert complaint.startswith("devices: the broker at 127.0.0.1")
    assert complaint.count("\n") == 1
