"""The embedded broker: nats-server as a child of the recorder, its accounts, and what its log means."""

from healthmon.broker.accounts import Account, Accounts, Role
from healthmon.broker.config import Limits
from healthmon.broker.embedded import RECORDER, EmbeddedBroker
from healthmon.broker.errors import BrokerError, BrokerReason
from healthmon.broker.problems import Problem, ProblemKind

__all__ = [
    "RECORDER",
    "Account",
    "Accounts",
    "BrokerError",
    "BrokerReason",
    "EmbeddedBroker",
    "Limits",
    "Problem",
    "ProblemKind",
    "Role",
]
