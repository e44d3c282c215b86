"""This is the place for a broker that does exactly what a test says, packet by packet (MQTT 3.1.1)."""

import socket
from types import TracebackType
from typing import Self

from healthmon.mqtt import BrokerUrl

PATIENCE = 60.0


class ScriptedBroker:
    """One loopback door, one client at a time, in the test's own thread."""

    def __init__(self) -> None:
        self._door = socket.create_server(("127.0.0.1", 0))
        self._door.settimeout(PATIENCE)
        self._client: socket.socket | None = None
        self.url = BrokerUrl(host="127.0.0.1", port=self._door.getsockname()[1], username="r", password="p")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.hang_up()
        self._door.close()

    def accept(self) -> bytes:
        """Let a client in; its CONNECT. The one before has gone."""
        self.hang_up()
        self._client, _ = self._door.accept()
        self._client.settimeout(PATIENCE)
        return self.read()

    def welcome(self, *, code: int = 0) -> bytes:
        """Let a client in and answer with this CONNACK code; its CONNECT."""
        connect = self.accept()
        self.send(bytes([0x20, 2, 0, code]))
        return connect

    def subscribe(self, *answers: int) -> bytes:
        """Wait for its SUBSCRIBE and answer each filter with such a code."""
        packet = self.read()
        assert packet[0] == 0x82
        self.send(bytes([0x90, 2 + len(answers)]) + packet[2:4] + bytes(answers))
        return packet

    def publish(self, topic: bytes, payload: bytes, packet: int, *, flags: int = 0x2) -> None:
        """Send a PUBLISH: flags 8 duplicate, 2 QoS 1, 1 retained."""
        numbered = packet.to_bytes(2, "big") if flags & 0x6 else b""
        body = len(topic).to_bytes(2, "big") + topic + numbered + payload
        self.send(bytes([0x30 | flags]) + length(len(body)) + body)

    def acknowledged(self) -> int:
        """The packet id in the next PUBACK."""
        packet = self.read()
        assert packet[0] == 0x40
        return int.from_bytes(packet[2:4], "big")

    def send(self, data: bytes) -> None:
        """These bytes."""
        assert self._client is not None
        self._client.sendall(data)

    def read(self) -> bytes:
        """The next packet; b"" when the client has gone."""
        head = self._exactly(2)
        size, shift = head[1] & 127 if head else 0, 7
        while head and head[-1] & 128:
            head += self._exactly(1)
            size |= (head[-1] & 127) << shift
            shift += 7
        return head + self._exactly(size)

    def hang_up(self) -> None:
        """Close the connection without a word."""
        if self._client is not None:
            self._client.close()
            self._client = None

    def _exactly(self, size: int) -> bytes:
        assert self._client is not None
        data = b""
        while len(data) < size:
            part = self._client.recv(size - len(data))
            if not part:
                return b""
            data += part
        return data


def length(size: int) -> bytes:
    """MQTT 3.1.1, section 2.2.3."""
    digits = bytearray()
    while size >= 128:
        digits.append(size % 128 | 128)
        size //= 128
    return bytes([*digits, size])
