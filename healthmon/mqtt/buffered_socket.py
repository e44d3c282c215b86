"""This is the place for what makes paho fast: a socket that is read and written in large pieces.

paho asks the system four times for each message (its first byte, its length, its rest, and whether there is
more) and once for each acknowledgement. Behind this socket those are slices of memory; measured, a QoS 1
message costs 0.4 to 0.5 of the processor time (tests/bench/bench_mqtt.py).
"""

import contextlib
import socket
import ssl
import time

from healthmon.mqtt import packets
from healthmon.mqtt.packets import Published

_PIECE = 256 << 10
_MOST_UNSENT = 4 << 20
_LEAVES_WITHIN = 0.25  # s, real time; brokers close within milliseconds of our leave


class BufferedSocket:
    """A non-blocking socket with memory on both sides. For one thread.

    Reading never asks the network: `fill` does, once the system says that there is something. Writing never
    does either: `flush` does.
    """

    def __init__(self, raw: socket.socket) -> None:
        self._raw = raw
        self._chunk = b""
        self._at = 0
        self._ended = False
        self._unsent = bytearray()
        with contextlib.suppress(OSError):
            raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    @property
    def has_unread(self) -> bool:
        """Whether `recv` would return something: bytes, or that there will be no more."""
        return self._at < len(self._chunk) or self._ended

    @property
    def has_packet(self) -> bool:
        """Whether a whole packet can be taken, or the end be told. Raises OSError for what is no packet."""
        return self._ended or packets.whole(self._chunk, self._at) > 0

    @property
    def has_unsent(self) -> bool:
        """Whether `flush` has work left."""
        return bool(self._unsent)

    def fill(self) -> None:
        """Take what the network has, once. The end of the connection is kept for `recv` to tell."""
        fresh = b""
        try:
            fresh = self._raw.recv(_PIECE)
            while isinstance(self._raw, ssl.SSLSocket) and self._raw.pending():
                fresh += self._raw.recv(_PIECE)  # decrypted already: the system would not call us for it
        except (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError):
            pass
        except OSError:
            self._ended = True
        else:
            self._ended = not fresh
        if fresh:
            self._chunk = self._chunk[self._at :] + fresh
            self._at = 0
        self._answer_quickly()

    def flush(self) -> None:
        """Give the network as much as it takes now. A broken connection shows when reading."""
        try:
            while self._unsent:
                del self._unsent[: self._raw.send(self._unsent)]
        except (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError):
            return
        except OSError:
            self._unsent.clear()
            self._ended = True

    def recv(self, buffer_size: int) -> bytes:
        """At most so many bytes of what `fill` took; b"" when the connection has ended."""
        at = self._at
        piece = self._chunk[at : at + buffer_size]
        if not piece and not self._ended:
            raise BlockingIOError
        self._at = at + len(piece)
        return piece

    def publishes(self, most: int) -> list[Published]:
        """The PUBLISH packets that come next, at most so many; paho never sees them. Raises OSError."""
        found, self._at = packets.publishes(self._chunk, self._at, most)
        return found

    def send(self, buffer: bytes | bytearray) -> int:
        """Keep these bytes for `flush`; BlockingIOError when far too many wait already."""
        if len(self._unsent) > _MOST_UNSENT:
            raise BlockingIOError
        self._unsent += buffer
        return len(buffer)

    def close(self) -> None:
        """Close the connection, with one last try to send what waits; a quarter of a second at most."""
        self.flush()
        if not self._ended:
            self._take_leave()
        self._raw.close()

    def fileno(self) -> int:
        """What selectors ask for."""
        return self._raw.fileno()

    def setblocking(self, flag: bool) -> None:  # noqa: FBT001 - the signature is that of sockets
        """As for any socket; paho calls it with False."""
        self._raw.setblocking(flag)

    def _take_leave(self) -> None:
        """Say that no more comes, and hear the broker out until it closes too.

        Closed with bytes unread, the system breaks the connection, and the broker may never read our last.
        """
        until = time.monotonic() + _LEAVES_WITHIN
        with contextlib.suppress(OSError):
            self._raw.shutdown(socket.SHUT_WR)
            while (left := until - time.monotonic()) > 0:
                self._raw.settimeout(left)
                if not self._raw.recv(_PIECE):
                    return

    def _answer_quickly(self) -> None:
        """A broker that leaves Nagle's algorithm on waits up to 40 ms for the system's ACK: send it at once.

        Linux forgets this after a while, hence at every `fill` (1 microsecond). Elsewhere nothing happens.
        """
        if hasattr(socket, "TCP_QUICKACK"):
            with contextlib.suppress(OSError):
                self._raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
