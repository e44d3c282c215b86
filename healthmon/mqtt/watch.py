"""This is the place for waiting: for the network, or for another thread that has work for ours."""

import contextlib
import selectors
import socket
from types import TracebackType
from typing import Self

from healthmon.mqtt.buffered_socket import BufferedSocket


class Waker:
    """Ends the line's wait from another thread, cheaply: at most one byte is under way."""

    def __init__(self) -> None:
        self.reader, self._writer = socket.socketpair()
        self.reader.settimeout(0)
        self._writer.settimeout(0)
        self._called = False

    def wake(self) -> None:
        """Any thread may call, after `close` too."""
        if not self._called:
            self._called = True
            with contextlib.suppress(OSError):
                self._writer.send(b"\0")

    def answer(self) -> None:
        """The woken thread calls this before it looks for work, so that no call is missed."""
        self.reader.recv(16)
        self._called = False

    def close(self) -> None:
        """After the last call. Any number of times."""
        self.reader.close()
        self._writer.close()


class Watch:
    """One connection and the waker, watched together. For one thread."""

    def __init__(self, socket_: BufferedSocket, waker: Waker) -> None:
        self._socket = socket_
        self._waker = waker
        self._events = 0
        self._selector = selectors.DefaultSelector()
        self._selector.register(waker.reader, selectors.EVENT_READ)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._selector.close()

    def wait(self, *, read: bool, seconds: float) -> None:
        """Return when there is something to read (only if `read`), room to send what waits, or a call.

        What can be read has been taken into the socket's memory then.
        """
        write = selectors.EVENT_WRITE if self._socket.has_unsent else 0
        self._listen(write | (selectors.EVENT_READ if read else 0))
        for key, ready in self._selector.select(seconds):
            if key.fileobj is self._waker.reader:
                self._waker.answer()
            elif ready & selectors.EVENT_READ:
                self._socket.fill()

    def _listen(self, events: int) -> None:
        """Ask the system only when it changes."""
        if events == self._events:
            return
        if not self._events:
            self._selector.register(self._socket, events)
        elif not events:
            self._selector.unregister(self._socket)
        else:
            self._selector.modify(self._socket, events)
        self._events = events
