"""This is the place for the words about what became of a message: arrived, not needed, or not, and why."""

import re
from types import MappingProxyType
from typing import Final

from healthmon.alarms.calls.pending import NOT_NEEDED
from healthmon.events.plain_text import made_plain

_WHY: Final = MappingProxyType(
    {
        "answered": "somebody had answered",
        "over": "it was over already",
        "given-up": "given up after an hour",
        "no-such-contact": "not in the list of contacts any more",
        "no-secret": "where the address is kept it is not found",
        "no-process": "this computer has no memory left for sending",
        "bad-address": "an address that is none",
        "bad-certificate": "the server's certificate is not trusted",
        "no-tls": "the server does not speak in private",
        "no-login-there": "the server takes no such login",
        "timeout": "the server did not answer in time",
        "unknown-host": "nobody knows that server",
        "no-network": "no network",
        "nobody-listens": "no server there",
        "hung-up": "the server hung up",
        "no-answer": "no answer",
        "not-known-there": "that service does not know the address",
        "not-watched-there": "that service does not watch for these calls",
        "a-page-between": "a page for people came instead, as of a network that asks for a login",
        "crashed": "sending failed",
    }
)
# Replies of RFC 5321 and RFC 9110 that tell whom to ask; of the others the number is told.
_REPLY: Final = MappingProxyType(
    {
        "smtp-530": "the mail server wants a login",
        "smtp-535": "the mail server does not take the password",
        "smtp-550": "the mail server does not know the address",
        "http-401": "the server does not take the password",
        "http-403": "the server forbids it",
        "http-404": "the address is not there",
        "http-429": "the server wants fewer messages",
    }
)
_NUMBER: Final = re.compile(r"(smtp|http)-(\d{3})")
_SERVER: Final = MappingProxyType({"smtp": "the mail server", "http": "the server"})


def is_failure(outcome: object, reason: object) -> bool:
    """Whether somebody was to be told and was not; nobody failed who was not needed any more."""
    return outcome == "failed" and reason not in NOT_NEEDED


def outcome(said: str, reason: str) -> str:
    """What became of it, in a word or two."""
    return "not needed any more" if said == "failed" and reason in NOT_NEEDED else said


def why(reason: str) -> str:
    """`given up after an hour: no network`. A reason that nobody here knows is told as it is."""
    first, _, then = reason.partition(":")
    if first != "given-up":
        return _told(reason)
    return f"{_told(first)}: {_told(then)}" if then else _told(first)


def _told(reason: str) -> str:
    known = _WHY.get(reason) or _REPLY.get(reason)
    found = None if known else _NUMBER.fullmatch(reason)
    return known or (f"{_SERVER[found[1]]} says {found[2]}" if found else made_plain(reason, longest=60))
