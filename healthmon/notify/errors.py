"""This is the place for why a message cannot go to anybody: the file, the name, the address."""

from enum import StrEnum

from healthmon.errors import HealthmonError


class NotifyReason(StrEnum):
    """What is wrong. Stored in the log where contacts cannot be told: never change one."""

    NOT_PRIVATE = "not-private"
    BAD_FILE = "bad-file"
    BAD_NAME = "bad-name"
    BAD_ADDRESS = "bad-address"
    NO_SUCH_CONTACT = "no-such-contact"
    NO_SECRET = "no-secret"
    CANNOT_WRITE = "cannot-write"
    NO_PROCESS = "no-process"


class NotifyError(HealthmonError):
    """Contacts or an address cannot be used. The message never holds an address or a secret."""
