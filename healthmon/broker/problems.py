"""This is the place for what the broker's log means for a person: which client, what, and the cure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from healthmon.broker.permissions import topic_of
from healthmon.events.plain_text import made_plain


class ProblemKind(StrEnum):
    """What went wrong between the broker and one of its clients, or inside the broker."""

    WHITE_SPACE = "white-space"
    NOT_TEXT = "not-text"
    TOO_LARGE = "too-large"
    NOT_PERMITTED = "not-permitted"
    BAD_PASSWORD = "bad-password"
    OTHER_PROTOCOL = "other-protocol"
    SAME_CLIENT_ID = "same-client-id"
    STORE_FULL = "store-full"
    STORE_BROKEN = "store-broken"
    SLOW = "slow"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the broker's log that a person should know. Plain text, bounded.

    `client` is the MQTT client id (the account, when the password was wrong); `cure` names the client and
    says what happened and what to do.
    """

    kind: ProblemKind
    client: str
    detail: str
    cure: str
    first: datetime
    last: datetime
    count: int = 1


_RENAME = (
    "rename the device so that it has none (in Zigbee2MQTT: its friendly name), or use another MQTT broker "
    "with --broker"
)

_CURES: Mapping[ProblemKind, str] = {
    ProblemKind.WHITE_SPACE: f"{{client}} was disconnected: a topic it uses holds a space or tab; {_RENAME}",
    ProblemKind.NOT_TEXT: f"{{client}} was disconnected: a topic it uses is not UTF-8 text; {_RENAME}",
    ProblemKind.TOO_LARGE: (
        "{client} was disconnected: a message of {detail} bytes is too large; let it send less at once"
    ),
    ProblemKind.NOT_PERMITTED: (
        "{client} may not use the topic {detail}, so what it sends there reaches nobody: let it use the "
        "topics of its own account, or pair it under the name in that topic"
    ),
    ProblemKind.BAD_PASSWORD: (
        "somebody tried to connect as {client} with a wrong name or password: give the device the "
        "credentials that `healthmon pair` shows"
    ),
    ProblemKind.OTHER_PROTOCOL: (
        "a client that speaks another version of MQTT was refused: set it to version 3.1.1 (also called 4), "
        "or use another MQTT broker with --broker"
    ),
    ProblemKind.SAME_CLIENT_ID: (
        "{client} was replaced {count} times by another connection with the same client id: give each device "
        "a client id of its own; if there is only one, its network is poor"
    ),
    ProblemKind.STORE_FULL: (
        "the broker's store is full, new readings are refused until the recorder has emptied it: free disk "
        "space, and let every subscriber with a persistent session connect"
    ),
    ProblemKind.STORE_BROKEN: (
        "the broker cannot write its store, so it acknowledges nothing: make room on the disk, or mount it "
        "writable"
    ),
    ProblemKind.SLOW: "{client} reads too slowly and was disconnected: let it subscribe to less",
    ProblemKind.OTHER: "the broker reports trouble with {client}: {detail}",
}

