"""This is the place for why nothing can be said or kept for an MQTT broker, and what to do about it."""

from enum import StrEnum

from healthmon.errors import HealthmonError


class MqttReason(StrEnum):
    """Why it was refused."""

    BAD_URL = "bad-url"
    BAD_CERTIFICATE_FILE = "bad-certificate-file"
    NOT_KEPT = "not-kept"  # the outbox could not be written


class MqttError(HealthmonError):
    """A promise of this room that cannot be kept. The reason is one of `MqttReason`."""
