"""This is the place for Apprise: one letter, one address, one answer. Only here is it imported.

Loading it takes half a second and 53 MB (docs/MEASURED.md), so only a child process and shell commands do.
Apprise writes addresses, passwords and payloads into its log when asked for details; we ask, because that is
where the reason of a failure is, and let nothing out but a verdict and the server's words without secrets.
"""

import difflib
import logging
import threading
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from types import MappingProxyType
from typing import Any, Final, Protocol
from urllib.parse import parse_qsl, urlsplit

import apprise

from healthmon.notify.address import scheme, without_secrets
from healthmon.notify.letter import Letter, Outcome, Try, Urgency
from healthmon.notify.verdict import verdict

READS_FOR = 15  # seconds for an answer: Apprise's 4 give up on slow servers, which then deliver it twice
MOST_HEARD = 200  # lines of one try
# No pictures: a phone would fetch them from a third party's server, which then knew when there was an alarm.
_OURS: Final[Mapping[str, Any]] = MappingProxyType(
    {
        "app_id": "healthmon",
        "app_desc": "healthmon",
        "app_url": "",
        "image_url_mask": "",
        "image_url_logo": "",
        "image_path_mask": "",
        "async_mode": False,
    }
)
_TEXT: Final = apprise.NotifyFormat.TEXT
# What these channels call an urgent message. ntfy's and gotify's most urgent ring on, if the phone lets them.
# Pushover's "emergency" would ring until it is answered there, which healthmon never hears of: so "high".
_PRIORITIES: Final[Mapping[str, Mapping[Urgency, str]]] = MappingProxyType(
    {
        "ntfy": {Urgency.HIGH: "max", Urgency.MEDIUM: "high"},
        "ntfys": {Urgency.HIGH: "max", Urgency.MEDIUM: "high"},
        "gotify": {Urgency.HIGH: "emergency", Urgency.MEDIUM: "high"},
        "gotifys": {Urgency.HIGH: "emergency", Urgency.MEDIUM: "high"},
        "pover": {Urgency.HIGH: "high"},
    }
)
_MAIL: Final = frozenset({"mailto", "mailtos"})
_HOOKS: Final = frozenset({"json", "jsons", "xml", "xmls", "form", "forms"})


class Channel(Protocol):
    """What is needed of one of Apprise's services."""

    def notify(self, **said: object) -> object:
        """Send it; true when it was taken. Blocks."""


@cache
def load() -> None:
    """Load all that Apprise knows, which it does by itself when first asked. Some of it warns of its age."""
    with warnings.catch_warnings(), _overheard():
        warnings.simplefilter("ignore")
        apprise.Apprise.instantiate("json://loads-every-kind")


def schemes() -> tuple[str, ...]:
    """Every kind of address that Apprise knows."""
    load()
    details: Mapping[str, Any] = apprise.Apprise().details()  # Any: Apprise is untyped
    kinds = {
        str(kind)
        for service in details["schemas"]
        for key in ("protocols", "secure_protocols")
        for kind in service[key] or ()
    }
    return tuple(sorted(kinds))


def fault_of(address: str) -> str:
    """Why Apprise would not take this address, with what may have been meant; nothing when it would."""
    if open_channel(address, {}) is not None:
        return ""
    kind, known = scheme(address), schemes()
    if not kind:
        return "that is no address: e-mail is mailto://, a phone ntfy://, a program json://"
    if kind in known:
        return f"something is missing in a {kind}:// address; healthmon contacts add --help shows some"
    near = difflib.get_close_matches(kind, known, n=1)
    return f"{kind}:// is no kind of address; " + (
        f"did you mean {near[0]}://?" if near else "e-mail is mailto://, a phone ntfy://, a program json://"
    )


def open_channel(address: str, wanted: Mapping[str, str]) -> Channel | None:
    """Apprise's service for this address, with these settings where the address has none of its own."""
    load()
    asset = apprise.AppriseAsset(**_OURS)
    with _overheard():
        made: Channel | None = apprise.Apprise.instantiate(
            _completed(address, wanted), asset=asset, suppress_exceptions=True
        )
    return made


def send(address: str, letter: Letter) -> Try:
    """One try on one address. Blocks until there is an answer; the caller limits how long. Never raises."""
    kind = scheme(address)
    channel = open_channel(address, _wanted(kind, letter))
    if channel is None:
        return Try(kind, Outcome.REFUSED, "bad-address")
    _add_headers(channel, kind, letter)
    with _overheard() as heard:
        try:
            was_taken = bool(channel.notify(title=letter.subject, body=letter.text, body_format=_TEXT))
        except Exception as error:  # noqa: BLE001 - a service's own fault must not end the others' tries
            heard.append(f"{type(error).__name__}: {error}")
            was_taken = False
    if was_taken:
        return Try(kind, Outcome.DELIVERED)
    outcome, reason = verdict(heard)
    return Try(kind, outcome, reason, without_secrets(_last_words(heard), address))


def _wanted(kind: str, letter: Letter) -> dict[str, str]:
    wanted = {"format": "text", "rto": str(READS_FOR)}
    priority = _PRIORITIES.get(kind, {}).get(letter.urgency)
    return wanted if priority is None else {**wanted, "priority": priority}


def _completed(address: str, wanted: Mapping[str, str]) -> str:
    """The address with these parameters added; what it says itself stays."""
    try:
        said = {key for key, _ in parse_qsl(urlsplit(address).query, keep_blank_values=True)}
    except ValueError:
        return address
    added = "&".join(f"{key}={value}" for key, value in wanted.items() if key not in said)
    return f"{address}{'&' if '?' in address else '?'}{added}" if added else address


def _add_headers(channel: Channel, kind: str, letter: Letter) -> None:
    """What tells a message that was sent twice from two messages, where the channel has headers."""
    headers = getattr(channel, "headers", None)
    if not isinstance(headers, dict):
        return
    if kind in _MAIL:
        thread = f"<{letter.thread}@healthmon>"
        added = {"X-Healthmon-Message": letter.mark, "References": thread, "Auto-Submitted": "auto-generated"}
        if letter.urgency is Urgency.HIGH:
            added |= {"Importance": "high", "X-Priority": "1"}
    elif kind in _HOOKS:
        added = {"X-Healthmon-Message": letter.mark, "Idempotency-Key": f'"{letter.mark}"'}
    else:
        added = {}
    for name, value in added.items():
        headers.setdefault(name, value)


def _last_words(heard: list[str]) -> str:
    """What the server said, as far as Apprise tells: never the lines about what was sent."""
    told = [line for line in heard if line.startswith(("Socket Exception:", "Response Details:", "SMTP "))]
    told = told or [line for line in heard if "error=" in line or "refused" in line]
    return told[-1] if told else ""


class _Ear(logging.Handler):
    """Hears what Apprise logs in one thread."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.heard: list[str] = []
        self._thread = threading.get_ident()

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the line, if it is of this thread."""
        if record.thread == self._thread and len(self.heard) < MOST_HEARD:
            self.heard.append(record.getMessage())


@contextmanager
def _overheard() -> Iterator[list[str]]:
    """What Apprise logs in this thread meanwhile. It goes nowhere else."""
    ear = _Ear()
    _LOGGER.addHandler(ear)
    try:
        yield ear.heard
    finally:
        _LOGGER.removeHandler(ear)


_LOGGER: Final = logging.getLogger("apprise")
_LOGGER.setLevel(logging.DEBUG)
_LOGGER.propagate = False
_LOGGER.addHandler(logging.NullHandler())  # else Python prints warnings that nobody handles
