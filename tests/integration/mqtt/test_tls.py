"""mqtts://: the same through TLS, and a certificate that is not to be trusted is not."""

import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from healthmon.mqtt import BrokerUrl, Listener, MqttError, MqttReason, Publisher, Session
from tests.integration.broker.conftest import MakeHome
from tests.integration.broker.stage import PATIENCE, until

TOPIC = "healthmon/home/watch-7/event"


@dataclass(frozen=True)
class Certificate:
    """Signed by itself, for localhost."""

    cert: Path
    key: Path


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    """Made by openssl; skipped where that is absent."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("needs openssl to make a certificate")
    made = Certificate(*(tmp_path_factory.mktemp("tls") / name for name in ("cert.pem", "key.pem")))
    words = (
        f"req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -keyout {made.key} -out {made.cert}"
    )
    names = ["-addext", "subjectAltName=DNS:localhost"]
    subprocess.run([openssl, *words.split(), *names], check=True, capture_output=True)
    return made


class TlsDoor:
    """TLS in front of a broker that has none, as a reverse proxy has it; one connection at a time."""

    def __init__(self, certificate: Certificate, broker: BrokerUrl) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate.cert, certificate.key)
        self._context = context
        self._broker = broker
        self._door = socket.create_server(("localhost", 0))
        self._threads = [threading.Thread(target=self._serve, daemon=True)]
        self.url = replace(broker, host="localhost", port=self._door.getsockname()[1], secure=True)
        self._threads[0].start()

    def close(self) -> None:
        """End every thread."""
        self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        for thread in self._threads:
            thread.join(PATIENCE)

    def _serve(self) -> None:
        while True:
            try:
                raw, _ = self._door.accept()
            except OSError:
                return
            try:
                client = self._context.wrap_socket(raw, server_side=True)
            except OSError:
                raw.close()
                continue
            self._join(client, socket.create_connection((self._broker.host, self._broker.port)))

    def _join(self, client: ssl.SSLSocket, broker: socket.socket) -> None:
        back = threading.Thread(target=_pass_on, args=(broker, client), daemon=True)
        back.start()
        _pass_on(client, broker)
        back.join(PATIENCE)
        client.close()
        broker.close()


def _pass_on(source: socket.socket, sink: socket.socket) -> None:
    try:
        while data := source.recv(65_536):
            sink.sendall(data)
    except OSError:
        pass
    finally:
        for end in (source, sink):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue


@pytest.fixture
def door(make_home: MakeHome, certificate: Certificate) -> Iterator[TlsDoor]:
    opened = TlsDoor(certificate, make_home().url())
    yield opened
    opened.close()


def test_messages_pass_through_tls_whatever_their_size(door: TlsDoor, certificate: Certificate) -> None:
    listener = Listener(replace(door.url, ca=certificate.cert), Session("r", ["healthmon/home/+/event"]))
    listener.start()
    assert until(lambda: listener.state.connected), listener.state
    publisher = Publisher(
        replace(door.url, host=door._broker.host, port=door._broker.port, secure=False), "p"
    )
    publisher.start()
    sizes = [1, 100_000, 3_000_000, 7, *range(500)]
    for size in sizes:
        publisher.publish(TOPIC, b"x" * size)

    heard: list[int] = []
    while len(heard) < len(sizes) and (messages := listener.take(1000, PATIENCE)):
        heard += [len(message.payload) for message in messages]
        listener.acknowledge([message.receipt for message in messages])
    publisher.stop()
    listener.stop()

    assert heard == sizes


def test_a_certificate_nobody_vouches_for_is_said_and_not_accepted(door: TlsDoor) -> None:
    listener = Listener(door.url, Session("r", ["healthmon/home/+/event"]))
    listener.start()

    assert until(lambda: "certificate" in listener.state.problem)
    assert not listener.state.connected
    listener.stop()


def test_a_certificate_file_that_is_none_is_said_with_its_cure(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("no certificate")
    url = BrokerUrl(host="localhost", secure=True, ca=tmp_path / "ca.pem")

    with pytest.raises(MqttError, match="check ca=") as refused:
        Listener(url, Session("r", []))

    assert refused.value.reason is MqttReason.BAD_CERTIFICATE_FILE
