"""This is the place for the id of an event that came without one."""

import hashlib

from healthmon.events import wire
from healthmon.events.event import Event


def identity(event: Event) -> str:
    """The id of an event whose device gave it a time but no id: same words, same time, same event."""
    words = (event.subject, event.verb, event.object, event.value, event.time)
    return "c" + hashlib.blake2b(wire.write(words), digest_size=12).hexdigest()
