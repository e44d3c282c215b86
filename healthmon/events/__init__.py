"""The sentence everything is told in: subject VERB object, in a context, at a time."""

from healthmon.events.event import Context, Delivery, Entry, Event, Json, Thing, TimeSource
from healthmon.events.message import Message, Refusal, Rejected
from healthmon.events.remark import Listener, Remark, Rule, Selective, Streaming, StreamListener

__all__ = [
    "Context",
    "Delivery",
    "Entry",
    "Event",
    "Json",
    "Listener",
    "Message",
    "Refusal",
    "Rejected",
    "Remark",
    "Rule",
    "Selective",
    "StreamListener",
    "Streaming",
    "Thing",
    "TimeSource",
]
