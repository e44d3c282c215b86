"""This is the place for the sign of life to somebody outside: an address that is called every few minutes.

Whoever is called (Healthchecks, an Uptime Kuma push monitor, or the like) tells people when the calls stop:
nothing on this computer could, once it has no power or no network. A call is a plain GET that carries no
name, no number and no body. The address is a secret, for whoever has it can keep up appearances: it is in a
private file of its own, in no backup (two computers that call for one would hide each other's silence), and
in no log.
"""

import re
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path
from typing import IO, Final

from healthmon.events.plain_text import is_plain
from healthmon.notify.address import LONGEST, reference, scheme, without_secrets
from healthmon.notify.errors import NotifyError, NotifyReason
from healthmon.notify.letter import Outcome, Try
from healthmon.notify.private_file import PrivateFile
from healthmon.notify.verdict import verdict

FILE: Final = "outside.txt"
CALL: Final = "outside:"  # before the address, where a letter has one
PATIENCE: Final = 10.0  # seconds; our choice
_CHANNEL: Final = "outside"
_READ: Final = 4096  # bytes of an answer
_SAID: Final = 200  # characters of it that are shown
# A hotel's page for guests, or a router's, answers everything with 200 and a page.
_A_PAGE: Final = re.compile(r"\s*<(!doctype|html|head|body|\?xml)", re.IGNORECASE)
_BETWEEN: Final = "a-page-between"
# Uptime Kuma's no, whatever the status: a monitor that it does not know, or does not watch now.
_NOT_OK: Final = re.compile(r'"ok"\s*:\s*false', re.IGNORECASE)


class OutsideFile:
    """The address of one data folder; none unless somebody asked for it. Blocks for milliseconds."""

    def __init__(self, data: Path) -> None:
        self.path = data / FILE
        self._file = PrivateFile(self.path)

    def mark(self) -> tuple[int, ...]:
        """Another one when the file has changed: see `PrivateFile`."""
        return self._file.mark()

    def read(self) -> str:
        """The address, or where it is kept; empty when there is none.

        Raises NotifyError with the cure: NOT_PRIVATE if others can read it, BAD_FILE, BAD_ADDRESS.
        """
        content = self._file.read(LONGEST)
        if content is None:
            return ""
        address = content.decode("utf-8", "replace").strip()
        judge(address)
        return address

    def write(self, address: str) -> None:
        """Keep it, private from its first byte. Raises NotifyError; then what was there is as it was."""
        judge(address)
        self._file.write(address.encode() + b"\n")

    def remove(self) -> bool:
        """Call nobody any more; whether somebody was called. Raises NotifyError."""
        return self._file.remove()


def judge(address: str) -> None:
    """Raises NotifyError (BAD_ADDRESS) for what is no address to be called; it never quotes it."""
    is_web = scheme(address) in {"http", "https"}
    is_whole = len(address) <= LONGEST and is_plain(address) and " " not in address
    if reference(address) is None and not (is_web and is_whole):
        raise NotifyError(
            NotifyReason.BAD_ADDRESS,
            "the address to be called is none: write https://..., env:NAME or keyring:NAME",
        )


def call(address: str) -> Try:
    """Call it once. Blocks for some seconds: in a child. Never raises; follows no redirection."""
    request = urllib.request.Request(address, headers={"User-Agent": "healthmon"})
    try:
        with _OPENER.open(request, timeout=PATIENCE) as answer:
            said = _plain(answer, address)
    except urllib.error.HTTPError as error:
        outcome, reason = verdict([f"error={error.code}"])
        return Try(_CHANNEL, outcome, reason, _plain(error, address)[:_SAID])
    except Exception as error:  # noqa: BLE001 - sockets, ssl, http and encodings have an error each
        outcome, reason = verdict([str(error)])
        return Try(_CHANNEL, outcome, reason, without_secrets(_plainly(error), address))
    outcome, reason = _meant(said)
    return Try(_CHANNEL, outcome, reason, "" if reason == _BETWEEN else said[:_SAID])


def _meant(said: str) -> tuple[Outcome, str]:
    """What an answer of 200 comes to: a yes only from somebody who knows the address."""
    if _A_PAGE.match(said):
        return Outcome.AWAY, _BETWEEN
    if "not found" in said.lower():  # Healthchecks answers 200 "OK (not found)" for compatibility
        return Outcome.REFUSED, "not-known-there"
    return (Outcome.REFUSED, "not-watched-there") if _NOT_OK.search(said) else (Outcome.DELIVERED, "")


def _plainly(error: Exception) -> str:
    """What went wrong as the system says it, without the names that Python has for it."""
    cause = error.reason if isinstance(error, urllib.error.URLError) else error
    return cause.strerror if isinstance(cause, OSError) and cause.strerror else str(cause)


def _plain(answer: "IO[bytes]", address: str) -> str:
    with suppress(OSError):
        return without_secrets(answer.read(_READ).decode("utf-8", "replace"), address)
    return ""


class _Stays(urllib.request.HTTPRedirectHandler):
    """A redirection is no answer: the address would be known to somebody else."""

    def redirect_request(self, *_: object) -> None:
        """None: then urllib raises the status itself."""


_OPENER: Final = urllib.request.build_opener(_Stays)
