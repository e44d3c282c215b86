"""This is the place for the broker's port on this machine: chosen once, then only checked."""

import secrets
import socket

LOOPBACK = "127.0.0.1"

# Below the range that Linux (32768..), macOS and Windows (49152..) hand out for outgoing connections:
# a port from there would be taken by chance one day. Away from 1883, which other brokers want.
_FIRST, _LAST = 18_831, 19_830


def choose() -> int:
    """A loopback port that is free now."""
    while True:
        port = _FIRST + secrets.randbelow(_LAST - _FIRST + 1)
        if is_free(port):
            return port


def is_free(port: int) -> bool:
    """Whether a server could listen on this loopback port now."""
    with socket.socket() as door:
        door.setsockopt(
            socket.SOL_SOCKET, socket.SO_REUSEADDR, 1
        )  # as the broker does: closing links are no owner
        try:
            door.bind((LOOPBACK, port))
        except OSError:
            return False
        return True
