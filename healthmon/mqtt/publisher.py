"""This is the place for saying: messages to the broker, each confirmed by it or waiting to be."""

import re
import threading
from collections import deque
from dataclasses import dataclass
from enum import StrEnum

from paho.mqtt.client import Client as PahoClient
from paho.mqtt.enums import MQTTErrorCode
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode

from healthmon.mqtt.broker_url import BrokerUrl
from healthmon.mqtt.client import Client, make_client
from healthmon.mqtt.line import Line, LineState, Pace

_AT_LEAST_ONCE = 1
_UNDER_WAY = 200
"""Messages sent and not yet confirmed; beyond it they wait here, where an order can be kept."""
_MOST_BYTES = 16 << 20
# Empty, longer than the protocol allows, wildcards, control characters; and white space, for which our own
# broker closes the connection, and would again at each try.
_TOPIC = re.compile(r"[^\s+#\x00-\x1f\x7f]{1,16383}")


class Refused(StrEnum):
    """Why a message was not even queued."""

    QUEUE_FULL = "queue-full"
    BAD_TOPIC = "bad-topic"
    TOO_LARGE = "too-large"
    STOPPED = "stopped"


class Delivery:
    """Where a message has got to. Any thread may ask.

    Confirmed means that the broker has it, and with our own broker that it has it on disk. It does not mean
    that anybody got it: MQTT 3.1.1 also confirms what the account is not permitted to say.
    """

    __slots__ = ("_told", "confirmed", "refused")

    def __init__(self, told: threading.Condition, refused: Refused | None = None) -> None:
        self._told = told
        self.refused = refused
        """Why it was not even queued; None when it was."""
        self.confirmed = False
        """Whether the broker has said that it has it."""

    def wait(self, timeout: float) -> bool:
        """Whether it is confirmed, after at most `timeout` seconds; at once when it was refused."""
        with self._told:
            self._told.wait_for(lambda: self.confirmed or self.refused is not None, timeout)
        return self.confirmed


@dataclass(frozen=True, slots=True)
class Letter:
    """What is to be published."""

    topic: str
    payload: bytes
    retain: bool = False


class Publisher:
    """Says things at QoS 1, in their order, and again after every lost connection until they are confirmed.

    At most `depth` messages wait, in memory only: what must survive this process goes through an `Outbox`.
    `will` is what the broker says for us, retained as it says, when we vanish without taking leave.
    """

    def __init__(
        self,
        url: BrokerUrl,
        client_id: str,
        *,
        depth: int = 10_000,
        will: Letter | None = None,
        pace: Pace | None = None,
    ) -> None:
        self.capacity = depth
        self._waiting: deque[tuple[Letter, Delivery]] = deque()
        self._sent: dict[int, Delivery] = {}
        self._told = threading.Condition()
        self._stopped = False
        client = make_client(url, client_id, keeps_session=False)
        client.on_publish = self._on_publish
        if will is not None:
            client.will_set(will.topic, will.payload, _AT_LEAST_ONCE, will.retain)
        self._line = Line(url, client, self, pace)

    @property
    def depth(self) -> int:
        """How many messages are not yet confirmed."""
        return len(self._waiting) + len(self._sent)

    @property
    def state(self) -> LineState:
        """How the connection stands."""
        return self._line.state

    def start(self) -> None:
        """Begin to connect; returns at once, whether there is a broker or not. Once in a publisher's life."""
        self._line.start()

    def stop(self) -> None:
        """Disconnect and end the thread. What is not confirmed by then may or may not have been said."""
        self._stopped = True
        self._line.stop()

    def publish(self, topic: str, payload: bytes, *, retain: bool = False) -> Delivery:
        """Say this. Never blocks; any thread may call, before `start` too. See `refused`, `confirmed`."""
        refused = self._refusal(topic, payload)
        delivery = Delivery(self._told, refused)
        if refused is None:
            self._waiting.append((Letter(topic, payload, retain), delivery))
            self._line.wake()
        return delivery

    def _refusal(self, topic: str, payload: bytes) -> Refused | None:
        if self._stopped:
            return Refused.STOPPED
        if _TOPIC.fullmatch(topic) is None:
            return Refused.BAD_TOPIC
        if len(payload) > _MOST_BYTES - len(topic):
            return Refused.TOO_LARGE
        return Refused.QUEUE_FULL if self.depth >= self.capacity else None

    def before_connecting(self) -> None:
        """Nothing is needed first."""

    def came_up(self, client: Client) -> None:
        """paho says again by itself what was not confirmed."""

    def went_down(self) -> None:
        """What was sent stays with paho, under its packet ids."""

    def has_room(self) -> bool:
        """Confirmations are always welcome."""
        return True

    def read(self, client: Client) -> bool:
        """Let paho take one packet, or what there is of it."""
        if client.buffer.has_unread:
            client.loop_read()
        return client.buffer.has_unread

    def was_read(self) -> None:
        """Tell those who wait, once for all that was confirmed."""
        with self._told:
            self._told.notify_all()

    def work(self, client: Client) -> None:
        """Send what waits, as far as it may be under way at once."""
        while self._waiting and len(self._sent) < _UNDER_WAY:
            letter, delivery = self._waiting[0]
            info = client.publish(letter.topic, letter.payload, _AT_LEAST_ONCE, letter.retain)
            if info.rc is MQTTErrorCode.MQTT_ERR_QUEUE_SIZE:
                return  # all 65,535 packet ids are under way
            self._sent[info.mid] = delivery
            self._waiting.popleft()

    def _on_publish(
        self, _: PahoClient, __: object, mid: int, ___: ReasonCode, ____: Properties | None
    ) -> None:
        delivery = self._sent.pop(mid, None)
        if delivery is not None:
            delivery.confirmed = True
