"""This is the place for what goes to a child process that sends, and what comes back from it."""

from dataclasses import dataclass, field
from enum import StrEnum


class Urgency(StrEnum):
    """How loudly a message should arrive, where the channel can tell."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Letter:
    """One message to one contact, on all of their addresses.

    `mark` is the same each time the message is tried, `thread` the same for all messages of one episode.
    """

    reach: tuple[str, ...] = field(repr=False)
    subject: str
    text: str
    urgency: Urgency
    mark: str
    thread: str


class Outcome(StrEnum):
    """What became of one try on one address."""

    DELIVERED = "delivered"
    REFUSED = "refused"  # the other side said no: trying again will hardly help
    AWAY = "away"  # nobody there, or not now


@dataclass(frozen=True, slots=True)
class Try:
    """One try on one address. `said` is what the server answered, without secrets: for the shell alone.

    `channel` is the address's kind, `reason` one of our own words or a server's number ("smtp-535"): these
    two may stand in the log.
    """

    channel: str
    outcome: Outcome
    reason: str = ""
    said: str = ""
