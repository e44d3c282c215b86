"""This is the place for the one loop that carries every connection of a home, without threads.

Whoever waits for the next reading waits here: `wait` moves bytes meanwhile, and brings back what broke.
"""

import select
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from devices.errors import DeviceError, DeviceReason
from devices.mqtt.accounts import Broker
from devices.mqtt.connection import Connection, Line
from healthmon.events.topics import device_event, device_status, person_event

_TURN = 0.1  # s: the longest the loop looks away
_WITHOUT_BROKER = 1.0  # s that a farewell waits for a broker that is away
_AGAIN_FIRST, _AGAIN_LAST = 0.5, 5.0  # s between two attempts to connect


class Outlet(Protocol):
    """Where sayings go: the exchange, or a test's own. One thread."""

    def offer(self, name: str, payload: bytes) -> None:
        """Keep this message of this device until it is acknowledged. Never blocks."""

    def wait(self, seconds: float) -> None:
        """Let so much real time pass, carrying messages meanwhile."""

    def unacknowledged(self) -> int:
        """How many messages nobody has acknowledged yet."""


class Exchange:
    """All connections of one process. One thread; real time only."""

    def __init__(self, broker: Broker, lines: Iterable[Line], *, boot: str) -> None:
        self._broker = broker
        self._connections = {line.name: Connection(broker, line, boot=boot) for line in lines}
        self._attempt_at = dict.fromkeys(self._connections, 0.0)
        self._pause = dict.fromkeys(self._connections, _AGAIN_FIRST)

    def open(self, within: float, stops: Callable[[], bool] = lambda: False) -> None:
        """Connect everybody, or return early when `stops`.

        Raises DeviceError when the broker refuses, or does not answer within so many seconds.
        """
        deadline = time.monotonic() + within
        while not stops() and not all(one.is_connected for one in self._connections.values()):
            self.wait(_TURN)
            if refused := next((one for one in self._connections.values() if one.refusal), None):
                raise self._refused(refused)
            if time.monotonic() > deadline:
                raise self._unreachable()

    def offer(self, name: str, payload: bytes) -> None:
        """Keep this message of this device until it is acknowledged. Never blocks."""
        self._connections[name].offer(payload)

    def wait(self, seconds: float) -> None:
        """Let so much real time pass, carrying messages meanwhile."""
        deadline = time.monotonic() + seconds
        self._turn(0.0)
        while (left := deadline - time.monotonic()) > 0:
            self._turn(min(left, _TURN))

    def flush(self, within: float) -> bool:
        """Wait for every acknowledgement, so many seconds at most; whether all came."""
        deadline = time.monotonic() + within
        self._turn(0.0)
        while self.unacknowledged() and time.monotonic() < deadline:
            self._turn(_TURN)
        return not self.unacknowledged()

    def unacknowledged(self) -> int:
        """How many messages the broker has not said it has."""
        return sum(one.unacknowledged() for one in self._connections.values())

    def forgotten(self) -> int:
        """How many messages were given up because too many waited."""
        return sum(one.forgotten for one in self._connections.values())

    def leave(self, within: float) -> bool:
        """Say offline for everybody, wait for the acknowledgements and close; whether all came."""
        for one in self._connections.values():
            one.leave()
        is_reachable = any(one.is_connected for one in self._connections.values())
        is_done = self.flush(within if is_reachable else min(within, _WITHOUT_BROKER))
        for one in self._connections.values():
            one.close()
        return is_done

    def _turn(self, longest: float) -> None:
        self._bring_back()
        for one in self._connections.values():
            one.tend()
        by_socket = {one.socket(): one for one in self._connections.values() if one.socket() is not None}
        writing = [sock for sock, one in by_socket.items() if one.wants_to_write()]
        if not by_socket:
            time.sleep(longest)
            return
        readable, writable, _ = select.select(list(by_socket), writing, [], longest)
        for sock in writable:
            by_socket[sock].write()
        for sock in readable:
            by_socket[sock].read()

    def _bring_back(self) -> None:
        now = time.monotonic()
        for name, one in self._connections.items():
            if one.is_connected:
                self._pause[name] = _AGAIN_FIRST
            elif one.socket() is None and now >= self._attempt_at[name]:
                self._attempt_at[name] = now + self._pause[name]
                self._pause[name] = min(self._pause[name] * 2, _AGAIN_LAST)
                one.open()
                return  # one attempt a turn: each may block for seconds

    def _refused(self, one: Connection) -> DeviceError:
        return DeviceError(
            DeviceReason.REFUSED,
            f"the broker at {self._broker} refuses {one.line.account.name or 'a guest'} ({one.refusal}):"
            " check the account, or start the recorder again",
        )

    def _unreachable(self) -> DeviceError:
        trouble = next((one.trouble for one in self._connections.values() if one.trouble), "no answer")
        return DeviceError(
            DeviceReason.NO_BROKER,
            f"no broker answers at {self._broker} ({trouble}):"
            " start one with `healthmon record`, or check --broker",
        )


def device_lines(broker: Broker, devices: Sequence[str]) -> list[Line]:
    """Where these devices speak, each with its presence. Raises DeviceError when one has no account."""
    home = broker.home
    return [
        Line(name, device_event(home, name), device_status(home, name), broker.device(name))
        for name in devices
    ]


def carer_line(broker: Broker, name: str) -> Line:
    """Where this carer speaks. Raises DeviceError without an account."""
    return Line(name, person_event(broker.home, name), None, broker.carer(name))
