"""Real servers on loopback for the tests of messages: they take, refuse, hang, or are not there."""

import secrets
import socket
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.fakes.homes import PATIENCE

HOST = "127.0.0.1"


def free_port() -> int:
    """A port that nobody listens on, nor will: it is below those that outgoing connections are given."""
    while True:
        port = 20_000 + secrets.randbelow(12_000)
        with socket.socket() as probe, suppress(OSError):
            probe.bind((HOST, port))
            return port


class Mailbox:
    """Mail that a real SMTP server took. `refuses`: what it says to every message instead."""

    def __init__(self, port: int, refuses: str = "") -> None:
        self.port = port
        self.mails: list[EmailMessage] = []
        self._refuses = refuses

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Called by the server for each message."""
        if self._refuses:
            return self._refuses
        content = envelope.content
        mail = message_from_bytes(content if isinstance(content, bytes) else b"", policy=policy.default)
        self.mails.append(mail)
        return "250 kept"

    def address(self, to: str, *, account: str = "") -> str:
        """An Apprise URL that reaches this server."""
        user = f"{account}@" if account else ""
        return f"mailto://{user}{HOST}:{self.port}?from=home@example.org&to={to}"

    def to(self, who: str) -> list[EmailMessage]:
        """What came for this address."""
        return [mail for mail in list(self.mails) if who in str(mail["To"])]


@contextmanager
def mail_server(
    port: int = 0, *, refuses: str = "", account: tuple[str, str] | None = None
) -> Iterator[Mailbox]:
    """A real SMTP server. With `account` it takes mail only from who knows the user and password."""
    mailbox = Mailbox(port or free_port(), refuses)

    def judged(
        server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object
    ) -> AuthResult:
        said = (data.login.decode(), data.password.decode()) if isinstance(data, LoginPassword) else None
        return AuthResult(success=said == account, handled=False)

    server = Controller(
        mailbox,
        hostname=HOST,
        port=mailbox.port,
        authenticator=judged if account else None,
        auth_required=account is not None,
        auth_require_tls=False,
        ready_timeout=PATIENCE,
    )
    with warnings.catch_warnings():  # a password without TLS: on loopback, in a test
        warnings.filterwarnings("ignore", "Requiring AUTH while not requiring TLS")
        server.start()
        try:
            yield mailbox
        finally:
            server.stop()


class Hook:
    """What a real HTTP server was posted, and which paths it was asked for."""

    def __init__(self, status: int) -> None:
        self.status = status
        self.port = 0
        self.bodies: list[bytes] = []
        self.headers: list[dict[str, str]] = []
        self.asked: list[str] = []
        self.answer = "OK"


@contextmanager
def web_server(status: int = 200) -> Iterator[Hook]:
    """A real HTTP server that answers everything with this status."""
    hook = Hook(status)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            hook.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
            hook.headers.append(dict(self.headers))
            self.send_response(hook.status)
            self.end_headers()
            self.wfile.write(f"you said {self.path}".encode())

        def do_GET(self) -> None:
            hook.asked.append(self.path)
            hook.headers.append(dict(self.headers))
            self.send_response(hook.status)
            self.send_header("Location", "/elsewhere")
            self.end_headers()
            self.wfile.write(hook.answer.encode())

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's name
            """Quiet."""

    server = ThreadingHTTPServer((HOST, 0), Handler)
    hook.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield hook
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def silent_server() -> Iterator[int]:
    """A server that lets everybody in and never says a word; its port."""
    with socket.create_server((HOST, 0)) as listening:
        yield int(listening.getsockname()[1])