_LINE = re.compile(r"\[\d+\] (\d{4}/\d\d/\d\d \d\d:\d\d:\d\d\.\d{6}) \[(?:ERR|WRN|FTL)\] (.*)")
_CLIENT = re.compile(r'\S+ - mid:\d+ - "((?:[^"\\]|\\.)*)" - (.*)')
_SUBJECT = r'"((?:[^"\\]|\\.)*)"'
_PATTERNS: tuple[tuple[ProblemKind, re.Pattern[str]], ...] = (
    (ProblemKind.WHITE_SPACE, re.compile(r"character not supported for MQTT topics()")),
    (ProblemKind.NOT_TEXT, re.compile(rf"invalid utf8 for topic {_SUBJECT}")),
    (ProblemKind.TOO_LARGE, re.compile(r"maximum payload exceeded: (\d+)")),
    (ProblemKind.NOT_PERMITTED, re.compile(rf"(?:Publish|Subscription) Violation - Subject {_SUBJECT}")),
    (ProblemKind.BAD_PASSWORD, re.compile(rf"authentication error - User {_SUBJECT}")),
    (ProblemKind.OTHER_PROTOCOL, re.compile(r"unacceptable protocol version of (\d+)")),
    (ProblemKind.SAME_CLIENT_ID, re.compile(r"Replacing old client ()")),
    (
        ProblemKind.STORE_BROKEN,  # seen with a full disk: until it is started again it acknowledges nothing
        re.compile(r"(?:Critical write error|no JetStream ack within|[Rr]ead-only file system)()"),
    ),
    (
        ProblemKind.STORE_FULL,
        re.compile(r"(?:resource limits exceeded|insufficient resources|no space left|maximum bytes)()"),
    ),
    (ProblemKind.SLOW, re.compile(r"Slow Consumer Detected()")),
)
# Said at every start or twice over; nothing a person should do anything about.
_NO_NEWS = re.compile(
    r"Recovering stream state from index errored|Stream state too short|Plaintext passwords detected|"
    r"Maximum payloads over|unable to connect: authentication error"
)
_OUR_SECRET_ID = re.compile(r"-[0-9a-f]{16}$")
_MOST = 20
_REPLACEMENTS_WORTH_SAYING = 3


class ProblemBook:
    """What the log said lately: each kind of trouble of each client once, with a count. Bounded."""

    def __init__(self, memory: timedelta = timedelta(minutes=10)) -> None:
        self._memory = memory
        self._problems: dict[tuple[ProblemKind, str, str], Problem] = {}

    def read(self, lines: Iterable[str]) -> list[Problem]:
        """Take in new lines of the log; the problems in them, each as it now stands."""
        touched: dict[Problem, None] = {}
        for line in lines:
            found = read_line(line)
            if found is not None:
                touched[self._remember(found)] = None
        return list(touched)

    def recent(self, now: datetime) -> list[Problem]:
        """What happened within the memory, oldest first."""
        self._problems = {k: p for k, p in self._problems.items() if now - p.last <= self._memory}
        return [
            problem
            for problem in sorted(self._problems.values(), key=lambda problem: problem.last)
            if problem.kind is not ProblemKind.SAME_CLIENT_ID or problem.count >= _REPLACEMENTS_WORTH_SAYING
        ]

    def _remember(self, found: Problem) -> Problem:
        key = (found.kind, found.client, found.detail if found.kind is ProblemKind.NOT_PERMITTED else "")
        before = self._problems.pop(key, None)
        if before is not None:
            found = replace(found, first=before.first, count=before.count + 1)
        found = replace(found, cure=_cure(found))
        self._problems[key] = found
        while len(self._problems) > _MOST:
            self._problems.pop(next(iter(self._problems)))
        return found


def read_line(line: str) -> Problem | None:
    """The problem in one line of the log, or None when it holds none."""
    match = _LINE.match(line)
    if match is None or _NO_NEWS.search(match[2]):
        return None
    at = datetime.strptime(match[1], "%Y/%m/%d %H:%M:%S.%f").replace(tzinfo=UTC)
    client, said = _who(match[2])
    for kind, pattern in _PATTERNS:
        if (found := pattern.search(said)) is not None:
            return _problem(kind, client, found[1], at)
    return _problem(ProblemKind.OTHER, client, said, at)


def _who(text: str) -> tuple[str, str]:
    match = _CLIENT.match(text)
    return (_OUR_SECRET_ID.sub("", match[1]), match[2]) if match else ("", text)


def _problem(kind: ProblemKind, client: str, detail: str, at: datetime) -> Problem:
    if kind is ProblemKind.NOT_PERMITTED:
        detail = topic_of(detail)
    if kind is ProblemKind.BAD_PASSWORD:
        client = detail
    if kind is ProblemKind.STORE_FULL:
        client = ""  # whoever met it first
    made = Problem(kind, made_plain(client), made_plain(detail), "", at, at)
    return replace(made, cure=_cure(made))


def _cure(problem: Problem) -> str:
    client = f'"{problem.client}"' if problem.client else "a client"
    return _CURES[problem.kind].format(client=client, detail=problem.detail, count=problem.count)
