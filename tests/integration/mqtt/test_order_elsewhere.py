"""Order on brokers that are not ours, and on the side of the devices."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.mqtt.accounts import from_data
from devices.mqtt.exchange import Exchange, device_lines
from healthmon.broker import Role, accounts, ports
from healthmon.mqtt import BrokerUrl, Listener, Publisher, Session
from tests.integration.broker.conftest import MakeHome
from tests.integration.broker.stage import PATIENCE, until
from tests.integration.mqtt.test_order import QUICK, die, heard, listening, numbers

SESSION = Session("recorder", ["healthmon/home/#"])
TOPIC = "healthmon/home/watch-7/event"
UNDER_WAY = 15  # messages that this mosquitto gives before the first of them is acknowledged


@pytest.fixture
def mosquitto(tmp_path: Path) -> Iterator[BrokerUrl]:
    """Somebody else's broker."""
    program = shutil.which("mosquitto") or shutil.which("mosquitto", path="/usr/sbin")
    if program is None:
        pytest.skip("mosquitto is not installed")
    port = ports.choose()
    configuration = tmp_path / "mosquitto.conf"
    configuration.write_text(
        f"listener {port} 127.0.0.1\nallow_anonymous true\n"
        f"max_queued_messages 0\nmax_inflight_messages {UNDER_WAY}\n"
    )
    with subprocess.Popen([program, "-c", str(configuration)], stderr=subprocess.DEVNULL) as broker:
        assert until(lambda: not ports.is_free(port))
        yield BrokerUrl(host="127.0.0.1", port=port)
        broker.terminate()


def test_mosquitto_gives_again_first_and_in_order(mosquitto: BrokerUrl) -> None:
    speaker = Publisher(mosquitto, "watch-7", pace=QUICK)
    first, second = (Listener(mosquitto, SESSION, pace=QUICK) for _ in range(2))
    first.start()
    assert until(lambda: first.state.connected)
    speaker.start()
    said = [speaker.publish(TOPIC, b"%d" % n) for n in range(20)]
    assert all(delivery.wait(PATIENCE) for delivery in said)
    held = heard(first, UNDER_WAY)
    first.acknowledge([message.receipt for message in held[:5]])
    assert len(heard(first, 5)) == 5  # so it has read our acknowledgements
    first.stop()
    said = [speaker.publish(TOPIC, b"%d" % n) for n in range(20, 100)]
    assert all(delivery.wait(PATIENCE) for delivery in said)
    second.start()
    again: list[int] = []
    while len(again) < 95:
        fresh = heard(second, 1)
        assert fresh, f"only {again}"
        second.acknowledge([message.receipt for message in fresh])
        again += numbers(fresh)
    for one in (speaker, second):
        one.stop()

    assert again == list(range(5, 100))


def test_a_device_keeps_its_order_while_the_broker_dies_and_comes_back(make_home: MakeHome) -> None:
    home = make_home()
    accounts.ensure(home.folder, "watch-7", Role.DEVICE)
    home.broker.reload()
    broker = from_data(home.folder)
    exchange = Exchange(broker, device_lines(broker, ["watch-7"]), boot="b1")
    with listening(home) as listener:
        exchange.open(PATIENCE)
        for n in range(300):
            exchange.offer("watch-7", b"%d" % n)
            exchange.wait(0.0)
            if n in {100, 200}:
                die(home)
        assert exchange.flush(PATIENCE)
        exchange.leave(1.0)
        said: list[int] = []
        while 299 not in said:
            fresh = heard(listener, 1)
            listener.acknowledge([message.receipt for message in fresh])
            said += [int(message.payload) for message in fresh if message.payload.isdigit()]

    # What was stored and whose acknowledgement was lost with the broker is there twice: its id tells.
    assert list(dict.fromkeys(said)) == list(range(300))
