"""This is the place for a broker that does what a test says, and a listener connected to it."""

from collections.abc import Iterator

import pytest

from healthmon.mqtt import Listener, Pace
from tests.unit.mqtt.scripted_broker import ScriptedBroker
from tests.unit.mqtt.stage import QUICK, listener_to


@pytest.fixture
def broker() -> Iterator[ScriptedBroker]:
    """Nobody is connected yet."""
    with ScriptedBroker() as scripted:
        yield scripted


@pytest.fixture
def listener(broker: ScriptedBroker) -> Iterator[Listener]:
    """Connected and subscribed."""
    ours = listener_to(broker.url, pace=Pace(first=QUICK.first))
    ours.start()
    broker.welcome()
    broker.subscribe(1, 1)
    yield ours
    ours.stop()
