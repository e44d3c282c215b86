"""What a failed try means: no for good, or not now; what is not understood means not now."""

import pytest

from healthmon.notify.letter import Outcome
from healthmon.notify.verdict import verdict

CASES = [
    ("Socket Exception: (535, b'5.7.8 Authentication failed')", Outcome.REFUSED, "smtp-535"),
    ("Socket Exception: {'x': (550, b'no such user')}", Outcome.REFUSED, "smtp-550"),
    ("SMTP recipient x was refused: 550 b'no such user'", Outcome.REFUSED, "smtp-550"),
    ("Socket Exception: (451, b'greylisted, come again')", Outcome.AWAY, "smtp-451"),
    ("Socket Exception: STARTTLS extension not supported by server.", Outcome.REFUSED, "no-tls"),
    ("Socket Exception: [SSL: CERTIFICATE_VERIFY_FAILED] self-signed", Outcome.REFUSED, "bad-certificate"),
    ("Failed to send JSON POST notification: error=401.", Outcome.REFUSED, "http-401"),
    (
        "Failed to send ntfy notification to topic 'x': unauthorized, error=40101.",
        Outcome.REFUSED,
        "http-401",
    ),
    ("Failed to send JSON POST notification: error=429.", Outcome.AWAY, "http-429"),
    ("Failed to send JSON POST notification: Servers are overloaded., error=503.", Outcome.AWAY, "http-503"),
    ("Socket Exception: [Errno 111] Connection refused", Outcome.AWAY, "nobody-listens"),
    ("Socket Exception: [Errno -3] Temporary failure in name resolution", Outcome.AWAY, "unknown-host"),
    ("Socket Exception: [Errno 101] Network is unreachable", Outcome.AWAY, "no-network"),
    ("Socket Exception: timed out", Outcome.AWAY, "timeout"),
    ("words of a version to come", Outcome.AWAY, "no-answer"),
]


@pytest.mark.parametrize(("heard", "outcome", "reason"), CASES)
def test_an_answer_is_understood(heard: str, outcome: Outcome, reason: str) -> None:
    assert verdict(["Connection error while submitting", heard]) == (outcome, reason)


def test_silence_means_not_now() -> None:
    assert verdict([]) == (Outcome.AWAY, "no-answer")
