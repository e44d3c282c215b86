"""This is the place for paho: one client as we use it, MQTT 3.1.1, driven by a thread of ours."""

import socket
import ssl
from typing import TYPE_CHECKING

from paho.mqtt import client as paho
from paho.mqtt.enums import CallbackAPIVersion

from healthmon.mqtt.broker_url import BrokerUrl
from healthmon.mqtt.buffered_socket import BufferedSocket
from healthmon.mqtt.errors import MqttError, MqttReason

if TYPE_CHECKING:
    from paho.mqtt.client import SocketLike

KEEP_ALIVE = 30
"""Seconds of silence after which the broker is asked whether it is there."""

PING = b"\xc0\x00"
"""MQTT 3.1.1, section 3.12."""

_CONNECT_PATIENCE = 5.0  # s, for the network and again for TLS


class Client(paho.Client):
    """paho with a buffered socket. Everything in it is called from one thread.

    Overrides one private method (`_create_socket`, paho 2.1 and 2.2): every test that connects notices a paho
    that has moved it.
    """

    buffer: BufferedSocket
    """The socket of the present connection, or of the last; there is one after the first `reconnect`."""
    trust: ssl.SSLContext | None = None
    """Whom to trust; None speaks without TLS."""

    def _create_socket(self) -> "SocketLike":
        raw = socket.create_connection((self.host, self.port), _CONNECT_PATIENCE)
        if self.trust is not None:
            raw = self.trust.wrap_socket(raw, server_hostname=self.host)
        self.buffer = BufferedSocket(raw)
        return self.buffer


def make_client(url: BrokerUrl, client_id: str, *, keeps_session: bool) -> Client:
    """A client for this broker, not yet connected. Raises MqttError (BAD_CERTIFICATE_FILE)."""
    client = Client(
        CallbackAPIVersion.VERSION2,
        client_id,
        clean_session=not keeps_session,
        manual_ack=True,
        reconnect_on_failure=False,  # true would make paho fall back to MQTT 3.1 by itself
    )
    client.max_inflight_messages = 0  # a limit makes paho look through all of them at each confirmation
    # With an external loop, paho writes at once unless it is told that somebody watches the socket.
    client.on_socket_register_write = _watched
    if url.username:
        client.username_pw_set(url.username, url.password)
    if url.secure:
        client.trust = _trust(url)
    client.connect_async(url.host, url.port, KEEP_ALIVE)
    return client


def _watched(*_: object) -> None:
    return None


def _trust(url: BrokerUrl) -> ssl.SSLContext:
    try:
        context = ssl.create_default_context(cafile=url.ca)
        if url.cert is not None:
            context.load_cert_chain(url.cert, url.key)
    except (OSError, ssl.SSLError) as error:
        raise MqttError(
            MqttReason.BAD_CERTIFICATE_FILE,
            f"a certificate file of {url} cannot be used ({error.strerror or error}): check ca=, cert=, key=",
        ) from error
    return context
