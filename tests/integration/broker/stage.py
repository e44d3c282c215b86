"""This is the place for a home on the real broker: accounts, plain clients, and waiting without sleeping."""

import os
import queue
import select
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import Self

from paho.mqtt import client as paho
from paho.mqtt.enums import CallbackAPIVersion
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode

from healthmon.broker import EmbeddedBroker, Limits, Role, accounts
from healthmon.mqtt import BrokerUrl

PATIENCE = 60.0
"""Seconds in which a promise that is kept in milliseconds must be kept on the slowest machine."""

HASTY = Limits(ack_wait=timedelta(seconds=0.5), sync_every=timedelta(minutes=2))
"""Everything a test needs soon comes soon. Nobody cuts the power in a test."""


def until(holds: Callable[[], bool], patience: float = PATIENCE) -> bool:
    """Whether it comes to hold in time."""
    deadline, pause = monotonic() + patience, threading.Event()
    while not holds():
        if monotonic() > deadline:
            return False
        pause.wait(0.005)
    return True


def is_gone(process: int, patience: float = PATIENCE) -> bool:
    """Whether a process, which need not be our child, ends in time."""
    try:
        watched = os.pidfd_open(process)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([watched], [], [], patience)[0])
    finally:
        os.close(watched)


@dataclass(frozen=True)
class Home:
    """A data folder with its broker. Accounts are made as they are asked for."""

    folder: Path
    broker: EmbeddedBroker

    def account(self, name: str, role: Role) -> BrokerUrl:
        """The URL of an account that the running broker knows."""
        accounts.ensure(self.folder, name, role)
        self.broker.reload()
        return self.url(name)

    def url(self, name: str = "recorder") -> BrokerUrl:
        """The URL of an account."""
        return BrokerUrl.parse(accounts.load(self.folder).url_for(name))


class Plain:
    """A client as other people write them: paho in its own thread, acknowledging by itself."""

    def __init__(self, url: BrokerUrl, client_id: str, *, will: tuple[str, bytes] | None = None) -> None:
        self.heard: queue.SimpleQueue[tuple[str, bytes, bool]] = queue.SimpleQueue()
        self.welcome = threading.Event()
        self.closed = threading.Event()
        self.granted: queue.SimpleQueue[bool] = queue.SimpleQueue()
        self.refusal = ""
        self.client = paho.Client(CallbackAPIVersion.VERSION2, client_id, reconnect_on_failure=False)
        self.client.username_pw_set(url.username, url.password)
        self.client.on_connect = self._on_connect
        self.client.on_disconnect = self._on_disconnect
        self.client.on_subscribe = self._on_subscribe
        self.client.on_message = self._on_message
        if will:
            self.client.will_set(*will, qos=1, retain=True)
        self.client.connect(url.host, url.port)
        self.client.loop_start()

    def __enter__(self) -> Self:
        assert self.welcome.wait(PATIENCE), self.refusal
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.client.disconnect()
        self.client.loop_stop()

    def say(self, topic: str, payload: bytes, *, qos: int = 1, retain: bool = False) -> bool:
        """Whether the broker confirmed it."""
        info = self.client.publish(topic, payload, qos, retain)
        try:
            return until(lambda: info.is_published() or self.closed.is_set()) and info.is_published()
        except RuntimeError:  # paho's word for: the connection went while it was being sent
            return False

    def hear(self, filter_: str) -> bool:
        """Whether the broker lets us hear this."""
        self.client.subscribe(filter_, 1)
        return self.granted.get(timeout=PATIENCE)

    def next(self) -> tuple[str, bytes, bool]:
        """The next message: topic, payload, retained."""
        return self.heard.get(timeout=PATIENCE)

    def vanish(self) -> None:
        """End without taking leave."""
        self.client.loop_stop()
        self.client._sock_close()

    def _on_connect(
        self, _: paho.Client, __: object, ___: paho.ConnectFlags, reason: ReasonCode, ____: Properties | None
    ) -> None:
        self.refusal = str(reason) if reason.is_failure else ""
        if not reason.is_failure:
            self.welcome.set()

    def _on_disconnect(
        self,
        _: paho.Client,
        __: object,
        ___: paho.DisconnectFlags,
        ____: ReasonCode,
        _____: Properties | None,
    ) -> None:
        self.closed.set()

    def _on_subscribe(
        self, _: paho.Client, __: object, ___: int, reasons: list[ReasonCode], ____: Properties | None
    ) -> None:
        self.granted.put(not reasons[0].is_failure)

    def _on_message(self, _: paho.Client, __: object, message: paho.MQTTMessage) -> None:
        self.heard.put((message.topic, bytes(message.payload), message.retain))
