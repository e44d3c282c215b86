"""This is the place for why the embedded broker could not do what was asked, and what to do about it."""

from enum import StrEnum

from healthmon.errors import HealthmonError


class BrokerReason(StrEnum):
    """Why the broker refused."""

    NOT_INSTALLED = "not-installed"
    PORT_TAKEN = "port-taken"
    IN_USE = "in-use"  # another recorder runs the broker of this folder
    SURVIVOR = "survivor"  # an old one that would not go
    DIED = "died"
    SILENT = "silent"  # it runs and does not answer
    NOT_RUNNING = "not-running"
    RELOAD_REFUSED = "reload-refused"
    NO_ACCOUNTS = "no-accounts"
    BAD_ACCOUNTS = "bad-accounts"
    NO_SUCH_ACCOUNT = "no-such-account"
    OTHER_ROLE = "other-role"
    BAD_NAME = "bad-name"
    CANNOT_WRITE = "cannot-write"
    NO_REWIND = "no-rewind"
    NO_REFUGE = "no-refuge"


class BrokerError(HealthmonError):
    """A promise of the broker that cannot be kept. The reason is one of `BrokerReason`."""
