"""This is the place for a message as one file of bytes: what the fuzzers change, keep, and repeat.

`R` if it was retained, the topic, a zero byte, the payload. Any bytes are some message.
"""

from hashlib import sha256
from pathlib import Path

from healthmon.events import Message

FOLDER = Path(__file__).resolve().parents[2] / ".fuzz"


def opened(letter: bytes) -> Message:
    """The message in these bytes. A topic that is not UTF-8 comes with surrogates."""
    head, _, payload = letter.partition(b"\0")
    retained = head.startswith(b"R")
    topic = head[1:] if retained else head
    return Message(topic.decode("utf-8", "surrogateescape"), payload, retained=retained)


def closed(message: Message) -> bytes:
    """The bytes of this message."""
    topic = message.topic.encode("utf-8", "surrogateescape")
    return (b"R" if message.retained else b"") + topic + b"\0" + message.payload


def kept(letter: bytes, folder: Path = FOLDER) -> Path:
    """Keep a finding; where it is."""
    folder.mkdir(exist_ok=True)
    path = folder / f"finding-{sha256(letter).hexdigest()[:12]}"
    path.write_bytes(letter)
    return path
