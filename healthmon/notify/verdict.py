"""This is the place for what an answer means: no for good, or not now.

Apprise says yes or no, and puts the reason into its log: an HTTP status, an SMTP reply, an exception's text.
A reason that is not recognised means "not now": then a message is tried again, which is the safe mistake.
"""

import re
from collections.abc import Sequence
from typing import Final

from healthmon.notify.letter import Outcome

_HTTP: Final = re.compile(r"\berror=(\d{3})\d{0,2}\b")  # ntfy has codes of its own: 40101 is a 401
_SMTP: Final = re.compile(r"\((\d{3}), b['\"]|\brefused: (\d{3})\b")
# HTTP statuses that ask to come again (RFC 9110, 6585): request timeout, conflict, too early, too many.
_COME_AGAIN: Final = frozenset({408, 409, 425, 429})
# Words of exceptions of Python's own socket, ssl and smtplib modules, and of urllib3's.
_NO: Final = (
    ("STARTTLS extension not supported", "no-tls"),
    ("AUTH extension not supported", "no-login-there"),
    ("No suitable authentication method", "no-login-there"),
    ("CERTIFICATE_VERIFY_FAILED", "bad-certificate"),
    ("WRONG_VERSION_NUMBER", "no-tls"),
)
_NOT_NOW: Final = (
    ("timed out", "timeout"),
    ("Name or service not known", "unknown-host"),
    ("name resolution", "unknown-host"),
    ("NameResolutionError", "unknown-host"),
    ("Network is unreachable", "no-network"),
    ("No route to host", "no-network"),
    ("Connection refused", "nobody-listens"),
    ("Connection unexpectedly closed", "hung-up"),
    ("Connection aborted", "hung-up"),
    ("reset by peer", "hung-up"),
)


def verdict(heard: Sequence[str]) -> tuple[Outcome, str]:
    """What a failed try comes to: REFUSED or AWAY, and the reason in a word that may stand in the log."""
    text = "\n".join(heard)
    for words, reason in _NO:
        if words in text:
            return Outcome.REFUSED, reason
    smtp = _SMTP.search(text)
    if smtp is not None:
        code = smtp[1] or smtp[2]
        return (Outcome.REFUSED if code.startswith("5") else Outcome.AWAY), f"smtp-{code}"
    http = _HTTP.search(text)
    if http is not None:
        return _of_status(int(http[1]))
    return Outcome.AWAY, next((reason for words, reason in _NOT_NOW if words in text), "no-answer")


def _of_status(status: int) -> tuple[Outcome, str]:
    is_final = 300 <= status < 500 and status not in _COME_AGAIN
    return (Outcome.REFUSED if is_final else Outcome.AWAY), f"http-{status}"
