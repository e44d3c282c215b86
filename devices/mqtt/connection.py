"""This is the place for one device's connection: what waits, what is on its way, and what was acknowledged.

QoS 1 at protocol 3.1.1. A message is kept until the broker says that it has it, and sent again after a
broken connection. What waits is bounded: when it is full the oldest is forgotten, and counted.
"""

import ssl
from collections import deque
from dataclasses import dataclass
from typing import Any

from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion

from devices.mqtt.accounts import Account, Broker

ON_THE_WAY = 20  # messages sent and not yet acknowledged
WAITING = 5000  # messages kept for a broker that is away
_KEEPALIVE = 20  # s without a word before the broker is asked whether it is there
_PATIENCE = 3.0  # s for a connection to come about


@dataclass(frozen=True, slots=True)
class Line:
    """Where a connection speaks: the topic, and the topic of its presence if it has one."""

    name: str
    events: str
    presence: str | None
    account: Account


class Connection:
    """One MQTT client without a thread: `Exchange` calls it when there is something to do. One thread.

    Presence is `online` while connected and, by last will or by `leave`, `offline` after; both retained.
    """

    def __init__(self, broker: Broker, line: Line, *, boot: str, waiting: int = WAITING) -> None:
        self.line = line
        self.trouble = ""  # why there is no connection, as far as the network knows
        self.refusal = ""  # why the broker will have none
        self.forgotten = 0
        self.is_connected = False
        self._broker = broker
        self._waiting: deque[tuple[str, bytes, bool]] = deque()
        self._longest = waiting
        self._on_the_way: set[int] = set()
        self._was_opened = False
        self._client = self._made(f"{line.name}-{boot}")

    def offer(self, payload: bytes) -> None:
        """Keep this message until it is acknowledged. Never blocks."""
        if len(self._waiting) >= self._longest:
            self._waiting.popleft()
            self.forgotten += 1
        self._waiting.append((self.line.events, payload, False))

    def unacknowledged(self) -> int:
        """How many messages the broker has not said it has."""
        return len(self._waiting) + len(self._on_the_way)

    def open(self) -> None:
        """Begin to connect, for the first time or again. Blocks for at most 3 s; trouble shows later."""
        self.trouble = ""
        try:
            if self._was_opened:
                self._client.reconnect()
            else:
                self._was_opened = True
                self._client.connect(self._broker.host, self._broker.port, keepalive=_KEEPALIVE)
        except (OSError, ValueError) as error:
            self.trouble = str(error) or type(error).__name__

    def socket(self) -> Any:  # paho gives a socket, a TLS socket or None
        """What to wait on, or None while not connected."""
        return self._client.socket()

    def wants_to_write(self) -> bool:
        """Whether bytes wait for the socket."""
        return self._client.want_write()

    def read(self) -> None:
        """Take what arrived: acknowledgements, mostly."""
        self._client.loop_read()
        while (pending := getattr(self._client.socket(), "pending", None)) is not None and pending():
            self._client.loop_read()  # TLS holds decrypted bytes that no select sees

    def write(self) -> None:
        """Send the bytes that wait for the socket."""
        self._client.loop_write()

    def tend(self) -> None:
        """Keep the connection alive and send what may be sent."""
        self._client.loop_misc()
        while self.is_connected and self._waiting and len(self._on_the_way) < ON_THE_WAY:
            topic, payload, retained = self._waiting.popleft()
            self._on_the_way.add(self._client.publish(topic, payload, qos=1, retain=retained).mid)

    def leave(self) -> None:
        """Say offline, last of all that waits; the caller still has to wait for acknowledgements."""
        if self.line.presence is not None:
            self._waiting.append((self.line.presence, b"offline", True))

    def close(self) -> None:
        """Take leave of the broker. Messages that are not acknowledged are lost with this object."""
        if self.is_connected:
            self._client.disconnect()
        self.is_connected = False
        if self._client.socket() is not None:
            self._client.loop_write()

    def _made(self, client_id: str) -> Client:
        client = Client(
            CallbackAPIVersion.VERSION2, client_id=client_id, protocol=MQTTProtocolVersion.MQTTv311
        )
        client.connect_timeout = _PATIENCE
        client.max_inflight_messages_set(ON_THE_WAY)
        if self.line.account.name:
            client.username_pw_set(self.line.account.name, self.line.account.password)
        if self._broker.secure:
            client.tls_set_context(ssl.create_default_context())
        if self.line.presence is not None:
            client.will_set(self.line.presence, b"offline", qos=1, retain=True)
        client.on_connect = self._connected
        client.on_disconnect = self._disconnected
        client.on_publish = self._acknowledged
        return client

    def _connected(self, *said: Any) -> None:  # paho: client, userdata, flags, reason, properties
        reason = said[3]
        self.is_connected = not reason.is_failure
        self.refusal = str(reason) if reason.is_failure else ""
        if self.is_connected and self.line.presence is not None:
            self._waiting.appendleft((self.line.presence, b"online", True))

    def _disconnected(self, *_said: Any) -> None:
        self.is_connected = False

    def _acknowledged(self, *said: Any) -> None:  # paho: client, userdata, message id, reason, properties
        self._on_the_way.discard(said[2])
