"""This is the place for how a broker is named: one URL, whose password nobody ever sees again."""

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlsplit

from healthmon.mqtt.errors import MqttError, MqttReason

_PORTS = {"mqtt": 1883, "mqtts": 8883}
_FILES = frozenset({"ca", "cert", "key"})


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokerUrl:
    """An MQTT broker, and who we are to it. Neither str nor repr shows the password.

    >>> url = BrokerUrl.parse("mqtts://maria:se%20cret@broker.example:8883?ca=/etc/ssl/home.pem")
    >>> str(url), url.password
    ('mqtts://maria@broker.example:8883', 'se cret')
    """

    host: str
    port: int = 1883
    username: str = ""
    password: str = field(default="", repr=False)
    secure: bool = False
    ca: Path | None = None  # PEM: whom to trust instead of the system's authorities
    cert: Path | None = None  # PEM: our own certificate, for brokers that ask for one
    key: Path | None = None  # PEM: its private key

    @classmethod
    def parse(cls, text: str) -> "BrokerUrl":
        """The broker named by mqtt://user:password@host:1883 or mqtts://..., with ?ca=&cert=&key= files.

        Name and password are percent-decoded; ports default to 1883 and 8883. Raises MqttError (BAD_URL), in
        whose words no part of the text appears.
        """
        try:
            parts = urlsplit(text.strip())
            port = parts.port
        except ValueError as error:
            raise _bad("its host or port is not one") from error
        options = dict(parse_qsl(parts.query, keep_blank_values=True))
        _check(parts, options)
        files = {name: Path(path) for name, path in options.items()}
        return cls(
            host=parts.hostname or "",
            port=port or _PORTS[parts.scheme],
            username=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            secure=parts.scheme == "mqtts",
            ca=files.get("ca"),
            cert=files.get("cert"),
            key=files.get("key"),
        )

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        who = f"{quote(self.username, safe='')}@" if self.username else ""
        return f"{'mqtts' if self.secure else 'mqtt'}://{who}{host}:{self.port}"


def _check(parts: SplitResult, options: dict[str, str]) -> None:
    if parts.scheme not in _PORTS:
        raise _bad("it starts with neither mqtt:// nor mqtts://")
    if not parts.hostname:
        raise _bad("it names no host (a / # or ? in a password is written %2F %23 %3F)")
    if parts.path not in {"", "/"} or parts.fragment:
        raise _bad("something follows its host and port (a / or # in a password is written %2F or %23)")
    if parts.password and not parts.username:
        raise _bad("it has a password and no name")
    if not options.keys() <= _FILES or not all(options.values()):
        raise _bad("after ? it may name files only: ca=, cert= and key=")
    if options and parts.scheme != "mqtts":
        raise _bad("certificate files need mqtts://")
    if ("cert" in options) != ("key" in options):
        raise _bad("cert= and key= go together")


def _bad(why: str) -> MqttError:
    return MqttError(
        MqttReason.BAD_URL,
        f"the broker's URL cannot be used, {why}; write it as mqtt://user:password@host:1883",
    )
