"""This is the place for what can keep devices from speaking: one class, and a reason for each."""

from enum import StrEnum

from healthmon.errors import HealthmonError


class DeviceReason(StrEnum):
    """Why devices cannot do what was asked."""

    BAD_OPTION = "bad-option"
    BAD_SCENARIO = "bad-scenario"
    NO_SCENARIO = "no-scenario"
    NO_ACCOUNT = "no-account"
    NO_BROKER = "no-broker"
    REFUSED = "refused"
    BAD_RECORDING = "bad-recording"
    NO_FILE = "no-file"


WRONG_COMMAND = frozenset({DeviceReason.BAD_OPTION, DeviceReason.BAD_SCENARIO, DeviceReason.NO_SCENARIO})


class DeviceError(HealthmonError):
    """Devices cannot speak as asked; the message says what to do next."""
