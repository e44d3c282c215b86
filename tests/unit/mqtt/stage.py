"""This is the place for listeners as these tests use them: quick to try again, and on two filters."""

from datetime import timedelta

from healthmon.events import Message
from healthmon.mqtt import BrokerUrl, Listener, Pace, Room, Session
from tests.unit.mqtt.scripted_broker import PATIENCE

TOPIC = b"healthmon/home/w/event"
QUICK = Pace(
    first=timedelta(milliseconds=1),
    longest=timedelta(milliseconds=5),
    refused=timedelta(hours=1),
    welcome=timedelta(seconds=PATIENCE),
)


def listener_to(url: BrokerUrl, *, depth: int = 100, pace: Pace = QUICK) -> Listener:
    """Not yet started."""
    return Listener(url, Session("recorder", ["a/+", "b/+"]), room=Room(depth), pace=pace)


def take(listener: Listener, number: int) -> list[Message]:
    """So many messages, as they come."""
    taken: list[Message] = []
    while len(taken) < number and (fresh := listener.take(number - len(taken), PATIENCE)):
        taken += fresh
    return taken
