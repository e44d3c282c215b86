"""This is the place for hearing: the broker's messages, each acknowledged once it is safe and not before."""

import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from paho.mqtt.client import Client as PahoClient
from paho.mqtt.client import MQTTMessage
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode

from healthmon.events import Message
from healthmon.mqtt.broker_url import BrokerUrl
from healthmon.mqtt.client import Client, make_client
from healthmon.mqtt.line import Line, Pace
from healthmon.mqtt.unsettled import Unsettled

_AT_LEAST_ONCE = 1


@dataclass(frozen=True, slots=True)
class ListenerState:
    """How the listener stands. `since` is real time; `problem` is one sentence, empty while all is well."""

    connected: bool  # and subscribed: messages come
    since: datetime
    depth: int
    reconnects: int
    problem: str


class Listener:
    """Everything that is published on some topics, kept by the broker until we say that it is safe.

    QoS 1, MQTT 3.1.1, a session that outlives us (fixed client id): what was not acknowledged before a crash
    of anything comes again, marked duplicate; with our own broker up to 3 s later and after newer messages,
    and after a kill of that broker some of what was acknowledged just before comes again too.
    Between `start` and `stop` it reconnects for ever. At most `depth` messages wait to be taken; then it
    stops reading and the broker keeps the rest, except what was published at QoS 0: nobody keeps that.

    `take` and `acknowledge` may be called from any thread, and never wait for the network.
    """

    def __init__(
        self,
        url: BrokerUrl,
        *,
        client_id: str,
        filters: Sequence[str],
        depth: int = 20_000,
        pace: Pace | None = None,
    ) -> None:
        self.capacity = depth
        self._filters = [(one, _AT_LEAST_ONCE) for one in filters]
        self._queue: deque[Message] = deque()
        self._fresh: list[Message] = []
        self._arrived = threading.Condition()
        self._safe: deque[Sequence[int]] = deque()
        self._unsettled = Unsettled()
        self._hearing = False
        self._deaf_to = ""
        client = make_client(url, client_id, keeps_session=True)
        client.on_message = self._on_message
        client.on_subscribe = self._on_subscribe
        self._line = Line(url, client, self, pace)

    @property
    def depth(self) -> int:
        """How many messages wait to be taken."""
        return len(self._queue)

    @property
    def state(self) -> ListenerState:
        """How it stands now."""
        line = self._line.state
        return ListenerState(
            connected=line.connected and self._hearing,
            since=line.since,
            depth=self.depth,
            reconnects=line.reconnects,
            problem=line.problem or self._deaf_to,
        )

    def start(self) -> None:
        """Begin to listen; returns at once, whether there is a broker or not. Once in a listener's life."""
        self._line.start()

    def stop(self) -> None:
        """Send the acknowledgements given so far, disconnect, end the thread. The rest comes again later."""
        self._line.stop()
        with self._arrived:
            self._arrived.notify_all()

    def take(self, limit: int, timeout: float) -> list[Message]:
        """Messages in their order, at most `limit`, as soon as there is one; none after `timeout` seconds."""
        with self._arrived:
            if not self._queue:
                self._arrived.wait(timeout)
            was_full = not self.has_room()
            taken = [self._queue.popleft() for _ in range(min(limit, len(self._queue)))]
        if was_full and taken:
            self._line.wake()
        return taken

    def acknowledge(self, receipts: Sequence[int]) -> None:
        """These messages are safe; the broker may forget them. Sent at once by the network's thread.

        Receipts from before a reconnect mean nothing any more and are ignored: their messages come again.
        """
        if receipts:
            self._safe.append(tuple(receipts))
            self._line.wake()

    def came_up(self, client: Client) -> None:
        """Subscribe, whatever the broker says of our session: a lost subscription would be silence."""
        client.subscribe(self._filters)

    def went_down(self) -> None:
        """Packet ids of a closed connection mean nothing: forget them, and keep the messages."""
        self._hearing = False
        self._unsettled.forget()

    def has_room(self) -> bool:
        """Whether another message may be read."""
        return len(self._queue) + len(self._fresh) < self.capacity

    def was_read(self) -> None:
        """Hand on what came, in one go."""
        if self._fresh:
            with self._arrived:
                self._queue.extend(self._fresh)
                self._arrived.notify()
            self._fresh.clear()

    def work(self, client: Client) -> None:
        """Acknowledge what became safe."""
        while self._safe:
            for packet in self._unsettled.settle(self._safe.popleft()):
                client.ack(packet, _AT_LEAST_ONCE)

    def _on_message(self, _: PahoClient, __: object, message: MQTTMessage) -> None:
        receipt = 0
        if message.qos:
            receipt = self._unsettled.receive(message.mid, duplicate=message.dup)
            if not receipt:
                return  # we still have it
        self._fresh.append(
            Message(
                topic=_topic(message),
                payload=bytes(message.payload),
                retained=message.retain,
                duplicate=message.dup,
                receipt=receipt,
            )
        )

    def _on_subscribe(
        self, _: PahoClient, __: object, ___: int, reasons: list[ReasonCode], ____: Properties | None
    ) -> None:
        deaf = [one for (one, _), reason in zip(self._filters, reasons, strict=False) if reason.is_failure]
        self._deaf_to = (
            f"the broker lets us not hear {', '.join(deaf)}: give our account the right to" if deaf else ""
        )
        self._hearing = not deaf


def _topic(message: MQTTMessage) -> str:
    """The topic; none for one that is not UTF-8, which no broker should pass on and no parser knows."""
    try:
        return message.topic
    except UnicodeDecodeError:
        return ""
