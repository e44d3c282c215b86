"""MQTT: hearing what is published, saying what is done, and losing neither. The only room with paho in it."""

from healthmon.mqtt.broker_url import BrokerUrl
from healthmon.mqtt.errors import MqttError, MqttReason
from healthmon.mqtt.line import LineState, Pace
from healthmon.mqtt.listener import Listener, ListenerState, Session
from healthmon.mqtt.outbox import Outbox, Parcel
from healthmon.mqtt.publisher import Delivery, Letter, Publisher, Refused
from healthmon.mqtt.queue import Room

__all__ = [
    "BrokerUrl",
    "Delivery",
    "Letter",
    "LineState",
    "Listener",
    "ListenerState",
    "MqttError",
    "MqttReason",
    "Outbox",
    "Pace",
    "Parcel",
    "Publisher",
    "Refused",
    "Room",
    "Session",
]
