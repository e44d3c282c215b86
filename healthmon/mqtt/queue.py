"""This is the place for messages between the network's thread and the recorder's: bounded twice."""

import threading
from collections import deque
from dataclasses import dataclass

from healthmon.events import Message


@dataclass(frozen=True, slots=True)
class Room:
    """How much may wait: so many messages, and so many bytes of topics and payloads."""

    messages: int = 20_000
    bytes: int = 64 << 20


class Queue:
    """Messages in their order, in pieces as they came off the network.

    One thread puts, any thread takes. What is put is kept, whatever the room: who puts asks `left` first, so
    at most one piece waits beyond the bytes.
    """

    def __init__(self, room: Room) -> None:
        self.room = room
        self._pieces: deque[list[Message]] = deque()
        self._arrived = threading.Condition()
        self._is_woken = False
        self._depth = 0
        self._bytes = 0

    @property
    def depth(self) -> int:
        """How many messages wait."""
        return self._depth

    @property
    def left(self) -> int:
        """How many messages may still be put."""
        return self.room.messages - self._depth if self._bytes < self.room.bytes else 0

    def put(self, piece: list[Message]) -> None:
        """These came. Never blocks."""
        if not piece:
            return
        size = _size(piece)
        with self._arrived:
            self._pieces.append(piece)
            self._depth += len(piece)
            self._bytes += size
            self._arrived.notify()

    def take(self, limit: int, timeout: float) -> list[Message]:
        """At most `limit`, as soon as there is one; none after `timeout` seconds or a `wake`."""
        taken: list[Message] = []
        with self._arrived:
            if not self._pieces and not self._is_woken and timeout:
                self._arrived.wait(timeout)
            self._is_woken = False
            while self._pieces and len(taken) < limit:
                piece = self._pieces.popleft()
                fits = limit - len(taken)
                if len(piece) > fits:
                    self._pieces.appendleft(piece[fits:])
                    piece = piece[:fits]
                taken.extend(piece)
            self._depth -= len(taken)
            self._bytes -= _size(taken)
        return taken

    def wake(self) -> None:
        """End the wait of whoever waits, or of the next who would."""
        with self._arrived:
            self._is_woken = True
            self._arrived.notify_all()


def _size(piece: list[Message]) -> int:
    return sum([len(message.topic) + len(message.payload) for message in piece])
