"""This is the place for asking whether an MQTT broker answers: one CONNECT, one look at its CONNACK.

Not a client: those live in mqtt. The packets are from MQTT 3.1.1, sections 3.1 and 3.2.
"""

import secrets
import socket
from enum import StrEnum

from healthmon.broker.accounts import Account
from healthmon.broker.ports import LOOPBACK

_CONNACK = b"\x20\x02\x00"
_DISCONNECT = b"\xe0\x00"
_NAME_PASSWORD_CLEAN = 0xC2
_NOT_AUTHORIZED = 5


class Answer(StrEnum):
    """What came back."""

    WELCOME = "welcome"
    REFUSED = "refused"  # it speaks MQTT and does not know this account
    NOTHING = "nothing"


def ask(port: int, account: Account, patience: float) -> Answer:
    """What the broker on this loopback port says to this account, within `patience` seconds for each step."""
    try:
        with socket.create_connection((LOOPBACK, port), patience) as line:
            line.settimeout(patience)
            line.sendall(_connect(account))
            answer = _exactly(line, len(_CONNACK) + 1)
            line.sendall(_DISCONNECT)
    except OSError:
        return Answer.NOTHING
    if answer[: len(_CONNACK)] != _CONNACK:
        return Answer.NOTHING
    return {0: Answer.WELCOME, _NOT_AUTHORIZED: Answer.REFUSED}.get(answer[-1], Answer.NOTHING)


def _connect(account: Account) -> bytes:
    asker = f"asking-{secrets.token_hex(8)}"
    keep_alive = (5).to_bytes(2, "big")
    header = _text("MQTT") + bytes([4, _NAME_PASSWORD_CLEAN]) + keep_alive
    body = header + _text(asker) + _text(account.name) + _text(account.password)
    return b"\x10" + _length(len(body)) + body


def _text(text: str) -> bytes:
    data = text.encode()
    return len(data).to_bytes(2, "big") + data


def _length(size: int) -> bytes:
    digits = bytearray()
    while size >= 128:
        digits.append(size % 128 | 128)
        size //= 128
    return bytes([*digits, size])


def _exactly(line: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size:
        part = line.recv(size - len(data))
        if not part:
            return data
        data += part
    return data
