"""This is the place for order after a crash: nats-server gives again what a session had not acknowledged.

By itself it would give each such message again `ack_wait` after it was first sent: newer ones come before
it, and after a second crash nothing tells the two rounds apart. So before its session is opened anew it is
set back to the last acknowledgement, and everything comes in the order in which it was published, at once
(docs/decisions/0013). That is a request to JetStream, which MQTT cannot make: this is the smallest NATS
client that can (CONNECT, SUB, PUB, MSG), with an account of its own that may ask two things.
"""

import hashlib
import secrets
import socket
import time
from dataclasses import dataclass, field
from io import BufferedReader
from pathlib import Path

from healthmon.broker.errors import BrokerError, BrokerReason
from healthmon.broker.ports import LOOPBACK
from healthmon.events import wire

ACCOUNT = "healthmon-rewind"
"""Whose password lives as long as the server and is written nowhere but in its configuration."""

_MESSAGES = "$MQTT_msgs"  # the stream in which nats-server keeps what was published at QoS 1
_LIST = f"$JS.API.CONSUMER.LIST.{_MESSAGES}"
_RESET = f"$JS.API.CONSUMER.RESET.{_MESSAGES}"
_ANSWERS = "_INBOX.healthmon.rewind"
_PATIENCE = 2.0  # s, real time, for each answer
_LEAVE_PATIENCE = 1.0  # s, real time, for the last connection to be noticed as gone
_LOOK_EVERY = 0.005
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class _Consumer:
    """What JetStream knows of one subscription of one session."""

    name: str
    num_ack_pending: int = 0
    num_pending: int = 0
    push_bound: bool = False


@dataclass(frozen=True, slots=True)
class _Answer:
    consumers: list[_Consumer] = field(default_factory=list)
    error: dict[str, object] | None = None


def user(password: str) -> dict[str, object]:
    """The account, as the server's configuration has it."""
    return {
        "user": ACCOUNT,
        "password": password,
        "allowed_connection_types": ["STANDARD"],
        "permissions": {
            "publish": {"allow": [_LIST, f"{_RESET}.>"]},
            "subscribe": {"allow": [_ANSWERS]},
        },
    }


def port_of(doors: Path) -> int:
    """The port on which the server can be asked that wrote this file. Raises BrokerError (NO_REWIND)."""
    try:
        told = wire.read(doors.read_bytes(), dict[str, list[str]])
        return int(told["nats"][0].rpartition(":")[2])
    except (OSError, wire.WireError, LookupError, ValueError) as error:
        raise BrokerError(
            BrokerReason.NO_REWIND,
            f"the broker does not say on which port it can be asked ({error}): restart the recorder",
        ) from error


def rewind(port: int, password: str, client_id: str) -> int:
    """Set the session of this MQTT client back to its last acknowledgement, while nobody uses it.

    How many messages will come first that were given before. Blocks for milliseconds, at most a few seconds.
    A session in use stays as it is. Raises BrokerError (NO_REWIND); then nothing is lost but the order.
    """
    try:
        with socket.create_connection((LOOPBACK, port), _PATIENCE) as line, line.makefile("rb") as answers:
            return _rewound(_Asker(line, answers, password), _mark(client_id))
    except (OSError, wire.WireError) as error:
        raise _no_rewind(str(error)) from error


def waiting(port: int, password: str, client_id: str) -> int:
    """How many messages this client has not acknowledged, given to it or not. Raises BrokerError."""
    try:
        with socket.create_connection((LOOPBACK, port), _PATIENCE) as line, line.makefile("rb") as answers:
            mine = _Asker(line, answers, password).consumers(_mark(client_id))
    except (OSError, wire.WireError) as error:
        raise _no_rewind(str(error)) from error
    return sum(one.num_ack_pending + one.num_pending for one in mine)


def knows(port: int, password: str, client_id: str) -> bool:
    """Whether this client has a subscription. Raises BrokerError (NO_REWIND)."""
    try:
        with socket.create_connection((LOOPBACK, port), _PATIENCE) as line, line.makefile("rb") as answers:
            return bool(_Asker(line, answers, password).consumers(_mark(client_id)))
    except (OSError, wire.WireError) as error:
        raise _no_rewind(str(error)) from error


def has_session(store: Path, client_id: str) -> bool:
    """The same for a server that does not run, by the names in its store."""
    return any(store.glob(f"jetstream/*/streams/{_MESSAGES}/obs/{_mark(client_id)}*"))


def _rewound(asker: "_Asker", mark: str) -> int:
    deadline = time.monotonic() + _LEAVE_PATIENCE
    mine = asker.consumers(mark)
    while any(one.push_bound for one in mine) and time.monotonic() < deadline:
        time.sleep(_LOOK_EVERY)
        mine = asker.consumers(mark)
    behind = [one for one in mine if one.num_ack_pending and not one.push_bound]
    for one in behind:
        asker.ask(f"{_RESET}.{one.name}")
    return sum(one.num_ack_pending for one in behind)


class _Asker:
    """One connection that asks one thing at a time."""

    def __init__(self, line: socket.socket, answers: BufferedReader, password: str) -> None:
        self._line = line
        self._answers = answers
        account = {"user": ACCOUNT, "pass": password, "verbose": False, "lang": "python", "version": "1"}
        line.sendall(b"CONNECT %b\r\nSUB %b 1\r\n" % (wire.write(account), _ANSWERS.encode()))

    def consumers(self, mark: str) -> list[_Consumer]:
        """The subscriptions of the session that has this mark."""
        return [one for one in self.ask(_LIST).consumers if one.name.startswith(mark)]

    def ask(self, subject: str) -> _Answer:
        """What JetStream says to this."""
        self._line.sendall(b"PUB %b %b 0\r\n\r\n" % (subject.encode(), _ANSWERS.encode()))
        answer = wire.read(self._heard(), _Answer)
        if answer.error is not None:
            raise _no_rewind(str(answer.error.get("description", "it does not say why")))
        return answer

    def _heard(self) -> bytes:
        while line := self._answers.readline():
            if line.startswith(b"MSG "):
                size = int(line.rsplit(maxsplit=1)[1])
                return self._answers.read(size + len(b"\r\n"))
            if line.startswith(b"PING"):
                self._line.sendall(b"PONG\r\n")
            elif line.startswith(b"-ERR"):
                raise _no_rewind(line[4:].decode(errors="replace").strip(" '\r\n"))
        raise _no_rewind("it closed the connection")


def new_password() -> str:
    """One that nobody can guess."""
    return secrets.token_urlsafe(24)


def _mark(client_id: str) -> str:
    """How nats-server begins the names of a session's subscriptions."""
    digest = hashlib.sha256(client_id.encode()).digest()[:8]
    return "".join(_DIGITS[byte % len(_DIGITS)] for byte in digest) + "_"


def _no_rewind(why: str) -> BrokerError:
    return BrokerError(
        BrokerReason.NO_REWIND,
        f"the broker could not be set back to what was recorded last ({why}): nothing is lost, but readings "
        "from before the interruption may stand after newer ones; restart the recorder if this stays",
    )
