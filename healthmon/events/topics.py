"""This is the place for our own MQTT topics: who may speak where.

healthmon/<home>/<device>/event             what a device says: one event or an array
healthmon/<home>/<device>/status            online or offline, retained, also the last will
healthmon/<home>/caregiver/<name>/event     what people do
healthmon/<home>/monitor/...                what the recorder tells the world; never read back
"""

import re
from dataclasses import dataclass
from enum import StrEnum

ROOT = "healthmon"

# White space disconnects a publisher from our broker; + # / are MQTT's own; a dot has a meaning inside NATS.
_NAME = re.compile(r"[A-Za-z0-9_:-]{1,64}")
_RESERVED = frozenset({"caregiver", "monitor"})


class TopicKind(StrEnum):
    """Which of our topics a message came in on."""

    DEVICE_EVENT = "device-event"
    DEVICE_STATUS = "device-status"
    PERSON_EVENT = "person-event"


@dataclass(frozen=True, slots=True)
class Topic:
    """One of our topics, taken apart. `name` is the device or the person entitled to it."""

    kind: TopicKind
    home: str
    name: str


def is_name(text: str) -> bool:
    """Whether a home, device or person may be called this on the wire."""
    return _NAME.fullmatch(text) is not None and text not in _RESERVED


def device_event(home: str, device: str) -> str:
    """Where a device says what it measures."""
    return f"{ROOT}/{home}/{device}/event"


def device_status(home: str, device: str) -> str:
    """Where a device says that it is there, and its last will that it is not."""
    return f"{ROOT}/{home}/{device}/status"


def person_event(home: str, name: str) -> str:
    """Where a carer says what they do."""
    return f"{ROOT}/{home}/caregiver/{name}/event"


def monitor_topic(home: str, what: str) -> str:
    """Where the recorder tells the world something."""
    return f"{ROOT}/{home}/monitor/{what}"


def filters(home: str) -> tuple[str, ...]:
    """What a recorder subscribes to for this home: all of it: what makes no sense is refused aloud."""
    return (f"{ROOT}/{home}/#",)


def read_topic(topic: str) -> Topic | None:
    """The topic taken apart, or None when it is none of ours."""
    parts = topic.split("/")
    if len(parts) == 5 and parts[0] == ROOT and parts[2] == "caregiver" and parts[4] == "event":
        return _named(TopicKind.PERSON_EVENT, parts[1], parts[3])
    if len(parts) == 4 and parts[0] == ROOT and parts[3] in {"event", "status"}:
        kind = TopicKind.DEVICE_EVENT if parts[3] == "event" else TopicKind.DEVICE_STATUS
        return _named(kind, parts[1], parts[2])
    return None


def _named(kind: TopicKind, home: str, name: str) -> Topic | None:
    return Topic(kind, home, name) if is_name(home) and is_name(name) else None
