"""This is the place for a broker that does on purpose what real ones do by accident: stall, refuse, vanish.

As much of MQTT 3.1.1 as a publisher needs, on loopback, in one thread.
"""

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Self

_CONNECT, _PUBLISH, _PINGREQ, _DISCONNECT = 1, 3, 12, 14
PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Published:
    """One message as it came."""

    topic: str
    payload: bytes
    retained: bool
    again: bool


class SmallBroker:
    """Takes messages and acknowledges them, unless told not to. `with` starts and stops it."""

    def __init__(self) -> None:
        self.published: list[Published] = []
        self.wills: list[tuple[str, bytes]] = []
        self.acknowledges = True
        self.welcome = 0  # the code of CONNACK; 5 is "not authorized"
        self._changed = threading.Condition()
        self._peers: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._door: socket.socket | None = None
        self.port = 0

    def __enter__(self) -> Self:
        self.open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.vanish()
        for thread in self._threads:
            thread.join(PATIENCE)

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"mqtt://127.0.0.1:{self.port}"

    def open(self) -> None:
        """Listen, on the same port as before if there was one."""
        self._door = socket.create_server(("127.0.0.1", self.port))
        self.port = int(self._door.getsockname()[1])
        self._run(self._welcome_everybody, self._door)

    def vanish(self) -> None:
        """Close the door and every connection, without a word."""
        door, self._door = self._door, None
        if door is not None:
            door.shutdown(socket.SHUT_RDWR)
            door.close()
        with self._changed:
            for peer in self._peers:
                with suppress(OSError):  # it may have gone by itself this moment
                    peer.shutdown(socket.SHUT_RDWR)

    def payloads(self, topic: str) -> list[bytes]:
        """What was published there, in the order it came."""
        with self._changed:
            return [one.payload for one in self.published if one.topic == topic]

    def wait_for(self, wanted: Callable[[list[Published]], bool]) -> None:
        """Return when what was published fits; fails after a minute."""
        with self._changed:
            assert self._changed.wait_for(lambda: wanted(self.published), PATIENCE), self.published[-5:]

    def _run(self, what: Callable[[socket.socket], None], on: socket.socket) -> None:
        thread = threading.Thread(target=what, args=(on,), daemon=True)
        self._threads.append(thread)
        thread.start()

    def _welcome_everybody(self, door: socket.socket) -> None:
        while True:
            try:
                peer, _ = door.accept()
            except OSError:
                return
            with self._changed:
                self._peers.add(peer)
            self._run(self._listen, peer)

    def _listen(self, peer: socket.socket) -> None:
        with peer, peer.makefile("rb") as stream:
            try:
                while packet := _packet(stream.read):
                    self._answer(peer, *packet)
            except OSError:
                pass
        with self._changed:
            self._peers.discard(peer)

    def _answer(self, peer: socket.socket, head: int, body: bytes) -> None:
        kind = head >> 4
        if kind == _CONNECT:
            self._take_will(body)
            peer.sendall(bytes([0x20, 2, 0, self.welcome]))
        elif kind == _PUBLISH:
            message, number = _message(head, body)
            with self._changed:
                self.published.append(message)
                acknowledges = self.acknowledges
                self._changed.notify_all()
            if acknowledges:
                peer.sendall(bytes([0x40, 2]) + number)
        elif kind == _PINGREQ:
            peer.sendall(bytes([0xD0, 0]))

    def _take_will(self, body: bytes) -> None:
        if not body[7] & 0x04:
            return
        _, rest = _text(body[10:])
        topic, rest = _text(rest)
        payload, _ = _text(rest)
        with self._changed:
            self.wills.append((topic.decode(), payload))


def _packet(read: Callable[[int], bytes]) -> tuple[int, bytes] | None:
    head = read(1)
    if not head:
        return None
    length, shift = 0, 0
    while True:
        byte = read(1)
        if not byte:
            return None
        length |= (byte[0] & 0x7F) << shift
        shift += 7
        if byte[0] < 0x80:
            return head[0], read(length)


def _message(head: int, body: bytes) -> tuple[Published, bytes]:
    topic, rest = _text(body)
    message = Published(topic.decode(), rest[2:], retained=bool(head & 1), again=bool(head & 8))
    return message, rest[:2]


def _text(body: bytes) -> tuple[bytes, bytes]:
    length = int.from_bytes(body[:2], "big")
    return body[2 : 2 + length], body[2 + length :]
